import { createHash, randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BucketId } from '@hanse/core'
import { describe, expect, it } from 'vitest'
import { bytesOf, openInFolder, openLocal, testClock } from '../__fixtures__/open-local.ts'

type Cloud = Awaited<ReturnType<typeof openLocal>>

const md5 = (bytes: Uint8Array | string): string => createHash('md5').update(bytes).digest('hex')
const bucketIn = async (cloud: Cloud, spec: Parameters<Cloud['storage']['buckets']['create']>[0] = { name: 'site' }): Promise<BucketId> =>
  (await cloud.storage.buckets.create(spec))._unsafeUnwrap().id
const textOf = async (cloud: Cloud, bucket: BucketId, key: string, versionId?: string): Promise<string> =>
  String(await bytesOf((await cloud.storage.objects.get(bucket, key, { versionId }))._unsafeUnwrap().content))
const keysOf = async (cloud: Cloud, bucket: BucketId): Promise<readonly string[]> =>
  (await cloud.storage.objects.list(bucket).toArray())._unsafeUnwrap().map(({ key }) => key)

describe('an object', () => {
  it.each([
    ['one mebibyte at random', [randomBytes(1024 * 1024)]],
    ['nothing', []],
    ['many chunks, some empty', Array.from({ length: 300 }, (_, index) => randomBytes(index % 7 === 0 ? 0 : 500 + index))],
  ])('of %s comes back byte for byte from a second process', async (_, chunks) => {
    const { cloud, path } = await openInFolder()
    const bucket = await bucketIn(cloud)
    const whole = Buffer.concat(chunks)
    const put = await cloud.storage.objects.put(
      bucket,
      'a/ß €.bin',
      (async function* () {
        yield* chunks
      })(),
      { contentType: 'x/y', metadata: { Colour: 'Blue' } },
    )
    expect(put._unsafeUnwrap()).toMatchObject({
      sizeBytes: whole.byteLength,
      etag: md5(whole),
      contentType: 'x/y',
      metadata: { colour: 'Blue' },
    })
    const other = await openLocal({ path })
    const { head, content } = (await other.storage.objects.get(bucket, 'a/ß €.bin'))._unsafeUnwrap()
    expect(head).toEqual(put._unsafeUnwrap())
    expect((await bytesOf(content)).equals(whole)).toBe(true)
  })

  it.each([
    ['key', 'ä'.repeat(513), {}],
    ['key', 'half a \ud83d', {}],
    ['key', 'a\0b', {}],
    ['metadata', 'ok', { metadata: { note: 'x'.repeat(2045) } }],
  ] as const)('is refused for its %s', async (field, key, options) => {
    const cloud = await openLocal()
    const bucket = await bucketIn(cloud)
    expect((await cloud.storage.objects.put(bucket, key, 'x', options))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidArgument',
      details: { path: [field] },
    })
    expect(await keysOf(cloud, bucket)).toEqual([])
  })

  it('of a missing bucket, a missing object and a range beside it are refused', async () => {
    const cloud = await openLocal()
    const bucket = await bucketIn(cloud)
    const { objects } = cloud.storage
    const no = 'no' as BucketId
    for (const answer of [
      objects.put(no, 'x', 'x'),
      objects.get(no, 'x'),
      objects.head(no, 'x'),
      objects.list(no).toArray(),
      objects.delete(no, 'x'),
      objects.createUpload(no, 'x'),
      objects.versions(no).toArray(),
    ])
      expect((await answer)._unsafeUnwrapErr()).toMatchObject({ code: 'NotFound', details: { kind: 'bucket', id: 'no' } })
    expect((await objects.get(bucket, 'x'))._unsafeUnwrapErr()).toMatchObject({ code: 'NotFound', details: { kind: 'object', id: 'x' } })
    expect((await objects.delete(bucket, 'x')).isOk()).toBe(true)
    ;(await objects.put(bucket, 'x', '0123456789'))._unsafeUnwrap()
    for (const range of [{ start: 10 }, { start: 5, end: 4 }])
      expect((await objects.get(bucket, 'x', { range }))._unsafeUnwrapErr().code).toBe('InvalidArgument')
    expect(String(await bytesOf((await objects.get(bucket, 'x', { range: { start: 7, end: 99 } }))._unsafeUnwrap().content))).toBe('789')
  })

  it('whose source fails leaves what was there, and nothing half', async () => {
    const { cloud, path } = await openInFolder()
    const bucket = await bucketIn(cloud)
    const { objects } = cloud.storage
    ;(await objects.put(bucket, 'x', 'before'))._unsafeUnwrap()
    const stored = readdirSync(join(path, 'blobs', 'sha256'))
    async function* broken() {
      yield randomBytes(100_000)
      throw new Error('the line broke')
    }
    expect((await objects.put(bucket, 'x', broken())).isErr()).toBe(true)
    const stop = AbortSignal.timeout(30)
    async function* endless() {
      for (;;) yield await new Promise<Buffer>((resolve) => setTimeout(() => resolve(randomBytes(10)), 5))
    }
    expect((await objects.put(bucket, 'x', endless(), { signal: stop }))._unsafeUnwrapErr().code).toBe('Cancelled')
    expect(await textOf(cloud, bucket, 'x')).toBe('before')
    // A caller who leaves does not wait for the store to tidy up after him.
    await expect.poll(() => readdirSync(join(path, 'uploads'))).toEqual([])
    expect(readdirSync(join(path, 'blobs', 'sha256'))).toEqual(stored)
  })

  it('that is replaced or deleted gives its bytes back, a minute later for those who read them', async () => {
    const clock = testClock()
    const { cloud, path } = await openInFolder({}, clock)
    const bucket = await bucketIn(cloud)
    const { objects } = cloud.storage
    const seeded = readdirSync(join(path, 'blobs', 'sha256')).length
    const stored = () => readdirSync(join(path, 'blobs', 'sha256')).length - seeded
    for (const text of ['one', 'two', 'three']) (await objects.put(bucket, 'x', text))._unsafeUnwrap()
    ;(await objects.put(bucket, 'y', 'three'))._unsafeUnwrap()
    const reader = (await objects.get(bucket, 'x'))._unsafeUnwrap().content
    for (const key of ['x', 'y']) (await objects.delete(bucket, key))._unsafeUnwrap()
    expect(String(await bytesOf(reader))).toBe('three')
    expect(stored()).toBe(3)
    clock.advance(60_000)
    ;(await objects.put(bucket, 'z', 'four'))._unsafeUnwrap()
    expect(stored()).toBe(1)
  })

  it('counts against the quota of bytes, and what does not fit is stopped while it comes', async () => {
    const cloud = await openLocal({ quotas: { objectBytes: 1000 } })
    const bucket = await bucketIn(cloud)
    const { objects } = cloud.storage
    ;(await objects.put(bucket, 'x', 'x'.repeat(900)))._unsafeUnwrap()
    let sent = 0
    async function* large() {
      for (; sent < 1000; sent++) yield new Uint8Array(100)
    }
    expect((await objects.put(bucket, 'y', large()))._unsafeUnwrapErr()).toMatchObject({
      code: 'QuotaExceeded',
      details: { quota: 'objectBytes', limit: 1000 },
    })
    expect(sent).toBeLessThan(5)
    ;(await objects.put(bucket, 'x', 'x'.repeat(1000)))._unsafeUnwrap()
    expect((await objects.copy({ bucket, key: 'x' }, { bucket, key: 'z' }))._unsafeUnwrapErr().code).toBe('QuotaExceeded')
    const upload = (await objects.createUpload(bucket, 'z'))._unsafeUnwrap()
    expect((await objects.putPart(upload, 1, 'x'))._unsafeUnwrapErr().code).toBe('QuotaExceeded')
    ;(await objects.delete(bucket, 'x'))._unsafeUnwrap()
    expect((await objects.putPart(upload, 1, 'x'.repeat(1000))).isOk()).toBe(true)
    expect((await objects.put(bucket, 'y', 'x'))._unsafeUnwrapErr().code).toBe('QuotaExceeded')
    expect((await objects.completeUpload(upload, [{ number: 1, etag: md5('x'.repeat(1000)) }])).isOk()).toBe(true)
  })
})

