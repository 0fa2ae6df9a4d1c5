// How objects of the embedded cloud behave as a bucket grows, through the whole API. By hand, on an idle machine:
//   npx tsx -C @hanse/source test/benchmarks/driver-local/objects.ts
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCloud } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { objectBytes, objectRecords } from '../../../packages/driver-local/src/storage/object-records.ts'

const sizes = [1_000, 10_000, 100_000]
const folder = mkdtempSync(join(tmpdir(), 'hanse-objects-'))
const cloud = (await openCloud(local({ path: folder })))._unsafeUnwrap()
const { objects, buckets } = cloud.storage
const bucket = (await buckets.create({ name: 'large' }))._unsafeUnwrap().id
const keyOf = (i: number): string => `logs/${String(i % 100).padStart(2, '0')}/entry-${String(i).padStart(6, '0')}`

/** Milliseconds per call: the median of five rounds. */
const measure = async (calls: number, work: (i: number) => Promise<unknown>): Promise<number> => {
  const rounds: number[] = []
  for (let round = 0; round < 5; round++) {
    const start = performance.now()
    for (let i = 0; i < calls; i++) await work(round * calls + i)
    rounds.push((performance.now() - start) / calls)
  }
  return rounds.sort((a, b) => a - b)[2] ?? Number.NaN
}

/** Adds objects with the content of one that was put, many in one transaction: what grows is the bucket, and filling it is not what is measured. */
const fill = (from: number, to: number): void => {
  const { store } = cloud.native
  store.write((tx) => {
    const document = objectRecords.byName(tx, 'first', bucket)?.document
    if (document === undefined) throw new Error('there is nothing to copy')
    for (let i = from; i < to; i++) {
      const usage = { [objectBytes]: document.sizeBytes }
      const references = [{ field: 'bucket', kind: 'bucket', id: bucket }]
      const record = objectRecords.insert(tx, { id: `object-${i}`, name: keyOf(i), parent: bucket, usage, references, document })
      for (const { digest } of document.pieces) store.bytes.use(tx, { digest }, record)
    }
  })
}

const drain = async (content: AsyncIterable<Uint8Array>): Promise<void> => {
  for await (const _ of content); // Reading is what costs.
}

const figures: Record<string, Record<string, string>> = {}
let count = 0
;(await objects.put(bucket, 'first', 'the content of them all'))._unsafeUnwrap()
for (const size of sizes) {
  for (; count < size; count += 1_000) fill(count, count + 1_000)
  const any = (i: number): number => (i * 7_919) % size
  const middle = (await objects.list(bucket, { prefix: 'logs/51/', pageSize: 5 }).page())._unsafeUnwrap()
  const measured = {
    'get with its bytes': await measure(200, async (i) => drain((await objects.get(bucket, keyOf(any(i))))._unsafeUnwrap().content)),
    head: await measure(500, async (i) => (await objects.head(bucket, keyOf(any(i))))._unsafeUnwrap()),
    'first page of 100': await measure(50, async () => (await objects.list(bucket, { pageSize: 100 }).page())._unsafeUnwrap()),
    'page of 100 in the middle': await measure(50, async () =>
      (await objects.list(bucket, { pageSize: 100, cursor: middle.nextCursor }).page())._unsafeUnwrap(),
    ),
    'page of 10 by prefix': await measure(50, async () =>
      (await objects.list(bucket, { prefix: 'logs/51/', pageSize: 10 }).page())._unsafeUnwrap(),
    ),
    'put over another': await measure(50, async (i) => (await objects.put(bucket, keyOf(any(i)), `content ${i % 10}`))._unsafeUnwrap()),
  }
  for (const [name, ms] of Object.entries(measured)) (figures[name] ??= {})[String(size)] = `${ms.toFixed(2)} ms`
}
console.table(figures)
await cloud.close().unwrapOr(undefined)
rmSync(folder, { recursive: true, force: true })
