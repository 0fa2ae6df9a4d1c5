import { describe, expect, it } from 'vitest'
import { openFake } from '../__fixtures__/fake-driver.ts'
import { errorOf } from '../__fixtures__/outcome.ts'
import type { ServerSpec } from '../compute/server.ts'
import type { Problem } from '../limits.ts'
import { secret } from '../secret.ts'

const server = { name: 'web', image: 'i' as ServerSpec['image'], size: 's' } satisfies ServerSpec
const shown = (problems: readonly Problem[]): readonly string[] => problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
const later = { isAnOutput: true }
const isLater = (value: unknown): boolean => value === later

describe('check', () => {
  it('finds nothing wrong with a good spec', async () => {
    const { cloud } = await openFake()
    expect(cloud.check('server', { ...server, subnets: ['a'], labels: { a: 'b' }, userData: secret('x') })).toEqual([])
  })

  it('names every problem with its path, at any depth', async () => {
    const { cloud } = await openFake()
    expect(
      shown(
        cloud.check('loadBalancer', {
          name: '',
          subnet: 5,
          listeners: [
            { protocol: 'tcp', port: 80, members: [] },
            { protocol: 'ftp', port: 70_000, members: ['a', ''], healthPath: 'x' },
          ],
          lables: {},
        }),
      ),
    ).toEqual([
      'name: must not be empty',
      'subnet: expected the id of a subnet, got 5',
      'listeners.1.protocol: expected one of tcp, udp, http, got "ftp"',
      'listeners.1.port: must be from 1 to 65535 port, and is 70000',
      'listeners.1.members.1: expected the id of a server, got ""',
      'listeners.1.healthPath: must match /^\\//, and is "x"',
      'lables: is not a field here; did you mean labels?',
    ])
  })

  it('says what a cloud lacks and what a driver does not handle, each once', async () => {
    const { cloud } = await openFake({ always: ['server', 'subnet', 'network'], fields: { server: ['name', 'image', 'size', 'keyPair'] } })
    expect(cloud.check('server', { ...server, keyPair: 'k', group: 'g', zone: 'z' })).toEqual([
      { path: ['keyPair'], message: 'this cloud (fake) has no keyPair', capability: 'keyPair' },
      { path: ['group'], message: 'this cloud (fake) has no serverGroup', capability: 'serverGroup' },
      { path: ['zone'], message: 'this cloud (fake) does not handle server.zone', capability: 'server.zone' },
    ])
    expect(shown(cloud.check('subnet', { name: 'a', network: 'n', cidr: 'fd00::/64' }))).toEqual([
      'cidr: this cloud (fake) has no subnet.ipv6',
    ])
    expect(cloud.check('bucket', {})).toEqual([{ path: [], message: 'this cloud (fake) has no bucket', capability: 'bucket' }])
  })

  it('refuses extras for another provider', async () => {
    const { cloud } = await openFake()
    const native = { driver: 'elsewhere', needs: ['native.elsewhere'], value: {} }
    expect(cloud.check('server', { ...server, native })).toMatchObject([{ path: ['native'], capability: 'native.elsewhere' }])
  })

  it('passes over values that are not known yet, and checks what stands beside them', async () => {
    const { cloud } = await openFake({
      limits: { server: { fields: { name: { max: 10 }, userData: { maxBytes: 4 } }, labels: { valueLength: 3 } } },
    })
    expect(cloud.check('server', { ...server, name: later, userData: later, subnets: [later], labels: { a: later } }, { isLater })).toEqual(
      [],
    )
    expect(shown(cloud.check('server', { ...server, name: later, labels: { a: later, b: 'long' } }, { isLater }))).toEqual([
      'labels.b: must have at most 3 characters, and has 4 on this cloud (fake)',
    ])
    expect(cloud.check('server', { ...server, name: later })).toHaveLength(1)
  })

  it('answers a spec that is none', async () => {
    const { cloud } = await openFake()
    for (const spec of [undefined, null, 5, 'text', []]) expect(cloud.check('server', spec)).toHaveLength(1)
  })
})