describe('a condition', () => {
  it('is judged against what is there', async () => {
    const cloud = await openLocal()
    const bucket = await bucketIn(cloud)
    const { objects } = cloud.storage
    const put = async (content: string, condition: { readonly ifMatch?: string; readonly ifNoneMatch?: '*' }) =>
      objects.put(bucket, 'x', content, condition)
    expect((await put('1', { ifMatch: md5('0') }))._unsafeUnwrapErr()).toMatchObject({
      code: 'FailedPrecondition',
      details: { expected: md5('0'), actual: 'nothing' },
    })
    ;(await put('1', { ifNoneMatch: '*' }))._unsafeUnwrap()
    expect((await put('2', { ifNoneMatch: '*' }))._unsafeUnwrapErr()).toMatchObject({
      code: 'FailedPrecondition',
      details: { actual: md5('1') },
    })
    ;(await put('2', { ifMatch: `"${md5('1')}"` }))._unsafeUnwrap()
    expect((await put('3', { ifMatch: md5('1') }))._unsafeUnwrapErr().code).toBe('FailedPrecondition')
    expect(await textOf(cloud, bucket, 'x')).toBe('2')
  })
})

describe('an upload in parts', () => {
  const mebibytes = (count: number) => randomBytes(count * 1024 * 1024)

  it('joins them with the tag that S3 computes, moving no bytes, and reads across them', async () => {
    const { cloud } = await openInFolder()
    const bucket = await bucketIn(cloud)
    const { objects } = cloud.storage
    const [one, two] = [mebibytes(5), randomBytes(1000)]
    const upload = (await objects.createUpload(bucket, 'x', { contentType: 'a/b', metadata: { Who: 'me' } }))._unsafeUnwrap()
    ;(await objects.putPart(upload, 7, 'replaced'))._unsafeUnwrap()
    const last = (await objects.putPart(upload, 7, two))._unsafeUnwrap()
    const first = (await objects.putPart(upload, 2, one))._unsafeUnwrap()
    expect(first).toEqual({ number: 2, etag: md5(one) })
    expect(await keysOf(cloud, bucket)).toEqual([])
    const head = (await objects.completeUpload(upload, [first, { ...last, etag: `"${last.etag}"` }]))._unsafeUnwrap()
    const etag = `${md5(Buffer.concat([Buffer.from(md5(one), 'hex'), Buffer.from(md5(two), 'hex')]))}-2`
    expect(head).toMatchObject({ sizeBytes: one.byteLength + 1000, etag, contentType: 'a/b', metadata: { who: 'me' } })
    const whole = Buffer.concat([one, two])
    expect((await bytesOf((await objects.get(bucket, 'x'))._unsafeUnwrap().content)).equals(whole)).toBe(true)
    const [start, end] = [one.byteLength - 3, one.byteLength + 2]
    expect(
      (await bytesOf((await objects.get(bucket, 'x', { range: { start, end } }))._unsafeUnwrap().content)).equals(
        whole.subarray(start, end + 1),
      ),
    ).toBe(true)
    ;(await objects.copy({ bucket, key: 'x' }, { bucket, key: 'y' }))._unsafeUnwrap()
    ;(await objects.delete(bucket, 'x'))._unsafeUnwrap()
    expect((await bytesOf((await objects.get(bucket, 'y'))._unsafeUnwrap().content)).equals(whole)).toBe(true)
    expect((await objects.completeUpload(upload, [first]))._unsafeUnwrapErr()).toMatchObject({
      code: 'NotFound',
      details: { kind: 'upload' },
    })
  })

  it('is not completed with parts that are missing, others than named, out of order or too small', async () => {
    const cloud = await openLocal()
    const bucket = await bucketIn(cloud)
    const { objects } = cloud.storage
    const upload = (await objects.createUpload(bucket, 'x'))._unsafeUnwrap()
    const [one, two] = [
      (await objects.putPart(upload, 1, 'small'))._unsafeUnwrap(),
      (await objects.putPart(upload, 2, 'last'))._unsafeUnwrap(),
    ]
    const refused = async (...parts: readonly { readonly number: number; readonly etag: string }[]) =>
      (await objects.completeUpload(upload, parts))._unsafeUnwrapErr()
    expect(await refused(two, { number: 3, etag: two.etag })).toMatchObject({ code: 'FailedPrecondition' })
    expect(await refused({ number: 3, etag: two.etag })).toMatchObject({ code: 'FailedPrecondition', details: { actual: 'nothing' } })
    expect(await refused({ number: 1, etag: two.etag })).toMatchObject({ code: 'FailedPrecondition', details: { actual: one.etag } })
    expect(await refused(two, one)).toMatchObject({ code: 'InvalidArgument', details: { path: ['parts', 1, 'number'] } })
    expect(await refused(one, two)).toMatchObject({ code: 'InvalidArgument', message: expect.stringContaining('5242880') })
    expect(await keysOf(cloud, bucket)).toEqual([])
    for (let time = 0; time < 2; time++) (await objects.abortUpload(upload))._unsafeUnwrap()
    expect((await objects.putPart(upload, 1, 'late'))._unsafeUnwrapErr()).toMatchObject({ code: 'NotFound', details: { kind: 'upload' } })
  })

  it('gives its bytes back when it is aborted, and does not keep its bucket', async () => {
    const { cloud, path } = await openInFolder()
    const bucket = await bucketIn(cloud)
    const { objects, buckets } = cloud.storage
    const before = readdirSync(join(path, 'blobs', 'sha256'))
    const upload = (await objects.createUpload(bucket, 'x'))._unsafeUnwrap()
    ;(await objects.putPart(upload, 1, 'part'))._unsafeUnwrap()
    expect((await objects.putPart({ ...upload, key: 'y' }, 1, 'part'))._unsafeUnwrapErr().code).toBe('NotFound')
    ;(await objects.abortUpload(upload))._unsafeUnwrap()
    expect(readdirSync(join(path, 'blobs', 'sha256'))).toEqual(before)
    const again = (await objects.createUpload(bucket, 'x'))._unsafeUnwrap()
    ;(await objects.putPart(again, 1, 'part'))._unsafeUnwrap()
    ;(await buckets.delete(bucket))._unsafeUnwrap()
    expect((await cloud.location.quotas.find('objectBytes'))._unsafeUnwrap().outputs.used).toBe(0)
  })
})

