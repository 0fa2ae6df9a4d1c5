import type { BucketId, BucketSpec, CloudWith } from '@hanse/core'
import type { Bench } from '../../bench.ts'
import { expectOk } from '../../expect.ts'

/** Runs part of a case in a bucket of its own, and empties it afterwards. */
export async function inBucket(
  cloud: CloudWith<'bucket' | 'object'>,
  bench: Bench,
  run: (bucket: BucketId) => Promise<void>,
  spec: Partial<BucketSpec> = {},
): Promise<void> {
  const bucket = await bench.make('bucket', spec)
  try {
    await run(bucket.id)
  } finally {
    for (const { key } of expectOk(await cloud.storage.objects.list(bucket.id).toArray(), 'list of what is left'))
      expectOk(await cloud.storage.objects.delete(bucket.id, key), 'delete of what is left')
  }
}
