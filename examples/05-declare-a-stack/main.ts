import { openCloud, unwrap } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { apply, destroy, generateStateKey, memoryStateStore, plan } from '@hanse/provisioning'
import type { Plan } from '@hanse/provisioning'
import { shop } from './shop.ts'

/** Plans and applies a stack, changes one thing, and takes everything down again. */
export async function main() {
  const cloud = await unwrap(openCloud(local()))
  // `fileStateStore('.hanse/state')` keeps the state in a folder, with a key of yours for its secrets.
  const options = { environment: 'dev', state: memoryStateStore(), stateKey: generateStateKey() }

  const first = await unwrap(plan(shop({ vcpus: 2 }), cloud, options))
  console.log('first plan', show(first))
  const applied = await unwrap(apply(shop({ vcpus: 2 }), cloud, options))
  console.log('the shop is at', applied.outputs.address)

  const unchanged = await unwrap(plan(shop({ vcpus: 2 }), cloud, options))
  const larger = await unwrap(apply(shop({ vcpus: 4 }), cloud, options))
  console.log('second plan', show(unchanged), 'after a change', show(larger.plan))

  await unwrap(destroy(shop({ vcpus: 4 }), cloud, options))
  const left = await unwrap(cloud.compute.servers.list().toArray())
  await unwrap(cloud.close())
  return {
    first: first.summary,
    address: applied.outputs.address,
    unchanged: unchanged.summary,
    larger: show(larger.plan),
    left: left.length,
  }
}

/** What a plan does, in a few words. */
const show = ({ changes }: Plan): readonly string[] =>
  changes
    .filter(({ action }) => action !== 'none')
    .map(({ address, action, changes }) => `${action} ${address}${changes.map((c) => ` ${c.field}`)}`)

if (process.argv[1] === import.meta.filename) await main()
