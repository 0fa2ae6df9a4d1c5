import { describe, expect, it } from 'vitest'
import { openFake } from './__fixtures__/fake-driver.ts'
import { errorOf, valueOf } from './__fixtures__/outcome.ts'
import { composeCloud } from './compose-cloud.ts'
import { interceptCloud } from './intercept-cloud.ts'
import type { InterceptedCall } from './intercept-cloud.ts'
import { cloudError } from './errors.ts'
import { readOnly } from './portable/read-only.ts'
import { errAsync, okAsync } from 'neverthrow'

const image = 'i' as never

describe('composeCloud', () => {
  it('takes each service whole from one cloud, with what belongs to it', async () => {
    const left = await openFake({ name: 'left' })
    const right = await openFake({ name: 'right' })
    const cloud = composeCloud({ compute: left.cloud, network: left.cloud, storage: right.cloud })
    expect(cloud.driver).toBe('left+right')
    await cloud.network.networks.create({ name: 'front' }).unwrapOr(undefined)
    await cloud.storage.buckets.create({ name: 'site' }).unwrapOr(undefined)
    expect(left.backend.calls).toEqual(['network.create'])
    expect(right.backend.calls).toEqual(['bucket.create'])
    expect(cloud.supports['server.resize']).toBe(true)
    expect(cloud.supports['bucket.versioning']).toBe(true)
    expect(cloud.supports).not.toHaveProperty('region')
    expect(cloud).not.toHaveProperty('location')
    expect(cloud.check('zone', {})).toMatchObject([{ capability: 'zone' }])
  })

  it('promises no capability of a part that was taken for another service', async () => {
    const left = await openFake({ always: ['server', 'bucket'] })
    const right = await openFake({ always: ['bucket', 'bucket.versioning', 'server', 'server.resize'] })
    const cloud = composeCloud({ compute: left.cloud, storage: right.cloud })
    expect(cloud.supports).toEqual({ server: true, bucket: true, 'bucket.versioning': true })
    expect(cloud.compute.servers).not.toHaveProperty('resize')
  })

  it('keeps two clouds of one driver apart, their native clients by service', async () => {
    const left = await openFake({ name: 'same' })
    const right = await openFake({ name: 'same' })
    const cloud = composeCloud({ compute: left.cloud, storage: right.cloud })
    expect(cloud.driver).toBe('same')
    expect(cloud.native).toEqual({ compute: { name: 'same' }, storage: { name: 'same' } })
    expect(cloud.native.compute).toBe(left.cloud.native)
    expect(cloud.native.storage).toBe(right.cloud.native)
  })

  it('resolves choices where the server is made', async () => {
    const left = await openFake({ name: 'left' })
    const right = await openFake({ name: 'right' })
    left.backend.seed('serverSize', { id: 'small' as never, observed: { vcpus: 2 } })
    left.backend.seed('image', { id: image })
    const cloud = composeCloud({ compute: left.cloud, storage: right.cloud })
    expect(valueOf(await cloud.compute.servers.create({ name: 'web', image, size: { vcpus: 1 } })).observed.size).toBe('small')
    expect(right.backend.calls).toEqual([])
  })

  it('closes every part once, even when one of them fails', async () => {
    let closed = 0
    const close = async (): Promise<void> => void (closed += 1)
    const failing = await openFake({
      close: async () => {
        throw new Error('still busy')
      },
    })
    const other = await openFake({ close })
    const cloud = composeCloud({ compute: failing.cloud, network: failing.cloud, storage: other.cloud })
    expect(errorOf(await cloud.close()).message).toBe('still busy')
    expect(closed).toBe(1)
    expect(errorOf(await other.cloud.storage.buckets.list().page()).details).toMatchObject({ actual: 'closed' })
  })

  it('refuses what is no cloud', () => {
    expect(() => composeCloud({ compute: {} as never })).toThrow('this is not a cloud that openCloud or composeCloud gave')
  })
})

