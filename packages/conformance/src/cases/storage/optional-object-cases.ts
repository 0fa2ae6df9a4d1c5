import { bytesOf, numbered, sameBytes, streamOf } from '../../content.ts'
import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { inBucket } from './in-bucket.ts'

// S3 takes no part smaller than this but the last.
const partBytes = 5 * 1024 * 1024

/** What not every store has: conditions, uploads in parts, presigned URLs. */
export const optionalObjectCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'object.put/if-none-match-lets-one-win',
    rules: ['OBJ-07'],
    kind: 'object',
    requires: ['bucket', 'object', 'object.conditional'],
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        const answers = await Promise.all(
          Array.from({ length: 5 }, (_, index) => objects.put(bucket, 'lock', `holder ${index}`, { ifNoneMatch: '*' })),
        )
        const won = answers.flatMap((answer, index) => (answer.isOk() ? [index] : []))
        expectEqual(won.length, 1, 'puts that have won')
        for (const answer of answers) if (answer.isErr()) expectCode(answer, 'FailedPrecondition', 'a put that has lost')
        const held = new TextDecoder().decode(await bytesOf(expectOk(await objects.get(bucket, 'lock'), 'get').content))
        expectEqual(held, `holder ${won[0]}`, 'who holds the lock')
      }),
  }),
  defineCase({
    id: 'object.put/if-match-needs-that-content',
    rules: ['OBJ-07'],
    kind: 'object',
    requires: ['bucket', 'object', 'object.conditional'],
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        const first = expectOk(await objects.put(bucket, 'file', 'first'), 'put')
        const second = expectOk(await objects.put(bucket, 'file', 'second', { ifMatch: first.etag }), 'put over the first')
        expectCode(
          await objects.put(bucket, 'file', 'third', { ifMatch: first.etag }),
          'FailedPrecondition',
          'put over what is no longer there',
        )
        expectEqual(expectOk(await objects.head(bucket, 'file'), 'head').etag, second.etag, 'what is there')
        expectCode(
          await objects.put(bucket, 'other', 'x', { ifMatch: first.etag }),
          ['FailedPrecondition', 'NotFound'],
          'put where there is nothing',
        )
      }),
  }),
  defineCase({
    id: 'object.completeUpload/joins-the-parts-in-order',
    rules: ['OBJ-08'],
    kind: 'object',
    requires: ['bucket', 'object', 'object.multipart'],
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        const content = numbered(partBytes + 12_345)
        const upload = expectOk(
          await objects.createUpload(bucket, 'file', { contentType: 'video/x-kit', metadata: { by: 'kit' } }),
          'createUpload',
        )
        const last = expectOk(await objects.putPart(upload, 2, content.subarray(partBytes)), 'putPart 2')
        expectOk(await objects.putPart(upload, 1, 'to be replaced'), 'putPart 1')
        const first = expectOk(await objects.putPart(upload, 1, streamOf(content.subarray(0, partBytes), 1 << 20)), 'putPart 1 again')
        expectCode(await objects.head(bucket, 'file'), 'NotFound', 'head before completion')
        const head = expectOk(await objects.completeUpload(upload, [first, last]), 'completeUpload')
        expectEqual(head.sizeBytes, content.byteLength, 'the size')
        const got = expectOk(await objects.get(bucket, 'file'), 'get')
        expectThat(sameBytes(await bytesOf(got.content), content), 'the parts are joined in the order of their numbers')
        expectEqual([got.head.contentType, got.head.metadata], ['video/x-kit', { by: 'kit' }], 'type and metadata')
      }),
  }),
  defineCase({
    id: 'object.completeUpload/refuses-parts-that-are-not-there',
    rules: ['OBJ-08'],
    kind: 'object',
    requires: ['bucket', 'object', 'object.multipart'],
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        const upload = expectOk(await objects.createUpload(bucket, 'file'), 'createUpload')
        const part = expectOk(await objects.putPart(upload, 1, 'the only part'), 'putPart')
        expectCode(
          await objects.completeUpload(upload, [part, { number: 2, etag: part.etag }]),
          'FailedPrecondition',
          'completion with a part that is missing',
        )
        expectCode(
          await objects.completeUpload(upload, [{ number: 1, etag: 'of-another' }]),
          'FailedPrecondition',
          'completion with another part than came',
        )
        expectCode(await objects.head(bucket, 'file'), 'NotFound', 'head afterwards')
        expectOk(await objects.abortUpload(upload), 'abortUpload')
      }),
  }),
  defineCase({
    id: 'object.abortUpload/is-ok-twice',
    rules: ['OBJ-08'],
    kind: 'object',
    requires: ['bucket', 'object', 'object.multipart'],
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        const upload = expectOk(await objects.createUpload(bucket, 'file'), 'createUpload')
        const part = expectOk(await objects.putPart(upload, 1, 'a part'), 'putPart')
        expectOk(await objects.abortUpload(upload), 'abortUpload')
        expectOk(await objects.abortUpload(upload), 'abortUpload again')
        expectCode(await objects.putPart(upload, 2, 'late'), 'NotFound', 'putPart of an upload that is gone')
        expectCode(await objects.completeUpload(upload, [part]), 'NotFound', 'completeUpload of an upload that is gone')
        expectCode(await objects.head(bucket, 'file'), 'NotFound', 'head afterwards')
      }),
  }),
  defineCase({
    id: 'object.presign/gives-a-url',
    rules: ['OBJ-09'],
    kind: 'object',
    requires: ['bucket', 'object', 'object.presign'],
    run: (cloud, bench) =>
      inBucket(cloud, bench, async (bucket) => {
        const { objects } = cloud.storage
        expectOk(await objects.put(bucket, 'file', 'for strangers'), 'put')
        for (const method of ['GET', 'PUT'] as const) {
          const url = expectOk(await objects.presign(bucket, 'file', { method, expiresInMs: 60_000 }), `presign for ${method}`)
          expectThat(URL.canParse(url), `a presigned URL is absolute, and not ${url}`)
        }
      }),
  }),
]
