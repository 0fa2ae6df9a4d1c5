import { bytesOf, numbered, sameBytes } from '../../content.ts'
import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'

/** Buckets: what is in them keeps them, and versions. */
export const bucketCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'bucket.delete/with-objects-is-refused',
    rules: ['BKT-01'],
    kind: 'bucket',
    requires: ['bucket', 'object'],
    run: async (cloud, bench) => {
      const { buckets, objects } = cloud.storage
      const bucket = await bench.make('bucket')
      expectOk(await objects.put(bucket.id, 'kept', 'bytes'), 'put')
      expectCode(await buckets.delete(bucket.id), 'FailedPrecondition', 'delete of a bucket with an object')
      expectOk(await objects.head(bucket.id, 'kept'), 'head of the object afterwards')
      expectOk(await objects.delete(bucket.id, 'kept'), 'delete of the object')
      expectOk(await buckets.delete(bucket.id), 'delete of the empty bucket')
      await bench.gone(bucket)
    },
  }),
  defineCase({
    id: 'bucket.versioning/keeps-what-is-replaced',
    rules: ['BKT-02'],
    kind: 'bucket',
    requires: ['bucket', 'object', 'bucket.versioning'],
    run: async (cloud, bench) => {
      const { objects } = cloud.storage
      const bucket = await bench.make('bucket', { versioning: true })
      const [older, newer] = [numbered(1000), numbered(2000)]
      const first = expectOk(await objects.put(bucket.id, 'file', older), 'put')
      const second = expectOk(await objects.put(bucket.id, 'file', newer), 'put again')
      expectThat(
        first.versionId !== undefined && second.versionId !== undefined && first.versionId !== second.versionId,
        'each put has a version of its own',
      )
      const read = async (versionId?: string): Promise<Uint8Array> =>
        bytesOf(expectOk(await objects.get(bucket.id, 'file', { versionId }), 'get').content)
      expectThat(sameBytes(await read(first.versionId), older), 'the first version reads back after the second put')
      expectThat(sameBytes(await read(), newer), 'without a version the second reads back')
      expectOk(await objects.delete(bucket.id, 'file'), 'delete')
      expectCode(await objects.get(bucket.id, 'file'), 'NotFound', 'get of what is deleted')
      expectThat(sameBytes(await read(second.versionId), newer), 'the second version reads back after the delete')
      const listed = expectOk(await objects.list(bucket.id).toArray(), 'list')
      expectEqual(listed.length, 0, 'objects in the list')
      const kept = expectOk(await objects.versions(bucket.id).toArray(), 'versions')
      const versions = kept.flatMap(({ versionId }) => versionId ?? [])
      for (const { versionId = '' } of [first, second]) expectThat(versions.includes(versionId), `the version ${versionId} is kept`)
      // What is kept keeps the bucket.
      for (const { key, versionId } of kept) expectOk(await objects.delete(bucket.id, key, { versionId }), 'delete of a version')
    },
  }),
]