describe('a bucket', () => {
  it('with versioning keeps what is replaced and deleted until it is told to let go', async () => {
    const cloud = await openLocal()
    const bucket = await bucketIn(cloud, { name: 'kept', versioning: true })
    const { objects, buckets } = cloud.storage
    const heads = []
    for (const text of ['one', 'two']) heads.push((await objects.put(bucket, 'x', text))._unsafeUnwrap())
    const [one = '', two = ''] = heads.map(({ versionId }) => versionId)
    ;(await objects.put(bucket, 'other', 'other'))._unsafeUnwrap()
    ;(await objects.delete(bucket, 'x', { versionId: undefined }))._unsafeUnwrap()
    expect((await objects.get(bucket, 'x'))._unsafeUnwrapErr().code).toBe('NotFound')
    expect([await textOf(cloud, bucket, 'x', one), await textOf(cloud, bucket, 'x', two)]).toEqual(['one', 'two'])
    expect((await objects.get(bucket, 'other', { versionId: one }))._unsafeUnwrapErr().code).toBe('NotFound')
    const versions = async () => (await objects.versions(bucket, { pageSize: 1 }).toArray())._unsafeUnwrap()
    expect(await versions()).toEqual(heads)
    const present = (await objects.head(bucket, 'other'))._unsafeUnwrap().versionId
    expect((await objects.delete(bucket, 'other', { versionId: present }))._unsafeUnwrapErr().code).toBe('FailedPrecondition')
    ;(await buckets.update(bucket, { versioning: false }))._unsafeUnwrap()
    ;(await objects.delete(bucket, 'other', { versionId: undefined }))._unsafeUnwrap()
    expect((await buckets.delete(bucket))._unsafeUnwrapErr()).toMatchObject({ code: 'FailedPrecondition' })
    for (const { key, versionId } of await versions()) (await objects.delete(bucket, key, { versionId }))._unsafeUnwrap()
    expect((await objects.delete(bucket, 'x', { versionId: one })).isOk()).toBe(true)
    ;(await buckets.delete(bucket))._unsafeUnwrap()
  })

  it('with a lifecycle lets objects go when their time has come, whoever looks', async () => {
    const clock = testClock()
    const { cloud, path } = await openInFolder({}, clock)
    const bucket = await bucketIn(cloud, { name: 'logs', lifecycle: [{ prefix: 'tmp/', expireAfterDays: 2 }] })
    const { objects, buckets } = cloud.storage
    for (const key of ['kept', 'tmp/1', 'tmp/2']) (await objects.put(bucket, key, key))._unsafeUnwrap()
    clock.advance(2 * 86_400_000 - 1)
    ;(await objects.put(bucket, 'tmp/3', 'later'))._unsafeUnwrap()
    expect(await keysOf(cloud, bucket)).toEqual(['kept', 'tmp/1', 'tmp/2', 'tmp/3'])
    clock.advance(1)
    expect((await objects.head(bucket, 'tmp/1'))._unsafeUnwrapErr().code).toBe('NotFound')
    expect((await objects.put(bucket, 'tmp/1', 'anew', { ifNoneMatch: '*' })).isOk()).toBe(true)
    expect(await keysOf(cloud, bucket)).toEqual(['kept', 'tmp/1', 'tmp/3'])
    const other = await openLocal({ path }, clock)
    expect((await other.storage.objects.list(bucket).toArray())._unsafeUnwrap()).toHaveLength(3)
    expect((await buckets.delete(bucket))._unsafeUnwrapErr().code).toBe('FailedPrecondition')
    ;(await objects.delete(bucket, 'kept'))._unsafeUnwrap()
    clock.advance(30 * 86_400_000)
    ;(await buckets.delete(bucket))._unsafeUnwrap()
  })

  it('is refused where its name is taken, and lists keys in the order of their bytes, by prefix and page', async () => {
    const cloud = await openLocal()
    const bucket = await bucketIn(cloud)
    expect((await cloud.storage.buckets.create({ name: 'site' }))._unsafeUnwrapErr()).toMatchObject({
      code: 'AlreadyExists',
      details: { kind: 'bucket', id: bucket },
    })
    for (const key of ['b', 'a/2', 'a/10', 'é', '\u{1f600}', '\uffee']) (await cloud.storage.objects.put(bucket, key, key))._unsafeUnwrap()
    expect((await cloud.storage.objects.list(bucket, { pageSize: 2 }).toArray())._unsafeUnwrap().map(({ key }) => key)).toEqual([
      'a/10',
      'a/2',
      'b',
      'é',
      '\uffee',
      '\u{1f600}',
    ])
    expect((await cloud.storage.objects.list(bucket, { prefix: 'a/' }).toArray())._unsafeUnwrap()).toHaveLength(2)
  })
})
