import type { AnyResource, NetworkId } from '@hanse/core'
import type { OpenLocal } from './open-world.ts'
import { ok, piecesOf, publicKey } from './ok.ts'

/** One resource of every kind of compute and network that can be made. */
export async function everything(cloud: OpenLocal): Promise<readonly AnyResource[]> {
  const labels = { made: 'by-a-test' }
  const { compute, network: net } = cloud
  const network = await ok(net.networks.create({ name: 'net', labels }))
  const subnet = await ok(
    net.subnets.create({ name: 'front', network: network.id, cidr: '10.0.0.0/24', dnsServers: ['192.0.2.53'], labels }),
  )
  const router = await ok(net.routers.create({ name: 'way', externalNetwork: 'public' as NetworkId, labels }))
  const routerInterface = await ok(net.routerInterfaces.create({ router: router.id, subnet: subnet.id }))
  const securityGroup = await ok(net.securityGroups.create({ name: 'web', description: 'the web', labels }))
  const securityGroupRule = await ok(
    net.securityGroupRules.create({
      securityGroup: securityGroup.id,
      direction: 'ingress',
      protocol: 'tcp',
      fromPort: 80,
      toPort: 80,
      remoteCidr: '0.0.0.0/0',
    }),
  )
  const keyPair = await ok(compute.keyPairs.create({ name: 'me', publicKey }))
  const serverGroup = await ok(compute.serverGroups.create({ name: 'apart', policy: 'spread' }))
  const image = await ok(compute.images.import({ name: 'mine', os: 'debian', version: '13', labels }, piecesOf('an image')))
  const server = await ok(
    compute.servers.create({
      name: 'web',
      image: image.id,
      size: { vcpus: 1, memoryGiB: 1 },
      subnets: [subnet.id],
      securityGroups: [securityGroup.id],
      keyPair: keyPair.id,
      group: serverGroup.id,
      zone: 'local-b',
      userData: '#cloud-config',
      labels,
    }),
  )
  const port = await ok(
    net.ports.create({ name: 'p', subnet: subnet.id, address: '10.0.0.99', securityGroups: [securityGroup.id], labels }),
  )
  const floatingIp = await ok(net.floatingIps.create({ labels }))
  const floatingIpAssociation = await ok(net.floatingIpAssociations.create({ floatingIp: floatingIp.id, server: server.id }))
  const listeners = [{ protocol: 'http', port: 80, members: [server.id], healthPath: '/' }] as const
  const loadBalancer = await ok(net.loadBalancers.create({ name: 'lb', subnet: subnet.id, listeners, labels }))
  const dnsZone = await ok(net.dnsZones.create({ name: 'example.org', labels }))
  const dnsRecord = await ok(
    net.dnsRecords.create({ zone: dnsZone.id, name: 'www.example.org', type: 'A', values: [floatingIp.outputs.address] }),
  )
  // As it is when its floating IP leads to it.
  const seen = await ok(compute.servers.get(server.id))
  return [
    network,
    subnet,
    router,
    routerInterface,
    securityGroup,
    securityGroupRule,
    keyPair,
    serverGroup,
    image,
    seen,
    port,
    floatingIp,
    floatingIpAssociation,
    loadBalancer,
    dnsZone,
    dnsRecord,
  ]
}
