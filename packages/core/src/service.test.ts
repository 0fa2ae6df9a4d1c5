import { describe, expect, it } from 'vitest'
import { FakeFailure } from './__fixtures__/fake-backend.ts'
import { openFake } from './__fixtures__/fake-driver.ts'
import { errorOf, valueOf } from './__fixtures__/outcome.ts'
import { kindAction, kindService } from './kind-service.ts'

describe('find', () => {
  it('finds by name, else by id', async () => {
    const { cloud, backend } = await openFake()
    const seeded = backend.seed('network', { name: 'front' })
    expect(valueOf(await cloud.network.networks.find('front')).id).toBe(seeded.id)
    expect(valueOf(await cloud.network.networks.find(seeded.id)).name).toBe('front')
    expect(errorOf(await cloud.network.networks.find('nothing'))).toMatchObject({
      code: 'NotFound',
      message: 'there is no network nothing',
      details: { kind: 'network', id: 'nothing' },
      context: { operation: 'network.find' },
    })
  })

  it('refuses a name that several have, naming their ids', async () => {
    const { cloud, backend } = await openFake()
    backend.seed('network', { name: 'front' })
    backend.seed('network', { name: 'front' })
    const error = errorOf(await cloud.network.networks.find('front'))
    expect(error).toMatchObject({
      code: 'FailedPrecondition',
      message: 'several networks are called front; use an id: network-1, network-2',
    })
  })

  it('takes an id that the cloud calls malformed as not there, and gives any other failure', async () => {
    const { cloud, backend } = await openFake()
    backend.script('network.get', () => Promise.reject(new FakeFailure(400)))
    expect(errorOf(await cloud.network.networks.find('x')).code).toBe('NotFound')
    backend.script('network.get', () => Promise.reject(new FakeFailure(429)))
    expect(errorOf(await cloud.network.networks.find('x')).code).toBe('RateLimited')
    backend.script('network.listPage', () => Promise.reject(new FakeFailure(503)))
    expect(errorOf(await cloud.network.networks.find('x')).code).toBe('Unavailable')
  })

  it('finds by an id that is too long for a name', async () => {
    const { cloud, backend } = await openFake()
    const id = 'i'.repeat(300) as never
    backend.seed('network', { id })
    expect(valueOf(await cloud.network.networks.find(id)).id).toBe(id)
  })

  it('of a kind that can only be listed asks nothing more', async () => {
    const { cloud, backend } = await openFake()
    expect(errorOf(await cloud.location.zones.find('z')).code).toBe('NotFound')
    expect(backend.calls).toEqual(['zone.listPage'])
  })

  it.each([undefined, null, '', 5, {}])('refuses %o', async (name) => {
    const { cloud, backend } = await openFake()
    expect(errorOf(await cloud.network.networks.find(name as never))).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['nameOrId'] },
    })
    expect(backend.calls).toEqual([])
  })

  it('takes the options of a call', async () => {
    const { cloud } = await openFake()
    expect(errorOf(await cloud.network.networks.find('x', { signal: AbortSignal.abort() })).code).toBe('Cancelled')
    expect(errorOf(await cloud.network.networks.find('x', { sginal: 1 } as never)).code).toBe('InvalidArgument')
  })
})

describe('a service by the name of its kind', () => {
  it('is the one that types name', async () => {
    const { cloud } = await openFake()
    expect(kindService(cloud, 'network')).toBe(cloud.network.networks)
    expect(kindAction(cloud, 'server', 'start')).toBeTypeOf('function')
    expect(kindService(cloud, 'nonsense')).toBeUndefined()
    expect(kindAction(cloud, 'network', 'start')).toBeUndefined()
  })
})
