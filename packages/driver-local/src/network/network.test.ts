import { describe, expect, it } from 'vitest'
import { failure, ok, openLocal, openWorld, outside } from '../__fixtures__/open-world.ts'

describe('subnets', () => {
  it('may be IPv6, and give IPv6 addresses', async () => {
    const { cloud, network, subnet, spec } = await openWorld()
    const six = await ok(cloud.network.subnets.create({ name: 'six', network: network.id, cidr: 'fd00:5::/64' }))
    expect(six.outputs).toEqual({ cidr: 'fd00:5::/64', gateway: 'fd00:5::1' })
    expect((await ok(cloud.compute.servers.create({ ...spec, subnets: [subnet.id, six.id] }))).outputs.addresses).toEqual([
      '10.0.0.3',
      'fd00:5::2',
    ])
  })

  it('never give the gateway to a server, wherever it is', async () => {
    const { cloud, network, spec } = await openWorld()
    const small = await ok(
      cloud.network.subnets.create({
        name: 's',
        network: network.id,
        cidr: '10.5.0.0/29',
        gateway: '10.5.0.3',
        dnsServers: ['192.0.2.53'],
      }),
    )
    const given = []
    for (let i = 0; i < 5; i++) given.push(...(await ok(cloud.compute.servers.create({ ...spec, subnets: [small.id] }))).outputs.addresses)
    expect(given).toEqual(['10.5.0.1', '10.5.0.2', '10.5.0.4', '10.5.0.5', '10.5.0.6'])
    expect((await failure(cloud.compute.servers.create({ ...spec, subnets: [small.id] }))).code).toBe('QuotaExceeded')
    expect((await ok(cloud.network.subnets.update(small.id, { dnsServers: [] }))).observed.dnsServers).toEqual([])
  })

  it('of several networks may overlap', async () => {
    const cloud = await openLocal()
    for (const name of ['a', 'b']) {
      const network = await ok(cloud.network.networks.create({ name }))
      await ok(cloud.network.subnets.create({ name, network: network.id, cidr: '10.0.0.0/24' }))
    }
    expect(await ok(cloud.network.subnets.list().toArray())).toHaveLength(3)
  })
})

describe('routers', () => {
  it('have an address outside as long as they lead there', async () => {
    const { cloud } = await openWorld()
    const inner = await ok(cloud.network.routers.create({ name: 'inner' }))
    expect(inner.outputs).toEqual({})
    const led = await ok(cloud.network.routers.update(inner.id, { externalNetwork: outside, name: 'outer' }))
    expect(led).toMatchObject({ name: 'outer', outputs: { externalAddress: '203.0.113.3' } })
    await ok(cloud.network.routers.update(inner.id, { labels: { a: 'b' } }))
    expect((await ok(cloud.network.routers.get(inner.id))).outputs).toEqual(led.outputs)
    await ok(cloud.network.routers.delete(inner.id))
    expect((await ok(cloud.network.floatingIps.create({}))).outputs.address).toBe('203.0.113.3')
  })
})

describe('floating IPs', () => {
  it('lead to a port as to a server, and are free when it goes', async () => {
    const { cloud, subnet, server } = await openWorld()
    const port = await ok(cloud.network.ports.create({ name: 'p', subnet: subnet.id, address: '10.0.0.77' }))
    expect(port.outputs).toEqual({ address: '10.0.0.77', macAddress: expect.stringMatching(/^fa:16:3e(:[0-9a-f]{2}){3}$/) })
    const [a, b] = [await ok(cloud.network.floatingIps.create({})), await ok(cloud.network.floatingIps.create({ labels: { for: 'b' } }))]
    const toPort = await ok(cloud.network.floatingIpAssociations.create({ floatingIp: a.id, port: port.id }))
    const toServer = await ok(cloud.network.floatingIpAssociations.create({ floatingIp: b.id, server: server.id }))
    const idsOf = async (filter: object) => (await ok(cloud.network.floatingIpAssociations.list(filter).toArray())).map(({ id }) => id)
    expect(await idsOf({ server: server.id })).toEqual([toServer.id])
    expect(await idsOf({ port: port.id })).toEqual([toPort.id])
    expect(await idsOf({ floatingIp: b.id })).toEqual([toServer.id])
    await ok(cloud.network.ports.delete(port.id))
    expect(await idsOf({})).toEqual([toServer.id])
    await ok(cloud.network.floatingIpAssociations.delete(toServer.id))
    expect((await ok(cloud.compute.servers.get(server.id))).outputs.addresses).toEqual(['10.0.0.2'])
    for (const { id } of [a, b]) await ok(cloud.network.floatingIps.delete(id))
  })
})

