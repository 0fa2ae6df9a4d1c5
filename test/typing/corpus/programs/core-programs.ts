import { composeCloud, interceptCloud, kindService, supports, waitFor } from '@hanse/core'
import type {
  Cloud,
  CloudWith,
  ImageId,
  KeyPairId,
  NetworkId,
  ServerGroupId,
  ServerId,
  ServerSpec,
  SubnetId,
  VolumeSnapshotId,
} from '@hanse/core'
import type { TheCloud } from '../the-cloud.ts'

// Each exported function is a program of a user: it is compiled and run on every set of capabilities.

const spec = { name: 'web', image: { os: 'debian', version: '13' }, size: { vcpus: 1 } } satisfies ServerSpec
const anybody = { prod: true }

export const listNetworks = (cloud: TheCloud) => cloud.network.networks.list().toArray()
export const createNetwork = (cloud: TheCloud) => cloud.network.networks.create({ name: 'front' })
export const deleteNetwork = (cloud: TheCloud) => cloud.network.networks.delete('gone' as NetworkId)
export const createSubnet = (cloud: TheCloud) =>
  createNetwork(cloud).andThen(({ id }) => cloud.network.subnets.create({ name: 'front', network: id, cidr: '10.0.0.0/24' }))
export const createServer = (cloud: TheCloud) => cloud.compute.servers.create(spec)
export const createServerOnSubnet = (cloud: TheCloud) =>
  createSubnet(cloud).andThen(({ id }) => cloud.compute.servers.create({ ...spec, subnets: [id] }))
export const createServerInGroup = (cloud: TheCloud) =>
  cloud.compute.serverGroups
    .create({ name: 'spread', policy: 'spread' })
    .andThen(({ id }) => cloud.compute.servers.create({ ...spec, group: id }))
