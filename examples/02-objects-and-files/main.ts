import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { openCloud, unwrap } from '@hanse/core'
import { local } from '@hanse/driver-local'

/** Puts texts and a file in a bucket, lists them, reads them back in whole and in part, and removes them. */
export async function main() {
  const folder = await mkdtemp(join(tmpdir(), 'hanse-'))
  const report = join(folder, 'report.csv')
  await writeFile(report, 'month,visitors\n'.padEnd(200_000, '2026-01,4711\n'))

  // This cloud is kept in a folder: open it again and the objects are still there.
  const cloud = await unwrap(openCloud(local({ path: join(folder, 'cloud') })))
  const { buckets, objects } = cloud.storage
  const site = await unwrap(buckets.create({ name: 'example-site' }))

  // Content is a text, bytes, or a stream. A stream is never held whole, however long it is.
  await unwrap(objects.put(site.id, 'index.html', '<h1>Hello</h1>', { contentType: 'text/html' }))
  await unwrap(objects.put(site.id, 'reports/2026.csv', createReadStream(report), { metadata: { month: 'january' } }))
  await unwrap(objects.copy({ bucket: site.id, key: 'index.html' }, { bucket: site.id, key: 'old/index.html' }))

  const all = await unwrap(objects.list(site.id).toArray())
  for (const { key, sizeBytes } of all) console.log(`${key}: ${sizeBytes} bytes`)

  // Reading opens a stream too. `text` reads it whole; `pipeline` carries it to a file.
  const page = await unwrap(objects.get(site.id, 'index.html'))
  const beginning = await unwrap(objects.get(site.id, 'reports/2026.csv', { range: { start: 0, end: 13 } }))
  const whole = await unwrap(objects.get(site.id, 'reports/2026.csv'))
  await pipeline(whole.content, createWriteStream(join(folder, 'copy.csv')))
  const read = {
    page: await text(page.content),
    beginning: await text(beginning.content),
    same: (await readFile(report)).equals(await readFile(join(folder, 'copy.csv'))),
  }
  console.log(`${read.page}, ${read.beginning} …; the file came back unchanged: ${read.same}`)

  // A bucket with objects in it is in use, and cannot be deleted.
  const refused = await buckets.delete(site.id)
  if (refused.isErr()) console.log(`refused: ${refused.error.message}`)
  for (const { key } of all) await unwrap(objects.delete(site.id, key))
  await unwrap(buckets.delete(site.id))

  await unwrap(cloud.close())
  await rm(folder, { recursive: true })
  return { ...read, keys: all.map(({ key }) => key), refused: refused.isErr() ? refused.error.code : 'not refused' }
}

if (process.argv[1] === import.meta.filename) await main()
