import { openCloud, secret, unwrap } from '@hanse/core'
import { startBackend } from './backend.ts'
import { toy } from './driver.ts'

/** Opens a toy cloud through its driver and uses it as any other: checks, keys, pages and errors are core's. */
export async function main() {
  const token = 'a-token-for-the-toy'
  const backend = await startBackend(token)
  const cloud = await unwrap(openCloud(toy({ url: backend.url, token: secret(token) })))
  const { networks } = cloud.network

  // The driver sends one request; that the same key gives the same network is core's work.
  const front = await unwrap(networks.create({ name: 'front', labels: { tier: 'web' } }, { key: 'front-1' }))
  const again = await unwrap(networks.create({ name: 'front', labels: { tier: 'web' } }, { key: 'front-1' }))
  console.log(`made ${front.name}, and once more: the same one, ${again.id === front.id}`)

  for (const name of ['back', 'middle']) await unwrap(networks.create({ name }))
  const listed = await unwrap(networks.list({}, { pageSize: 1 }).toArray())
  console.log(`in pages of one: ${listed.map(({ name }) => name).sort()}`)

  // What the toy cannot do is refused by name, before a request leaves.
  const refused = await networks.create({ name: 'x'.repeat(101) })
  console.log(`a long name: ${refused.isErr() && refused.error.message}`)

  for (const { id } of listed) await unwrap(networks.delete(id))
  const left = await unwrap(networks.list().toArray())
  await unwrap(cloud.close())
  await backend.stop()
  return { same: again.id === front.id, listed: listed.map(({ name }) => name).sort(), refused: refused.isErr(), left: left.length }
}

if (process.argv[1] === import.meta.filename) await main()
