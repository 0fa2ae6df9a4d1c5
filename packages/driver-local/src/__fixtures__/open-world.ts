import type { DriverRuntime, NetworkId } from '@hanse/core'
import type { LocalConfig } from '../config.ts'
import { ok } from './ok.ts'
import { openLocal } from './open-local.ts'

export { failure, ok, piecesOf, publicKey } from './ok.ts'
export { bytesOf, openLocal } from './open-local.ts'
export type { Call } from './ok.ts'

export type OpenLocal = Awaited<ReturnType<typeof openLocal>>

/** The network outside, as the seed makes it. */
export const outside = 'public' as NetworkId

/** What most kinds of the network stand on: a network, a subnet with a router to the outside, a server in it. */
export async function openWorld(config: LocalConfig = {}, runtime: Partial<DriverRuntime> = {}) {
  const cloud = await openLocal(config, runtime)
  const network = await ok(cloud.network.networks.create({ name: 'net' }))
  const subnet = await ok(cloud.network.subnets.create({ name: 'front', network: network.id, cidr: '10.0.0.0/24' }))
  const router = await ok(cloud.network.routers.create({ name: 'way', externalNetwork: outside }))
  const routerInterface = await ok(cloud.network.routerInterfaces.create({ router: router.id, subnet: subnet.id }))
  const group = await ok(cloud.network.securityGroups.create({ name: 'web' }))
  const spec = { name: 'web', image: { os: 'debian', version: '13' }, size: { vcpus: 1, memoryGiB: 1 }, subnets: [subnet.id] }
  const server = await ok(cloud.compute.servers.create({ ...spec, securityGroups: [group.id] }))
  return { cloud, network, subnet, router, routerInterface, group, server, spec }
}

export type World = Awaited<ReturnType<typeof openWorld>>
