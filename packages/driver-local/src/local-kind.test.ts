import { describe, expect, it } from 'vitest'
import { failure, ok, openLocal, openWorld, outside } from './__fixtures__/open-world.ts'

describe('a kind of the embedded cloud', () => {
  it('makes one resource of one key, and says so when the key comes with another spec', async () => {
    const cloud = await openLocal()
    const { networks } = cloud.network
    const first = await ok(networks.create({ name: 'a' }, { key: 'k' }))
    expect((await ok(networks.create({ name: 'a' }, { key: 'k' }))).id).toBe(first.id)
    expect((await failure(networks.create({ name: 'b' }, { key: 'k' }))).code).toBe('FailedPrecondition')
    expect((await ok(networks.findByKey('k'))).id).toBe(first.id)
  })

  it('filters a list by what a resource refers to, and leaves out those that refer to nothing', async () => {
    const { cloud, spec, server } = await openWorld()
    const group = await ok(cloud.compute.serverGroups.create({ name: 'g', policy: 'spread' }))
    const grouped = await ok(cloud.compute.servers.create({ ...spec, group: group.id }))
    const list = async (filter: object) => (await ok(cloud.compute.servers.list(filter).toArray())).map(({ id }) => id)
    expect(await list({ group: group.id })).toEqual([grouped.id])
    expect(await list({ keyPair: 'none' })).toEqual([])
    expect(await list({})).toEqual([server.id, grouped.id])
  })

  it('is in use by what is still on its way out', async () => {
    let now = 1_000_000
    const { cloud, server, subnet, router, routerInterface } = await openWorld({ delayMs: 1000 }, { now: () => now })
    await ok(cloud.network.routerInterfaces.delete(routerInterface.id))
    await ok(cloud.network.routers.delete(router.id))
    now += 1000
    await ok(cloud.compute.servers.delete(server.id))
    expect(await failure(cloud.network.subnets.delete(subnet.id))).toMatchObject({
      code: 'FailedPrecondition',
      context: { exists: [{ kind: 'server', id: server.id }] },
    })
    now += 1000
    await ok(cloud.network.subnets.delete(subnet.id))
  })

  it('takes no reference to what is gone or on its way out, and names the field', async () => {
    const { cloud, server, spec, subnet } = await openWorld({ delayMs: 1000 })
    const group = await ok(cloud.compute.serverGroups.create({ name: 'g', policy: 'pack' }))
    await ok(cloud.compute.serverGroups.delete(group.id))
    expect(await failure(cloud.compute.servers.create({ ...spec, group: group.id }))).toMatchObject({
      code: 'NotFound',
      message: `group: there is no serverGroup ${group.id}`,
      details: { kind: 'serverGroup', id: group.id },
    })
    await ok(cloud.compute.servers.delete(server.id))
    const listeners = [{ protocol: 'tcp', port: 80, members: [server.id] }] as const
    expect((await failure(cloud.network.loadBalancers.create({ name: 'lb', subnet: subnet.id, listeners }))).message).toBe(
      `listeners.members: server ${server.id} is being deleted`,
    )
  })

  it('changes nothing when it refuses', async () => {
    const { cloud, subnet, group } = await openWorld({ quotas: { port: 1 } })
    const port = await ok(cloud.network.ports.create({ name: 'a', subnet: subnet.id, address: '10.0.0.9', securityGroups: [group.id] }))
    expect((await failure(cloud.network.ports.create({ name: 'b', subnet: subnet.id }))).code).toBe('QuotaExceeded')
    await ok(cloud.network.ports.delete(port.id))
    expect((await failure(cloud.network.ports.create({ name: 'c', subnet: subnet.id, address: '10.0.0.2' }))).code).toBe('AlreadyExists')
    expect((await ok(cloud.network.ports.create({ name: 'd', subnet: subnet.id }))).outputs.address).toBe('10.0.0.3')
  })

  it('shows what is the operator’s and lets nobody change or delete it', async () => {
    const cloud = await openLocal()
    expect((await ok(cloud.network.networks.get(outside))).outputs.external).toBe(true)
    const [subnet] = await ok(cloud.network.subnets.list({ network: outside }).toArray())
    expect(subnet?.observed.cidr).toBe('203.0.113.0/24')
    for (const call of [
      cloud.network.networks.delete(outside),
      cloud.network.subnets.delete(subnet?.id ?? ('' as never)),
      cloud.network.subnets.update(subnet?.id ?? ('' as never), { name: 'x' }),
    ])
      expect((await failure(call)).code).toBe('PermissionDenied')
  })

  it('pages through many, each once', async () => {
    const cloud = await openLocal()
    for (let i = 0; i < 25; i++) await ok(cloud.network.securityGroups.create({ name: `g${i}`, labels: { half: String(i % 2) } }))
    const names = []
    for await (const page of cloud.network.securityGroups.list({ labels: { half: '1' } }, { pageSize: 5 }).pages()) {
      const { items } = page._unsafeUnwrap()
      expect(items.length).toBeLessThanOrEqual(5)
      names.push(...items.map(({ name }) => name))
    }
    expect(names).toEqual(Array.from({ length: 12 }, (_, i) => `g${2 * i + 1}`))
  })
})
