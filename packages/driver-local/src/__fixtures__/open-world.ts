import { openCloud } from '@hanse/core'
import type { CloudError, CloudResult, CloudResultAsync, NetworkId } from '@hanse/core'
import { onTestFinished } from 'vitest'
import type { LocalConfig } from '../config.ts'
import { local } from '../local.ts'

/** A call of a portable verb, or several after each other. */
export type Call<T> = CloudResultAsync<T> | Promise<CloudResult<T>>

/** The value of a call that must succeed. */
export async function ok<T>(call: Call<T>): Promise<T> {
  const result = await call
  if (result.isErr()) throw result.error
  return result.value
}

/** The error of a call that must fail. */
export async function failure(call: Call<unknown>): Promise<CloudError> {
  const result = await call
  if (result.isOk()) throw new Error(`it succeeded: ${JSON.stringify(result.value)}`)
  return result.error
}

/** An open embedded cloud, in memory unless told. */
export const openLocal = async (config: LocalConfig = {}, clock?: () => number) => {
  const cloud = await ok(openCloud(local(config), clock === undefined ? {} : { runtime: { now: clock } }))
  onTestFinished(async () => void (await cloud.close()))
  return cloud
}

export type OpenLocal = Awaited<ReturnType<typeof openLocal>>

/** The network outside, as the seed makes it. */
export const outside = 'public' as NetworkId

/** What most kinds of the network stand on: a network, a subnet with a router to the outside, a server in it. */
export async function openWorld(config: LocalConfig = {}, clock?: () => number) {
  const cloud = await openLocal(config, clock)
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

/** Bytes in pieces. */
export async function* piecesOf(...pieces: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? new TextEncoder().encode(piece) : piece
}

/** All of a stream. */
export async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** A public key that was made for these tests; its private half was thrown away. */
export const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINl+cJ65tQYkHrltJ121Lfxxpe7G0LMEDeQuaPmckmFD test'