export const createServerWithKey = (cloud: TheCloud) =>
  cloud.compute.keyPairs
    .create({ name: 'me', publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGmDvKxp6j5Y0nbHnHGOTKSB8qTQZ6n9Gr5dTcB1Zx2Q me' })
    .andThen(({ id }) => cloud.compute.servers.create({ ...spec, keyPair: id }))
export const resizeServer = (cloud: TheCloud) => createServer(cloud).andThen(({ id }) => cloud.compute.servers.resize(id, { vcpus: 2 }))
export const snapshotServer = (cloud: TheCloud) => createServer(cloud).andThen(({ id }) => cloud.compute.servers.snapshot(id, 'backup'))
export const readConsole = (cloud: TheCloud) => createServer(cloud).andThen(({ id }) => cloud.compute.servers.console(id, { lines: 5 }))
export const waitForServer = (cloud: TheCloud) =>
  createServer(cloud).andThen(({ id }) => waitFor(cloud.compute.servers, id, { phase: 'Running' }))
export const importImage = (cloud: TheCloud) => cloud.compute.images.import({ name: 'mine', format: 'raw' }, 'bytes')
export const exportImage = (cloud: TheCloud) => importImage(cloud).andThen(({ id }) => cloud.compute.images.export(id))
export const findImage = (cloud: TheCloud) => cloud.compute.images.find('debian-13')
export const listSizes = (cloud: TheCloud) => cloud.compute.serverSizes.list().toArray({ limit: 1 })
export const createBucket = (cloud: TheCloud) => cloud.storage.buckets.create({ name: 'site' })
export const putObject = (cloud: TheCloud) => createBucket(cloud).andThen(({ id }) => cloud.storage.objects.put(id, 'a.txt', 'bytes'))
export const createVolume = (cloud: TheCloud) => cloud.storage.volumes.create({ name: 'data', sizeGiB: 1 })
export const attachVolume = (cloud: TheCloud) =>
  createServer(cloud).andThen((server) =>
    createVolume(cloud).andThen((volume) => cloud.storage.volumeAttachments.create({ server: server.id, volume: volume.id })),
  )
export const exportVolume = (cloud: TheCloud) => createVolume(cloud).andThen(({ id }) => cloud.storage.volumes.export(id))
export const createRouter = (cloud: TheCloud) =>
  createSubnet(cloud).andThen((subnet) =>
    cloud.network.routers
      .create({ name: 'edge' })
      .andThen((router) => cloud.network.routerInterfaces.create({ router: router.id, subnet: subnet.id })),
  )
export const createLoadBalancer = (cloud: TheCloud) =>
  createSubnet(cloud).andThen(({ id }) =>
    cloud.network.loadBalancers.create({ name: 'front', subnet: id, listeners: [{ protocol: 'tcp', port: 80, members: [] }] }),
  )
export const createDnsRecord = (cloud: TheCloud) =>
  cloud.network.dnsZones
    .create({ name: 'example.org' })
    .andThen(({ id }) => cloud.network.dnsRecords.create({ zone: id, name: 'www.example.org', type: 'A', values: ['192.0.2.1'] }))
export const allowTraffic = (cloud: TheCloud) =>
  cloud.network.securityGroups
    .create({ name: 'web' })
    .andThen(({ id }) =>
      cloud.network.securityGroupRules.create({ securityGroup: id, direction: 'ingress', protocol: 'tcp', fromPort: 80, toPort: 80 }),
    )
export const createRepository = (cloud: TheCloud) => cloud.registry.repositories.create({ name: 'shop/web' })
export const listZones = (cloud: TheCloud) => cloud.location.zones.list().toArray()

// What code of one's own needs, said in a type.
const grown = (cloud: CloudWith<'server' | 'server.resize'>, id: ServerId) => cloud.compute.servers.resize(id, { vcpus: 2 })
export const needInAFunction = (cloud: TheCloud) => createServer(cloud).andThen(({ id }) => grown(cloud, id))
const listed = <C extends CloudWith<'bucket'>>(cloud: C) => cloud.storage.buckets.list().toArray()
export const needInAGeneric = (cloud: TheCloud) => listed(cloud)

// Wrapped clouds promise what they are made of.
export const composed = (cloud: TheCloud) => composeCloud({ storage: cloud, compute: cloud }).storage.buckets.create({ name: 'site' })
export const composedWithoutNetwork = (cloud: TheCloud) => composeCloud({ compute: cloud, network: undefined }).compute.servers.create(spec)
export const intercepted = (cloud: TheCloud) =>
  interceptCloud(cloud, (call, next) => next(call))
    .compute.serverGroups.list()
    .toArray()

// Asked at run time: accepted everywhere, and never without an answer.
export const guarded = async (cloud: TheCloud) => {
  const some: Cloud = cloud
  if (!supports(some, 'server') || !supports(some, 'server.resize')) return
  return some.compute.servers.create(spec).andThen(({ id }) => some.compute.servers.resize(id, { vcpus: 2 }))
}
export const byName = (cloud: TheCloud) => kindService(cloud, 'loadBalancer')?.list?.().toArray()

// Forms through which a naive type would let a need slip: the verb is there in the one member of a union and not in the other.
export const conditionalVerb = (cloud: TheCloud) =>
  createServer(cloud).andThen(({ id }) => (anybody.prod ? cloud.compute.servers.resize(id, { vcpus: 2 }) : cloud.compute.servers.stop(id)))
export const optionalPut = (cloud: TheCloud) =>
  createBucket(cloud).andThen(({ id }) => cloud.storage.objects.put(id, 'a', 'b', { ifNoneMatch: '*' }))
export const multipart = (cloud: TheCloud) => createBucket(cloud).andThen(({ id }) => cloud.storage.objects.createUpload(id, 'a'))

// What no type sees, for the value decides: the spec of a server is the same for every cloud, and an id may come from anywhere.
export const unseenGroup = (cloud: TheCloud) => cloud.compute.servers.create({ ...spec, group: 'elsewhere' as ServerGroupId })
export const unseenKey = (cloud: TheCloud) => cloud.compute.servers.create({ ...spec, keyPair: 'elsewhere' as KeyPairId })
export const unseenConditionalField = (cloud: TheCloud) =>
  cloud.compute.servers.create({ ...spec, group: anybody.prod ? ('elsewhere' as ServerGroupId) : undefined })
export const unseenInAVariable = (cloud: TheCloud) => {
  const wide: ServerSpec = JSON.parse('{"name":"web","image":"debian-13","size":"SCS-1V-4","group":"elsewhere"}')
  return cloud.compute.servers.create(wide)
}
export const unseenVersioning = (cloud: TheCloud) => cloud.storage.buckets.create({ name: 'site', versioning: true })
export const unseenVolumeSnapshot = (cloud: TheCloud) =>
  cloud.storage.volumes.create({ name: 'data', sizeGiB: 1, snapshot: 'elsewhere' as VolumeSnapshotId })
export const unseenIpv6 = (cloud: TheCloud) => cloud.network.subnets.create({ name: 'six', network: 'any' as NetworkId, cidr: 'fd00::/64' })
export const unseenField = (cloud: TheCloud) =>
  cloud.compute.servers.create({
    ...spec,
    image: 'debian-13' as ImageId,
    subnets: ['elsewhere' as SubnetId],
    native: { driver: 'acme', needs: ['native.acme'], value: {} },
  })
