import { openCloud, unwrap, waitFor } from '@hanse/core'
import { local } from '@hanse/driver-local'

/** Opens a cloud, boots a server, finds it again by its name, and removes it. */
export async function main() {
  // A whole cloud in memory, whose servers take a moment to boot. `local({ path: './cloud' })` would keep it in a folder.
  const cloud = await unwrap(openCloud(local({ delayMs: 100 })))
  const { servers } = cloud.compute

  // The image and the size are chosen by what they must be, so the same call works on a cloud that names them otherwise.
  const web = await unwrap(
    servers.create(
      { name: 'web', image: { os: 'debian', version: '13' }, size: { vcpus: 2, memoryGiB: 4 } },
      // Without `until` the call ends as soon as the cloud has accepted the request.
      { until: 'Running', timeoutMs: 60_000 },
    ),
  )
  console.log(`${web.name} is ${web.status.phase}; it boots from ${web.observed.image} and is as large as ${web.observed.size}`)

  const found = await unwrap(servers.find('web'))
  console.log(`found again: ${found.id === web.id}`)

  await unwrap(servers.delete(web.id))
  await unwrap(waitFor(servers, web.id, 'absent'))
  const left = await unwrap(servers.list().toArray())
  console.log(`servers left: ${left.length}`)

  await unwrap(cloud.close())
  return { image: web.observed.image, size: web.observed.size, phase: web.status.phase, left: left.length }
}

if (process.argv[1] === import.meta.filename) await main()