describe('the limits of a cloud', () => {
  it('hold for numbers, lengths, bytes, patterns and items', async () => {
    const { cloud } = await openFake({
      limits: {
        volume: {
          fields: { sizeGiB: { min: 10, max: 100 }, name: { min: 2, maxBytes: 4, pattern: /^[a-zä]+$/g, hint: 'must be small letters' } },
        },
        loadBalancer: { fields: { 'listeners.port': { min: 1024 }, listeners: { max: 1 } } },
      },
    })
    const volume = (name: string, sizeGiB: number) => shown(cloud.check('volume', { name, sizeGiB }))
    expect(volume('ab', 50)).toEqual([])
    expect(volume('ab', 50)).toEqual([]) // A pattern with the flag g has a memory.
    expect(volume('ab', 5)).toEqual(['sizeGiB: must be at least 10, and is 5 on this cloud (fake)'])
    expect(volume('ab', 500)).toEqual(['sizeGiB: must be at most 100, and is 500 on this cloud (fake)'])
    expect(volume('a', 50)).toEqual(['name: must have at least 2 characters, and has 1 on this cloud (fake)'])
    expect(volume('äää', 50)).toEqual(['name: must have at most 4 bytes in UTF-8, and has 6 on this cloud (fake)'])
    expect(volume('AB', 50)).toEqual(['name: must be small letters on this cloud (fake)'])
    const listener = (port: number) => ({ protocol: 'tcp', port, members: [] })
    expect(shown(cloud.check('loadBalancer', { name: 'a', subnet: 's', listeners: [listener(2000), listener(80)] }))).toEqual([
      'listeners.1.port: must be at least 1024, and is 80 on this cloud (fake)',
      'listeners: must have at most 1 items, and has 2 on this cloud (fake)',
    ])
  })

  it('hold for labels: how many, how long, how spelt', async () => {
    const { cloud } = await openFake({
      limits: { network: { labels: { count: 2, keyLength: 3, keyPattern: /^[a-z]+$/, valueLength: 2 } } },
    })
    expect(shown(cloud.check('network', { name: 'n', labels: { a: '1', long: '2', B: '333' } }))).toEqual([
      'labels: must be at most 2, and are 3 on this cloud (fake)',
      'labels.long: the name must have at most 3 characters on this cloud (fake)',
      'labels.B: the name must match /^[a-z]+$/ on this cloud (fake)',
      'labels.B: must have at most 2 characters, and has 3 on this cloud (fake)',
    ])
  })

  it('hold for secrets and never quote them, and hold for what an update changes', async () => {
    const { cloud, backend } = await openFake({
      limits: { server: { fields: { userData: { maxBytes: 3, pattern: /^x/ }, name: { max: 3 } } } },
    })
    expect(JSON.stringify(cloud.check('server', { ...server, userData: secret('hunter2000') }))).not.toContain('hunter')
    expect(shown(cloud.check('server', { ...server, userData: secret('hunter2000') }))).toHaveLength(2)
    expect(errorOf(await cloud.compute.servers.update('s' as never, { name: 'four' }))).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['name'] },
    })
    expect(backend.calls).toEqual([])
  })

  it('are readable', async () => {
    const { cloud } = await openFake({ limits: { server: { count: 5 } } })
    expect(cloud.limits['server']?.count).toBe(5)
    expect(cloud.limits['network']).toEqual({})
  })
})

it('a create answers Unsupported only when that is all that is wrong', async () => {
  const { cloud, backend } = await openFake({ always: ['server', 'image', 'serverSize'] })
  expect(errorOf(await cloud.compute.servers.create({ ...server, keyPair: 'k' as never }))).toMatchObject({
    code: 'Unsupported',
    details: { capability: 'keyPair' },
  })
  expect(errorOf(await cloud.compute.servers.create({ ...server, name: '', keyPair: 'k' as never }))).toMatchObject({
    code: 'InvalidArgument',
    details: { path: ['name'] },
  })
  expect(backend.calls).toEqual([])
})
