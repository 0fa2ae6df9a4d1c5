import { openCloud, unwrap } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { apply, destroy, memoryStateStore, plan } from '@hanse/provisioning'
import { shop } from './stack.ts'

/** The stack of the demo in one process and in memory: made, found to be as wanted, deleted. `demo.ts` does it at the keyboard, with kills. */
export async function main() {
  const cloud = await unwrap(openCloud(local()))
  const options = { environment: 'dev', state: memoryStateStore() }
  const { outputs } = await unwrap(apply(shop, cloud, options))
  console.log('the shop is at', outputs.address, 'and its image is', outputs.image)

  const again = await unwrap(plan(shop, cloud, options))
  await unwrap(destroy(shop, cloud, options))
  const left = [
    ...(await unwrap(cloud.compute.servers.list().toArray())),
    ...(await unwrap(cloud.storage.volumes.list().toArray())),
    ...(await unwrap(cloud.storage.buckets.list().toArray())),
    ...(await unwrap(cloud.registry.repositories.list().toArray())),
  ]
  await unwrap(cloud.close())
  return { address: outputs.address, again: again.summary, left: left.length }
}

if (process.argv[1] === import.meta.filename) await main()
