import { composeCloud, openCloud, unwrap } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { apply, defineStack, destroy, generateStateKey, memoryStateStore, network, on, server, subnet } from '@hanse/provisioning'

/** One cloud of two: servers and networks of the one, buckets and objects of the other. */
async function composed() {
  const here = await unwrap(openCloud(local()))
  const there = await unwrap(openCloud(local()))
  const cloud = composeCloud({ compute: here, network: here, storage: there })

  const bucket = await unwrap(cloud.storage.buckets.create({ name: 'example-backups' }))
  await unwrap(cloud.storage.objects.put(bucket.id, 'hello.txt', 'from here, kept there'))
  const kept = await unwrap(there.storage.objects.head(bucket.id, 'hello.txt'))
  console.log(`the composed cloud put ${kept.key} into the second one`)

  await unwrap(cloud.storage.objects.delete(bucket.id, kept.key))
  await unwrap(cloud.storage.buckets.delete(bucket.id))
  await unwrap(cloud.close())
  return kept.sizeBytes
}

// A stack over two clouds. Builders without a name are of the first; `on` gives those of another.
const edge = on('edge')
const net = network({})
const front = subnet({ network: net, cidr: '10.0.0.0/24' })
const web = server({ image: { os: 'debian' }, size: { vcpus: 2 }, subnets: [front] })
const cache = edge.server({
  image: { os: 'alpine' },
  size: { vcpus: 1 },
  // A reference would not compile: a server of one cloud cannot join a subnet of another. An output is a value, and crosses.
  userData: web.outputs.addresses.map(([address]) => `UPSTREAM=${address}`),
})
const hybrid = defineStack('hybrid', { net, front, web, edge: { cache } }, { upstream: web.outputs.addresses })

/** Runs both. */
export async function main() {
  const bytes = await composed()

  const centre = await unwrap(openCloud(local()))
  const site = await unwrap(openCloud(local()))
  const options = { environment: 'dev', state: memoryStateStore(), stateKey: generateStateKey() }
  const { plan, outputs } = await unwrap(apply(hybrid, { main: centre, edge: site }, options))
  const placed = plan.changes.map(({ address, on: cloud }) => `${address} on ${cloud}`)
  console.log(`the hybrid stack has ${placed.join(', ')}; the cache asks ${outputs.upstream.join(', ')}`)

  await unwrap(destroy(hybrid, { main: centre, edge: site }, options))
  await unwrap(centre.close())
  await unwrap(site.close())
  return { bytes, placed }
}

if (process.argv[1] === import.meta.filename) await main()
