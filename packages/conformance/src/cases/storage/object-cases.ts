import type { BucketId, ObjectHead } from '@hanse/core'
import { defaultRuntime } from '@hanse/core/driver'
import { bytesOf, numbered, sameBytes } from '../../content.ts'
import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { inBucket } from './in-bucket.ts'

const requires = ['bucket', 'object'] as const

/** Reads, lists, copies and deletes of objects. */
export const objectCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'object.get/gives-ranges',
    rules: ['OBJ-02'],
    kind: 'object',
    requires,
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        const content = numbered(100_000)
        expectOk(await objects.put(bucket, 'file', content), 'put')
        const ranges = [
          { start: 0, end: 0 },
          { start: 10, end: 19 },
          { start: 99_990 },
          { start: 0 },
          { start: 65_535, end: 65_537 },
          { start: 99_999, end: 500_000 },
        ]
        for (const range of ranges) {
          const got = expectOk(await objects.get(bucket, 'file', { range }), `get of ${JSON.stringify(range)}`)
          const expected = content.subarray(range.start, range.end === undefined ? undefined : range.end + 1)
          expectThat(sameBytes(await bytesOf(got.content), expected), `the range ${JSON.stringify(range)} has its bytes`)
          expectEqual(got.head.sizeBytes, content.byteLength, 'the size of the whole in the head')
        }
        expectCode(
          await objects.get(bucket, 'file', { range: { start: 100_000 } }),
          'InvalidArgument',
          'get of a range that begins outside',
        )
      }),
  }),
  defineCase({
    id: 'object.list/is-in-the-order-of-bytes',
    rules: ['OBJ-03'],
    kind: 'object',
    requires,
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        // In UTF-16 the ship comes before the last; in UTF-8, as asked for, after it.
        const keys = ['A', 'a', 'a!', 'a/', 'a/1', 'a/2', 'a_', 'b%', 'b%/x', 'z', 'é', '\uffee', '🚢']
        for (const key of [...keys].reverse()) expectOk(await objects.put(bucket, key, key), `put of ${key}`)
        for (const pageSize of [1, 3, 100]) {
          const listed = expectOk(await objects.list(bucket, { pageSize }).toArray(), `list in pages of ${pageSize}`)
          expectEqual(
            listed.map(({ key }) => key),
            keys,
            `keys in pages of ${pageSize}`,
          )
        }
        for (const prefix of ['a', 'a/', 'b%', '_', ''])
          for (const pageSize of [1, 100]) {
            const listed = expectOk(await objects.list(bucket, { prefix, pageSize }).toArray(), `list of ${prefix}`)
            expectEqual(
              listed.map(({ key }) => key),
              keys.filter((key) => key.startsWith(prefix)),
              `keys that begin with ${prefix}`,
            )
          }
        const one = expectOk(await objects.list(bucket, { prefix: 'a/1' }).toArray(), 'list of one')[0]
        expectEqual([one?.sizeBytes, one?.etag], [3, expectOk(await objects.head(bucket, 'a/1'), 'head').etag], 'size and tag in the list')
      }),
  }),
  defineCase({
    id: 'object.list/pages-respect-size-and-cursor',
    rules: ['PAGE-01', 'PAGE-02', 'PAGE-03', 'PAGE-04'],
    kind: 'object',
    requires,
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        for (const key of ['1', '2', '3', '4', '5']) expectOk(await objects.put(bucket, key, key), 'put')
        const pages: (readonly ObjectHead[])[] = []
        const cursors: (string | undefined)[] = []
        for await (const page of objects.list(bucket, { pageSize: 2 }).pages()) {
          const { items, nextCursor } = expectOk(page, 'a page')
          expectThat(items.length <= 2, `a page holds no more than the two asked for, and has ${items.length}`)
          pages.push(items)
          if (nextCursor !== undefined) cursors.push(nextCursor)
        }
        expectEqual(
          pages.flat().map(({ key }) => key),
          ['1', '2', '3', '4', '5'],
          'keys of all pages',
        )
        expectEqual(new Set(cursors).size, cursors.length, 'cursors that are different')
        const again = expectOk(await objects.list(bucket, { pageSize: 2 }).page({ cursor: cursors[0] }), 'the first cursor once more')
        expectEqual(
          again.items.map(({ key }) => key),
          pages[1]?.map(({ key }) => key),
          'the keys after the first cursor',
        )
      }),
  }),
  defineCase({
    id: 'object.errors/tell-object-from-bucket',
    rules: ['OBJ-05', 'GEN-02'],
    kind: 'object',
    requires,
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        const nowhere = defaultRuntime.randomUUID() as BucketId
        for (const [what, answer] of Object.entries({
          get: await objects.get(bucket, 'missing'),
          head: await objects.head(bucket, 'missing'),
          copy: await objects.copy({ bucket, key: 'missing' }, { bucket, key: 'to' }),
        }))
          expectEqual(
            expectCode(answer, 'NotFound', `${what} of a missing object`).details,
            { kind: 'object', id: 'missing' },
            'what is missing',
          )
        expectOk(await objects.delete(bucket, 'missing'), 'delete of a missing object')
        for (const [what, answer] of Object.entries({
          put: await objects.put(nowhere, 'key', 'x'),
          get: await objects.get(nowhere, 'key'),
          head: await objects.head(nowhere, 'key'),
          list: await objects.list(nowhere).toArray(),
          delete: await objects.delete(nowhere, 'key'),
        }))
          expectEqual(
            expectCode(answer, 'NotFound', `${what} in a missing bucket`).details,
            { kind: 'bucket', id: nowhere },
            `what is missing for ${what}`,
          )
      }),
  }),
  defineCase({
    id: 'object.delete/removes-it',
    rules: ['LIFE-03', 'LIFE-04'],
    kind: 'object',
    requires,
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        for (const key of ['gone', 'kept']) expectOk(await objects.put(bucket, key, key), 'put')
        expectOk(await objects.delete(bucket, 'gone'), 'delete')
        expectOk(await objects.delete(bucket, 'gone'), 'delete again')
        expectCode(await objects.get(bucket, 'gone'), 'NotFound', 'get')
        expectEqual(
          expectOk(await objects.list(bucket).toArray(), 'list').map(({ key }) => key),
          ['kept'],
          'keys that are left',
        )
      }),
  }),
  defineCase({
    id: 'object.copy/lives-by-itself',
    rules: ['OBJ-06'],
    kind: 'object',
    requires,
    run: (cloud, bench) =>
      inBucket(cloud, bench, (bucket) =>
        inBucket(cloud, bench, async (other) => {
          const { objects } = cloud.storage
          const content = numbered(70_000)
          expectOk(await objects.put(bucket, 'from', content, { contentType: 'image/x-kit', metadata: { by: 'kit' } }), 'put')
          expectOk(await objects.copy({ bucket, key: 'from' }, { bucket: other, key: 'to' }), 'copy into another bucket')
          expectOk(await objects.copy({ bucket, key: 'from' }, { bucket, key: 'from' }), 'copy onto itself')
          expectOk(await objects.put(bucket, 'from', 'something else'), 'put over the original')
          expectOk(await objects.delete(bucket, 'from'), 'delete of the original')
          const got = expectOk(await objects.get(other, 'to'), 'get of the copy')
          expectThat(sameBytes(await bytesOf(got.content), content), 'the copy has the bytes of the original as it was')
          expectEqual([got.head.contentType, got.head.metadata], ['image/x-kit', { by: 'kit' }], 'type and metadata of the copy')
        }),
      ),
  }),
]