describe('interceptCloud', () => {
  it('sees every call, pages, find and waiting among them', async () => {
    const { cloud, backend } = await openFake()
    backend.pageSize = 1
    backend.seed('network', { name: 'a' })
    backend.seed('network', { name: 'b' })
    const seen: string[] = []
    const watched = interceptCloud(cloud, (call, next) => {
      seen.push(`${call.driver} ${call.kind}.${call.verb} ${call.effect}`)
      return next(call)
    })
    valueOf(await watched.network.networks.list().toArray())
    expect(seen).toEqual(['fake network.list lists', 'fake network.list lists'])
    valueOf(await watched.network.networks.find('a'))
    valueOf(await watched.network.networks.create({ name: 'c' }, { until: 'Ready' }))
    expect(seen.slice(-2)).toEqual(['fake network.create creates', 'fake network.get reads'])
    expect(watched.native).toBe(cloud.native)
  })

  it('may change a call, answer in its place, or change the answer', async () => {
    const { cloud, backend } = await openFake()
    const failing = interceptCloud(cloud, (call, next) =>
      call.verb === 'delete'
        ? errAsync(cloudError('RateLimited', 'injected', { driver: call.driver, operation: 'x' }, {}))
        : call.verb === 'get'
          ? okAsync({ answered: 'here' })
          : next({ ...call, args: [{ name: 'renamed' }] }),
    )
    expect(valueOf(await failing.network.networks.create({ name: 'a' })).name).toBe('renamed')
    expect(errorOf(await failing.network.networks.delete('x' as never)).message).toBe('injected')
    expect(valueOf(await failing.network.networks.get('x' as never))).toEqual({ answered: 'here' })
    expect(backend.calls).toEqual(['network.create'])
  })

  it('that throws, rejects or gives no result is a fault and no rejection', async () => {
    const { cloud } = await openFake()
    const faults = [
      () => {
        throw new Error('in the interceptor')
      },
      () => Promise.reject(new Error('in the interceptor')),
      () => undefined,
      () => 5,
    ]
    for (const fault of faults) {
      const error = errorOf(await interceptCloud(cloud, fault as never).network.networks.get('x' as never))
      expect(error).toMatchObject({ code: 'Unknown', context: { driver: 'fake', operation: 'network.get' } })
    }
  })
})

describe('wrappers stand on each other in any order', () => {
  const watch = (calls: InterceptedCall[]) => (call: InterceptedCall, next: Parameters<Parameters<typeof interceptCloud>[1]>[1]) => {
    calls.push(call)
    return next(call)
  }

  it('an intercepted composition, and a composition of intercepted clouds', async () => {
    const left = await openFake({ name: 'left' })
    const right = await openFake({ name: 'right' })
    const outer: InterceptedCall[] = []
    const inner: InterceptedCall[] = []
    const composed = composeCloud({ network: interceptCloud(left.cloud, watch(inner)), storage: right.cloud })
    const cloud = interceptCloud(composed, watch(outer))
    await cloud.network.networks.create({ name: 'a' }).unwrapOr(undefined)
    await cloud.storage.buckets.create({ name: 'site' }).unwrapOr(undefined)
    expect(inner.map(({ driver }) => driver)).toEqual(['left'])
    expect(outer.map(({ driver }) => driver)).toEqual(['left', 'right'])
    expect(cloud.supports).toEqual(composed.supports)
    expect((await cloud.close()).isOk()).toBe(true)
  })

  it('read-only over everything', async () => {
    const left = await openFake()
    const cloud = readOnly(interceptCloud(composeCloud({ network: left.cloud }), (call, next) => next(call)))
    expect(errorOf(await cloud.network.networks.create({ name: 'a' })).code).toBe('PermissionDenied')
    expect((await cloud.network.networks.list().toArray()).isOk()).toBe(true)
    expect(left.backend.calls).toEqual(['network.listPage'])
    const part = composeCloud({ network: readOnly(left.cloud) })
    expect(errorOf(await part.network.networks.delete('a' as never)).code).toBe('PermissionDenied')
  })
})
