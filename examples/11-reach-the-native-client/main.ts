import { openCloud, supports, unwrap } from '@hanse/core'
import { isLocalRecord, local } from '@hanse/driver-local'

/** Reaches past the portable API in three ways. */
export async function main() {
  const cloud = await unwrap(openCloud(local()))
  const { servers } = cloud.compute
  const web = await unwrap(servers.create({ name: 'web', image: { os: 'debian' }, size: { vcpus: 1 } }, { until: 'Running' }))

  // 1. What only some clouds have is still portable: ask for it, and the compiler lets it through in the branch.
  const larger = supports(cloud, 'server.resize') ? await unwrap(servers.resize(web.id, { vcpus: 2 })) : web
  console.log(`${larger.name} is now ${larger.observed.size}`)

  // 2. `cloud.native` is what lies beneath, as the driver's package types it. The embedded cloud stands on a database.
  const { store } = cloud.native
  const counted = store.read((tx) => tx.all<{ kind: string; count: number }>('SELECT kind, count(*) AS count FROM records GROUP BY kind'))
  for (const { kind, count } of counted) console.log(`${count} × ${kind} in the database`)

  // 3. `resource.native` is the provider's own object, verbatim. It is unknown until the driver's guard has looked at it, and not
  //    enumerable, so that it reaches neither JSON nor a state.
  const seq = isLocalRecord(larger.native) ? larger.native.seq : undefined
  const shown = JSON.stringify(larger).includes('native')
  console.log(`it is record ${seq} of the database; JSON ${shown ? 'shows' : 'does not show'} that`)

  await unwrap(servers.delete(web.id))
  await unwrap(cloud.close())
  return { size: larger.observed.size, servers: counted.find(({ kind }) => kind === 'server')?.count, seq, shown }
}

if (process.argv[1] === import.meta.filename) await main()
