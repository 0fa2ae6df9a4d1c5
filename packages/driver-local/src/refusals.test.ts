import { kinds } from '@hanse/core'
import type { CloudError, CloudErrorCode, FloatingIpId, KindName, ResourceId, ServerGroupId, ServerId } from '@hanse/core'
import { describe, expect, it } from 'vitest'
import { failure, ok, openWorld, outside, piecesOf, publicKey } from './__fixtures__/open-world.ts'
import type { Call, World } from './__fixtures__/open-world.ts'
import { always } from './capabilities.ts'

/** Something that a real cloud refuses, and this one too. */
interface Refusal {
  readonly kind: KindName
  readonly title: string
  readonly code: CloudErrorCode
  readonly says: RegExp
  readonly run: (world: World) => Call<unknown>
}

const id = <K extends string>(text: string) => text as ResourceId<K>
const wrong = (kind: KindName, title: string, says: RegExp, run: Refusal['run']): Refusal => ({
  kind,
  title,
  code: 'InvalidArgument',
  says,
  run,
})
const early = (kind: KindName, title: string, says: RegExp, run: Refusal['run']): Refusal => ({
  kind,
  title,
  code: 'FailedPrecondition',
  says,
  run,
})
const taken = (kind: KindName, title: string, says: RegExp, run: Refusal['run']): Refusal => ({
  kind,
  title,
  code: 'AlreadyExists',
  says,
  run,
})
const denied = (kind: KindName, title: string, says: RegExp, run: Refusal['run']): Refusal => ({
  kind,
  title,
  code: 'PermissionDenied',
  says,
  run,
})
const beyond = (kind: KindName, title: string, says: RegExp, run: Refusal['run']): Refusal => ({
  kind,
  title,
  code: 'QuotaExceeded',
  says,
  run,
})
const missing = (kind: KindName, title: string, says: RegExp, run: Refusal['run']): Refusal => ({
  kind,
  title,
  code: 'NotFound',
  says,
  run,
})

const rule = { direction: 'ingress', protocol: 'tcp', fromPort: 22, toPort: 22 } as const
const zoneOf = ({ cloud }: World) => ok(cloud.network.dnsZones.create({ name: 'example.org' }))
const recordIn = async (
  world: World,
  spec: { name: string; type: 'A' | 'AAAA' | 'CAA' | 'CNAME' | 'MX' | 'NS' | 'SRV' | 'TXT'; values: string[] },
) => world.cloud.network.dnsRecords.create({ zone: (await zoneOf(world)).id, ...spec })
const listener = ({ server }: World) => ({ protocol: 'tcp', port: 80, members: [server.id] }) as const
const balance = (world: World, ...listeners: readonly object[]) =>
  world.cloud.network.loadBalancers.create({
    name: 'lb',
    subnet: world.subnet.id,
    listeners: listeners.map((each) => ({ ...listener(world), ...each })),
  })