describe('security groups', () => {
  it('go with their own rules, those that name themselves too', async () => {
    const { cloud } = await openWorld()
    const group = await ok(cloud.network.securityGroups.create({ name: 'db', description: 'databases' }))
    const rule = { securityGroup: group.id, direction: 'ingress', protocol: 'tcp' } as const
    await ok(cloud.network.securityGroupRules.create({ ...rule, remoteGroup: group.id }))
    await ok(cloud.network.securityGroupRules.create({ ...rule, fromPort: 5432, toPort: 5432, remoteCidr: '10.0.0.0/8' }))
    expect(await ok(cloud.network.securityGroupRules.list({ securityGroup: group.id }).toArray())).toHaveLength(2)
    await ok(cloud.network.securityGroups.delete(group.id))
    expect(await ok(cloud.network.securityGroupRules.list().toArray())).toEqual([])
  })
})

describe('load balancers', () => {
  it('take new listeners, one change after the other', async () => {
    let now = 1_000_000
    const { cloud, subnet, server } = await openWorld({ delayMs: 1000 }, { now: () => now })
    const { loadBalancers } = cloud.network
    const listener = { protocol: 'http', port: 80, memberPort: 8080, healthPath: '/up', members: [server.id] } as const
    const { id, outputs } = await ok(loadBalancers.create({ name: 'lb', subnet: subnet.id, listeners: [listener] }))
    expect(outputs).toEqual({ address: '10.0.0.3' })
    expect(await failure(loadBalancers.update(id, { listeners: [] }))).toMatchObject({ code: 'InvalidArgument' })
    expect((await failure(loadBalancers.update(id, { name: 'early' }))).message).toMatch(/while the phase is PENDING_CREATE/)
    now += 1000
    // UDP and TCP are two spaces of ports.
    const changed = await ok(loadBalancers.update(id, { listeners: [listener, { protocol: 'udp', port: 80, members: [] }] }))
    expect(changed).toMatchObject({
      status: { phase: 'Updating', providerState: 'PENDING_UPDATE' },
      observed: { listeners: [listener, { port: 80 }] },
    })
    now += 1000
    expect((await ok(loadBalancers.get(id))).status).toEqual({ phase: 'Ready', providerState: 'ACTIVE (simulated)' })
    await ok(loadBalancers.delete(id))
    expect((await failure(cloud.network.subnets.delete(subnet.id))).message).toMatch(/in use by/)
  })
})

describe('DNS', () => {
  it('keeps names in one form, and changes values and times in place', async () => {
    const cloud = await openLocal()
    const zone = await ok(cloud.network.dnsZones.create({ name: 'Example.ORG.', email: 'hostmaster@example.org' }))
    expect(zone).toMatchObject({ name: 'example.org', observed: { name: 'example.org' } })
    expect(zone.outputs.nameServers.length).toBeGreaterThanOrEqual(2)
    const record = await ok(
      cloud.network.dnsRecords.create({ zone: zone.id, name: '*.WWW.example.org.', type: 'A', values: ['192.0.2.1'] }),
    )
    expect(record.name).toBe('*.www.example.org')
    await ok(cloud.network.dnsRecords.update(record.id, { values: ['192.0.2.2', '192.0.2.3'], ttlSeconds: 60 }))
    await ok(cloud.network.dnsRecords.create({ zone: zone.id, name: '*.www.example.org', type: 'TXT', values: ['beside it'] }))
    await ok(cloud.network.dnsZones.update(zone.id, { ttlSeconds: 300 }))
    const [seen] = await ok(cloud.network.dnsRecords.list({ zone: zone.id, name: '*.www.example.org' }).toArray())
    expect(seen?.observed).toMatchObject({ values: ['192.0.2.2', '192.0.2.3'], ttlSeconds: 60 })
  })

  it('lets a zone lie below another', async () => {
    const cloud = await openLocal()
    const zone = await ok(cloud.network.dnsZones.create({ name: 'example.org' }))
    await ok(cloud.network.dnsRecords.create({ zone: zone.id, name: 'sub.example.org', type: 'NS', values: ['ns1.example.net'] }))
    await ok(cloud.network.dnsRecords.create({ zone: zone.id, name: 'www.example.org', type: 'A', values: ['192.0.2.1'] }))
    await ok(cloud.network.dnsZones.create({ name: 'sub.example.org' }))
    expect((await failure(cloud.network.dnsZones.create({ name: 'www.example.org' }))).message).toMatch(/has a record A of this name/)
  })
})
