// A process of its own that stores bytes in the embedded cloud of a folder until it is killed: `storage-process.ts <folder> <mode> <name>`.
// It says a line for each thing that was answered, after the answer. It starts when the parent closes the line.
import { createHash, randomBytes } from 'node:crypto'
import { imageOf, openCloud } from '@hanse/core'
import { local } from '../local.ts'

const [folder = '', mode = '', name = ''] = process.argv.slice(2)
const cloud = (await openCloud(local({ path: folder })))._unsafeUnwrap()
const { objects, buckets } = cloud.storage
const bucket = (await buckets.find('bytes'))._unsafeUnwrap().id
const say = (line: string) => process.stdout.write(`${line}\n`)
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex')

/** Bytes that come slowly, so that a kill finds them on their way. */
async function* slowly(bytes: Uint8Array) {
  for (let at = 0; at < bytes.byteLength; at += 50_000) {
    yield bytes.subarray(at, at + 50_000)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

say('ready')
for await (const _ of process.stdin);

switch (mode) {
  case 'puts':
    for (let i = 0; ; i++) {
      const bytes = randomBytes(200_000)
      const key = `key-${i % 3}`
      ;(await objects.put(bucket, key, slowly(bytes)))._unsafeUnwrap()
      say(`${key} ${md5(bytes)}`)
    }
  case 'uploads':
    for (;;) {
      const upload = (await objects.createUpload(bucket, 'joined'))._unsafeUnwrap()
      const part = (await objects.putPart(upload, 1, slowly(randomBytes(200_000))))._unsafeUnwrap()
      const head = (await objects.completeUpload(upload, [part]))._unsafeUnwrap()
      say(`joined ${head.etag}`)
    }
  case 'pushes':
    for (let i = 0; ; i++) {
      const image = imageOf({ layers: [slowly(randomBytes(100_000)), `${name} ${i}`] })
      const { digest } = (await cloud.registry.artifacts.push('shop/web:latest', image))._unsafeUnwrap()
      say(`latest ${digest}`)
    }
  case 'locks':
    for (let i = 0; i < 40; i++) {
      const won = await objects.put(bucket, `lock-${i}`, name, { ifNoneMatch: '*' })
      say(`lock-${i} ${won.isOk() ? 'won' : won.error.code}`)
    }
    break
}
await cloud.close().unwrapOr(undefined)