const refusals: readonly Refusal[] = [
  // location
  wrong('region', 'a cursor that no page answered', /cursor/, ({ cloud }) => cloud.location.regions.list({}, { cursor: 'x' }).toArray()),
  wrong('zone', 'a server in a zone that there is not', /no zone moon; there are local-a, local-b, local-c/, ({ cloud, spec }) =>
    cloud.compute.servers.create({ ...spec, zone: 'moon' }),
  ),
  wrong('zone', 'a subnet in a zone that there is not', /no zone moon/, ({ cloud, network }) =>
    cloud.network.subnets.create({ name: 's', network: network.id, cidr: '10.9.0.0/24', zone: 'moon' }),
  ),
  beyond('quota', 'one resource more than the account may have', /may have 3 securityGroups, has 3/, async ({ cloud }) => {
    for (const name of ['a', 'b']) await ok(cloud.network.securityGroups.create({ name }))
    return cloud.network.securityGroups.create({ name: 'c' })
  }),
  beyond('quota', 'more processors than the account may have', /may have 16 vcpus, has 1, and asks for 16 more/, ({ cloud, spec }) =>
    cloud.compute.servers.create({ ...spec, size: 'SCS-16V-64' }),
  ),
  // compute
  missing('serverSize', 'a size that there is not', /no serverSize huge/, ({ cloud }) => cloud.compute.serverSizes.get(id('huge'))),
  wrong('image', 'an image that is not what it is called', /called qcow2, and the bytes are raw/, ({ cloud }) =>
    cloud.compute.images.import({ name: 'i', format: 'qcow2' }, piecesOf('plain')),
  ),
  wrong('image', 'an image of no bytes', /at least one byte/, ({ cloud }) => cloud.compute.images.import({ name: 'i' }, piecesOf())),
  denied('image', 'deleting an image of the operator', /belongs to the operator/, ({ cloud }) =>
    cloud.compute.images.delete(id('debian-13')),
  ),
  wrong('keyPair', 'a key that ends in the middle', /ends in the middle/, ({ cloud }) =>
    cloud.compute.keyPairs.create({ name: 'k', publicKey: publicKey.replace(/.{12} test$/, '') }),
  ),
  taken('keyPair', 'a second pair of one name', /belongs to keyPair k/, async ({ cloud }) => {
    await ok(cloud.compute.keyPairs.create({ name: 'k', publicKey }))
    return cloud.compute.keyPairs.create({ name: 'k', publicKey })
  }),
  early('serverGroup', 'deleting a group with a server in it', /in use by server/, async ({ cloud, spec }) => {
    const group = await ok(cloud.compute.serverGroups.create({ name: 'g', policy: 'spread' }))
    await ok(cloud.compute.servers.create({ ...spec, group: group.id }))
    return cloud.compute.serverGroups.delete(group.id)
  }),
  beyond('serverGroup', 'an eleventh server in a group', /may have 10 servers/, async ({ cloud, spec }) => {
    const group = await ok(cloud.compute.serverGroups.create({ name: 'g', policy: 'pack' }))
    for (let i = 0; i < 10; i++) await ok(cloud.compute.servers.create({ ...spec, group: group.id }))
    return cloud.compute.servers.create({ ...spec, group: group.id })
  }),
  missing('server', 'a server in a group that there is not', /group: there is no serverGroup g/, ({ cloud, spec }) =>
    cloud.compute.servers.create({ ...spec, group: 'g' as ServerGroupId }),
  ),
  wrong('server', 'a name that is no host name', /as in a host name/, ({ cloud, spec }) =>
    cloud.compute.servers.create({ ...spec, name: 'web server' }),
  ),
  wrong('server', 'one subnet twice', /named twice/, ({ cloud, spec, subnet }) =>
    cloud.compute.servers.create({ ...spec, subnets: [subnet.id, subnet.id] }),
  ),
  denied('server', 'a server in the network outside', /lead a floating IP to it/, ({ cloud, spec }) =>
    cloud.compute.servers.create({ ...spec, subnets: [id('public-ipv4')] }),
  ),
  wrong('server', 'an image for another processor', /is for aarch64/, async ({ cloud, spec }) => {
    const image = await ok(cloud.compute.images.import({ name: 'arm', architecture: 'aarch64' }, piecesOf('arm')))
    return cloud.compute.servers.create({ ...spec, image: image.id })
  }),
  wrong('server', 'a zone that is not the subnet’s', /not in zone local-a/, async ({ cloud, spec, network }) => {
    const subnet = await ok(cloud.network.subnets.create({ name: 'b', network: network.id, cidr: '10.1.0.0/24', zone: 'local-b' }))
    return cloud.compute.servers.create({ ...spec, subnets: [subnet.id], zone: 'local-a' })
  }),
  early('server', 'rebooting one that is stopped', /must be ACTIVE/, async ({ cloud, server }) => {
    await ok(cloud.compute.servers.stop(server.id))
    return cloud.compute.servers.reboot(server.id)
  }),
  early('server', 'resizing to the size that it has', /has the size SCS-1V-1 already/, ({ cloud, server }) =>
    cloud.compute.servers.resize(server.id, 'SCS-1V-1'),
  ),
  early('server', 'resizing to a smaller disk', /cannot shrink/, async ({ cloud, spec }) => {
    const server = await ok(cloud.compute.servers.create({ ...spec, size: 'SCS-2V-4-20s' }))
    return cloud.compute.servers.resize(server.id, 'SCS-4V-8')
  }),
  beyond('server', 'resizing beyond the quota', /may have 16 vcpus, has 9, and asks for 15 more/, async ({ cloud, server, spec }) => {
    await ok(cloud.compute.servers.create({ ...spec, size: 'SCS-8V-16' }))
    return cloud.compute.servers.resize(server.id, 'SCS-16V-64')
  }),
  // network
  early('network', 'deleting one with subnets', /in use by subnet front/, ({ cloud, network }) =>
    cloud.network.networks.delete(network.id),
  ),
  denied('network', 'changing the network outside', /belongs to the operator/, ({ cloud }) =>
    cloud.network.networks.update(outside, { name: 'mine' }),
  ),
  early('subnet', 'a range that overlaps', /overlaps 10\.0\.0\.0\/24 of subnet front/, ({ cloud, network }) =>
    cloud.network.subnets.create({ name: 's', network: network.id, cidr: '10.0.0.128/25' }),
  ),
  wrong('subnet', 'a range with a host in it', /the range is 10\.5\.0\.0\/24/, ({ cloud, network }) =>
    cloud.network.subnets.create({ name: 's', network: network.id, cidr: '10.5.0.7/24' }),
  ),
  wrong('subnet', 'a range without room', /no room/, ({ cloud, network }) =>
    cloud.network.subnets.create({ name: 's', network: network.id, cidr: '10.5.0.0/31' }),
  ),
  wrong('subnet', 'a gateway outside', /not an address of a host in/, ({ cloud, network }) =>
    cloud.network.subnets.create({ name: 's', network: network.id, cidr: '10.5.0.0/24', gateway: '10.6.0.1' }),
  ),
  wrong('subnet', 'a gateway of the other version', /not an address of a host in/, ({ cloud, network }) =>
    cloud.network.subnets.create({ name: 's', network: network.id, cidr: 'fd00:5::/64', gateway: '10.6.0.1' }),
  ),
  denied('subnet', 'a subnet in the network outside', /takes no subnets of yours/, ({ cloud }) =>
    cloud.network.subnets.create({ name: 's', network: outside, cidr: '10.5.0.0/24' }),
  ),
  early('subnet', 'deleting one with a server in it', /in use by routerInterface .* server web/, ({ cloud, subnet }) =>
    cloud.network.subnets.delete(subnet.id),
  ),
  beyond('subnet', 'an address more than it has', /no free address left/, async ({ cloud, network, spec }) => {
    const small = await ok(cloud.network.subnets.create({ name: 's', network: network.id, cidr: '10.5.0.0/30' }))
    await ok(cloud.compute.servers.create({ ...spec, subnets: [small.id] }))
    return cloud.compute.servers.create({ ...spec, subnets: [small.id] })
  }),
  wrong('router', 'a way out through a network inside', /does not lead outside; public \(public\) does/, ({ cloud, network }) =>
    cloud.network.routers.create({ name: 'r', externalNetwork: network.id }),
  ),
  early('router', 'deleting one with interfaces', /in use by routerInterface/, ({ cloud, router }) =>
    cloud.network.routers.delete(router.id),
  ),
  taken('routerInterface', 'the same pair again', /of this router, subnet already/, ({ cloud, router, subnet }) =>
    cloud.network.routerInterfaces.create({ router: router.id, subnet: subnet.id }),
  ),
  taken(
    'routerInterface',
    'a second router at a gateway',
    /10\.0\.0\.1 of 10\.0\.0\.0\/24 is taken by routerInterface/,
    async ({ cloud, subnet }) => {
      const other = await ok(cloud.network.routers.create({ name: 'other' }))
      return cloud.network.routerInterfaces.create({ router: other.id, subnet: subnet.id })
    },
  ),
  early('routerInterface', 'two subnets that a router cannot tell apart', /cannot tell 10\.0\.0\.0\/25 from/, async ({ cloud, router }) => {
    const other = await ok(cloud.network.networks.create({ name: 'other' }))
    const subnet = await ok(cloud.network.subnets.create({ name: 's', network: other.id, cidr: '10.0.0.0/25' }))
    return cloud.network.routerInterfaces.create({ router: router.id, subnet: subnet.id })
  }),
  early(
    'routerInterface',
    'deleting one that a floating IP is led through',
    /in use by floatingIpAssociation/,
    async ({ cloud, server, routerInterface }) => {
      const floatingIp = await ok(cloud.network.floatingIps.create({}))
      await ok(cloud.network.floatingIpAssociations.create({ floatingIp: floatingIp.id, server: server.id }))
      return cloud.network.routerInterfaces.delete(routerInterface.id)
    },
  ),
  early('securityGroup', 'deleting one that a server has', /in use by server web/, ({ cloud, group }) =>
    cloud.network.securityGroups.delete(group.id),
  ),
  early(
    'securityGroup',
    'deleting one that a rule of another names',
    /in use by securityGroupRule .* in remoteGroup/,
    async ({ cloud, group }) => {
      const other = await ok(cloud.network.securityGroups.create({ name: 'db' }))
      await ok(cloud.network.securityGroupRules.create({ ...rule, securityGroup: group.id, remoteGroup: other.id }))
      return cloud.network.securityGroups.delete(other.id)
    },
  ),
  taken('securityGroupRule', 'the same rule again', /already/, async ({ cloud, group }) => {
    await ok(cloud.network.securityGroupRules.create({ ...rule, securityGroup: group.id, remoteCidr: '10.0.0.0/8' }))
    return cloud.network.securityGroupRules.create({ ...rule, securityGroup: group.id, remoteCidr: '10.0.0.0/8' })
  }),
  wrong('securityGroupRule', 'ports of a protocol without', /icmp has no ports/, ({ cloud, group }) =>
    cloud.network.securityGroupRules.create({ ...rule, protocol: 'icmp', securityGroup: group.id }),
  ),
  wrong('securityGroupRule', 'ports in the wrong order', /before fromPort 22/, ({ cloud, group }) =>
    cloud.network.securityGroupRules.create({ ...rule, toPort: 21, securityGroup: group.id }),
  ),
  wrong('securityGroupRule', 'one port of two', /both ports/, ({ cloud, group }) =>
    cloud.network.securityGroupRules.create({ ...rule, toPort: undefined, securityGroup: group.id }),
  ),
  wrong('securityGroupRule', 'a range and a group', /not both/, ({ cloud, group }) =>
    cloud.network.securityGroupRules.create({ ...rule, securityGroup: group.id, remoteCidr: '10.0.0.0/8', remoteGroup: group.id }),
  ),
  beyond('securityGroupRule', 'a hundred and first rule', /may have 100 rules/, async ({ cloud, group }) => {
    for (let port = 1; port <= 100; port++)
      await ok(cloud.network.securityGroupRules.create({ ...rule, securityGroup: group.id, fromPort: port, toPort: port }))
    return cloud.network.securityGroupRules.create({ ...rule, securityGroup: group.id, fromPort: 101, toPort: 101 })
  }),
  wrong('floatingIp', 'one of a network inside', /does not lead outside/, ({ cloud, network }) =>
    cloud.network.floatingIps.create({ network: network.id }),
  ),
  beyond('floatingIp', 'one more than the pool has', /203\.0\.113\.0\/24 has no free address left/, async ({ cloud }) => {
    // The router of this world has one of 253 already.
    for (let i = 0; i < 252; i++) await ok(cloud.network.floatingIps.create({}))
    return cloud.network.floatingIps.create({})
  }),
  early('floatingIp', 'deleting one that leads to a server', /in use by floatingIpAssociation/, async ({ cloud, server }) => {
    const floatingIp = await ok(cloud.network.floatingIps.create({}))
    await ok(cloud.network.floatingIpAssociations.create({ floatingIp: floatingIp.id, server: server.id }))
    return cloud.network.floatingIps.delete(floatingIp.id)
  }),
  wrong('floatingIpAssociation', 'neither server nor port', /exactly one/, async ({ cloud }) => {
    const floatingIp = await ok(cloud.network.floatingIps.create({}))
    return cloud.network.floatingIpAssociations.create({ floatingIp: floatingIp.id })
  }),
  early('floatingIpAssociation', 'a floating IP that leads elsewhere', /leads elsewhere already/, async ({ cloud, server, spec }) => {
    const floatingIp = await ok(cloud.network.floatingIps.create({}))
    await ok(cloud.network.floatingIpAssociations.create({ floatingIp: floatingIp.id, server: server.id }))
    const other = await ok(cloud.compute.servers.create(spec))
    return cloud.network.floatingIpAssociations.create({ floatingIp: floatingIp.id, server: other.id })
  }),
  early(
    'floatingIpAssociation',
    'a server without a way outside',
    /no IPv4 subnet with a router to network public/,
    async ({ cloud, spec, network }) => {
      const inner = await ok(cloud.network.subnets.create({ name: 's', network: network.id, cidr: '10.5.0.0/24' }))
      const server = await ok(cloud.compute.servers.create({ ...spec, subnets: [inner.id] }))
      const floatingIp = await ok(cloud.network.floatingIps.create({}))
      return cloud.network.floatingIpAssociations.create({ floatingIp: floatingIp.id, server: server.id })
    },
  ),
  missing('floatingIpAssociation', 'a floating IP that there is not', /no floatingIp f/, ({ cloud, server }) =>
    cloud.network.floatingIpAssociations.create({ floatingIp: 'f' as FloatingIpId, server: server.id }),
  ),
  wrong('loadBalancer', 'two listeners on one port', /listener 0 listens on port 80 already/, (world) =>
    balance(world, {}, { protocol: 'http' }),
  ),
  wrong('loadBalancer', 'a path without HTTP', /tcp has no paths/, (world) => balance(world, { healthPath: '/up' })),
  missing('loadBalancer', 'a member that there is not', /no server s/, (world) => balance(world, { members: ['s' as ServerId] })),
  wrong('loadBalancer', 'a member without an address', /has no address/, async (world) => {
    const server = await ok(world.cloud.compute.servers.create({ ...world.spec, subnets: [] }))
    return balance(world, { members: [server.id] })
  }),
  wrong('loadBalancer', 'a change to what a create refuses', /listens on port 80 already/, async (world) => {
    const { id } = await ok(balance(world, {}))
    return world.cloud.network.loadBalancers.update(id, { listeners: [listener(world), listener(world)] })
  }),
  taken('dnsZone', 'a second zone of one name, written another way', /belongs to dnsZone example\.org/, async (world) => {
    await zoneOf(world)
    return world.cloud.network.dnsZones.create({ name: 'Example.ORG.' })
  }),
  early('dnsZone', 'deleting one with records', /in use by dnsRecord/, async (world) => {
    await ok(recordIn(world, { name: 'www.example.org', type: 'A', values: ['192.0.2.1'] }))
    return world.cloud.network.dnsZones.find('example.org').andThen((zone) => world.cloud.network.dnsZones.delete(zone.id))
  }),
  wrong('dnsZone', 'a top-level domain', /top-level/, ({ cloud }) => cloud.network.dnsZones.create({ name: 'org' })),
  wrong('dnsRecord', 'a name outside the zone', /not in zone example\.org/, (world) =>
    recordIn(world, { name: 'www.example.com', type: 'A', values: ['192.0.2.1'] }),
  ),
  wrong('dnsRecord', 'a name that only ends like the zone', /not in zone/, (world) =>
    recordIn(world, { name: 'badexample.org', type: 'A', values: ['192.0.2.1'] }),
  ),
  wrong('dnsRecord', 'a value of another type', /not an IPv4 address/, (world) =>
    recordIn(world, { name: 'www.example.org', type: 'A', values: ['2001:db8::1'] }),
  ),
  wrong('dnsRecord', 'an alias of two', /one value/, (world) =>
    recordIn(world, { name: 'www.example.org', type: 'CNAME', values: ['a.example.org', 'b.example.org'] }),
  ),
  wrong('dnsRecord', 'an alias at the top of a zone', /cannot be a CNAME/, (world) =>
    recordIn(world, { name: 'example.org', type: 'CNAME', values: ['a.example.org'] }),
  ),
  early('dnsRecord', 'an alias beside an address', /alone at its name/, async (world) => {
    const { observed } = await ok(recordIn(world, { name: 'www.example.org', type: 'A', values: ['192.0.2.1'] }))
    return world.cloud.network.dnsRecords.create({
      zone: observed.zone ?? id(''),
      name: 'www.example.org',
      type: 'CNAME',
      values: ['a.example.org'],
    })
  }),
  taken('dnsRecord', 'the same name and type again', /already/, async (world) => {
    const { observed } = await ok(recordIn(world, { name: 'www.example.org', type: 'A', values: ['192.0.2.1'] }))
    return world.cloud.network.dnsRecords.create({
      zone: observed.zone ?? id(''),
      name: 'WWW.example.org',
      type: 'A',
      values: ['192.0.2.2'],
    })
  }),
  wrong('dnsRecord', 'a change to what a create refuses', /not an IPv4 address/, async (world) => {
    const record = await ok(recordIn(world, { name: 'www.example.org', type: 'A', values: ['192.0.2.1'] }))
    return world.cloud.network.dnsRecords.update(record.id, { values: ['here'] })
  }),
  taken('port', 'an address that is taken', /10\.0\.0\.2 of 10\.0\.0\.0\/24 is taken by server web/, ({ cloud, subnet }) =>
    cloud.network.ports.create({ name: 'p', subnet: subnet.id, address: '10.0.0.2' }),
  ),
  wrong('port', 'an address of elsewhere', /not an address of a host/, ({ cloud, subnet }) =>
    cloud.network.ports.create({ name: 'p', subnet: subnet.id, address: '10.7.0.2' }),
  ),
]

describe('the embedded cloud refuses', () => {
  it.each(refusals.map((refusal) => [`${refusal.kind}: ${refusal.title}`, refusal] as const))('%s', async (_, { code, says, run }) => {
    const world = await openWorld({ quotas: { securityGroup: 3, vcpus: 16 } })
    const error: CloudError = await failure(run(world))
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(says)])
  })

  it('something of every kind of location, compute and network', () => {
    const mine = Object.values(kinds).filter(
      ({ kind, service }) => service !== 'storage' && service !== 'registry' && (always as readonly string[]).includes(kind),
    )
    expect([...new Set(refusals.map(({ kind }) => kind))].sort()).toEqual(mine.map(({ kind }) => kind).sort())
  })
})
