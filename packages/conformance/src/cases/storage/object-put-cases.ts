import { bytesOf, numbered, sameBytes, streamOf } from '../../content.ts'
import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { breakingBytes, endsWithin, hangingBytes } from '../../stalled.ts'
import { inBucket } from './in-bucket.ts'

const requires = ['bucket', 'object'] as const

/** Puts of objects: what is put is what is got, whole or not at all. */
export const objectPutCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'object.put/reads-back-byte-for-byte',
    rules: ['OBJ-01'],
    kind: 'object',
    requires,
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        const content = numbered(1_500_001)
        const forms = {
          bytes: () => content,
          stream: () => streamOf(content, 65_537),
          'a stream of tiny chunks': () => streamOf(content.subarray(0, 300), 1),
        }
        for (const [form, source] of Object.entries(forms)) {
          const expected = await bytesOf(streamOf(form === 'a stream of tiny chunks' ? content.subarray(0, 300) : content, 1 << 20))
          const put = expectOk(
            await objects.put(bucket, form, source(), { contentType: 'application/x-kit', metadata: { 'Made-By': 'kit' } }),
            `put of ${form}`,
          )
          const head = expectOk(await objects.head(bucket, form), 'head')
          const got = expectOk(await objects.get(bucket, form), 'get')
          expectThat(sameBytes(await bytesOf(got.content), expected), `${form} read back byte for byte`)
          for (const seen of [put, head, got.head]) {
            expectEqual([seen.key, seen.sizeBytes], [form, expected.byteLength], 'key and size')
            expectThat(seen.etag !== '' && seen.etag === put.etag, 'the tag of the put is the one of head and get')
          }
          for (const seen of [head, got.head])
            expectEqual([seen.contentType, seen.metadata], ['application/x-kit', { 'made-by': 'kit' }], 'type and metadata')
        }
        expectOk(await objects.put(bucket, 'text', 'Grüße 🚢'), 'put of a text')
        expectEqual(
          new TextDecoder().decode(await bytesOf(expectOk(await objects.get(bucket, 'text'), 'get').content)),
          'Grüße 🚢',
          'the text',
        )
        expectOk(await objects.put(bucket, 'empty', new Uint8Array()), 'put of nothing')
        expectEqual((await bytesOf(expectOk(await objects.get(bucket, 'empty'), 'get').content)).byteLength, 0, 'bytes of nothing')
      }),
  }),
  defineCase({
    id: 'object.put/takes-any-key',
    rules: ['OBJ-01'],
    kind: 'object',
    requires,
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        const keys = [
          'a/b/c',
          'with space',
          'plus+and&and=',
          '%2F',
          'ünïcödé/日本/🚢',
          './dot',
          'a//b',
          '/leading',
          'trailing/',
          '~tilde?question#hash',
          'ø'.repeat(512),
          'k'.repeat(1024),
        ]
        for (const key of keys) {
          expectOk(await objects.put(bucket, key, key), `put of ${key.slice(0, 40)}`)
          expectEqual(
            new TextDecoder().decode(await bytesOf(expectOk(await objects.get(bucket, key), `get of ${key.slice(0, 40)}`).content)),
            key,
            'its bytes',
          )
        }
        const listed = expectOk(await objects.list(bucket, { pageSize: 5 }).toArray(), 'list').map(({ key }) => key)
        expectEqual([...listed].sort(), [...keys].sort(), 'keys that are listed')
      }),
  }),
  defineCase({
    id: 'object.put/replaces-whole-or-not-at-all',
    rules: ['OBJ-04'],
    kind: 'object',
    requires,
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        const before = expectOk(await objects.put(bucket, 'file', 'before', { metadata: { state: 'before' } }), 'put')
        const broken = await objects.put(bucket, 'file', breakingBytes())
        expectThat(broken.isErr(), 'a put whose source breaks off is an Err')
        const kept = expectOk(await objects.get(bucket, 'file'), 'get afterwards')
        expectEqual(
          [new TextDecoder().decode(await bytesOf(kept.content)), kept.head.etag, kept.head.metadata],
          ['before', before.etag, { state: 'before' }],
          'what was there',
        )
        expectThat((await objects.put(bucket, 'new', breakingBytes())).isErr(), 'the same where there was nothing')
        expectCode(await objects.head(bucket, 'new'), 'NotFound', 'head afterwards')
        expectOk(await objects.put(bucket, 'file', 'after'), 'put over it')
        const after = expectOk(await objects.get(bucket, 'file'), 'get')
        expectEqual(
          [new TextDecoder().decode(await bytesOf(after.content)), after.head.metadata],
          ['after', {}],
          'what is there now: nothing of what was',
        )
      }),
  }),
  defineCase({
    id: 'object.put/that-hangs-ends-with-its-signal',
    rules: ['GEN-03', 'GEN-04', 'OBJ-04'],
    kind: 'object',
    requires,
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        const controller = new AbortController()
        const cancelled = await endsWithin(
          objects.put(
            bucket,
            'file',
            hangingBytes(() => controller.abort()),
            { signal: controller.signal },
          ),
          500,
        )
        expectThat(cancelled !== undefined, 'a put ends within 250 ms after its signal was aborted, though its source hangs')
        expectCode(cancelled, 'Cancelled', 'the put')
        const late = await endsWithin(objects.put(bucket, 'file', hangingBytes(), { timeoutMs: 20 }), 500)
        expectThat(late !== undefined, 'a put ends within 250 ms after its time is up, though its source hangs')
        expectCode(late, 'DeadlineExceeded', 'the put')
        expectCode(await objects.head(bucket, 'file'), 'NotFound', 'head afterwards')
      }),
  }),
]
