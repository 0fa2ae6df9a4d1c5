import type { CloudResultAsync, CloudWith } from '@hanse/core'
import { composeCloud, openCloud, supports, unwrap } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { apply, defineStack, destroy, memoryStateStore, network, server, subnet } from '@hanse/provisioning'

/** What the program needs of a cloud. One that lacks it does not compile below. */
type Needed = CloudWith<'server' | 'network' | 'subnet'>

/** The clouds that it may run on. For another provider the line has another driver; nothing else changes. */
const clouds: Readonly<Record<'centre' | 'site', () => CloudResultAsync<Needed>>> = {
  centre: () => openCloud(local()),
  // A small site: two servers, and no storage.
  site: () => openCloud(local({ quotas: { server: 2 } })).map((cloud) => composeCloud({ compute: cloud, network: cloud })),
}

/** Runs up to three servers on any of them. */
async function deploy(cloud: Needed) {
  const net = await unwrap(cloud.network.networks.create({ name: 'net' }))
  const front = await unwrap(cloud.network.subnets.create({ name: 'front', network: net.id, cidr: '10.0.0.0/24' }))
  // What a cloud accepts is data: this one asks for no more servers than it may have.
  const count = Math.min(3, cloud.limits['server']?.count ?? 3)
  for (let n = 1; n <= count; n++) {
    const spec = { name: `web-${n}`, image: { os: 'debian' }, size: { vcpus: 1 }, subnets: [front.id] }
    await unwrap(cloud.compute.servers.create(spec))
  }
  // What not every cloud has is asked for; in the branch the compiler knows that it is there.
  if (!supports(cloud, 'bucket')) return { servers: count, bucket: 'none' }
  const logs = await unwrap(cloud.storage.buckets.create({ name: 'example-logs' }))
  return { servers: count, bucket: logs.name }
}

const net = network({})
const front = subnet({ network: net, cidr: '10.1.0.0/24' })
const web = server({ image: { os: 'debian' }, size: { vcpus: 1 }, subnets: [front] })
const shop = defineStack('shop', { net, front, web }, { addresses: web.outputs.addresses })

/** Runs the function and the stack on the cloud of this name. */
export async function main(name: keyof typeof clouds) {
  // A cloud is in memory here, so each run has its own: one for the function, one for the stack.
  const [first, second] = [await unwrap(clouds[name]()), await unwrap(clouds[name]())]
  const deployed = await deploy(first)
  const options = { environment: name, state: memoryStateStore() }
  const { outputs } = await unwrap(apply(shop, second, options))
  console.log(`${name}: ${deployed.servers} servers, bucket ${deployed.bucket}; the stack is at ${outputs.addresses.join(', ')}`)
  await unwrap(destroy(shop, second, options))
  await unwrap(first.close())
  await unwrap(second.close())
  return { ...deployed, addresses: outputs.addresses }
}

if (process.argv[1] === import.meta.filename) for (const name of ['centre', 'site'] as const) await main(name)
