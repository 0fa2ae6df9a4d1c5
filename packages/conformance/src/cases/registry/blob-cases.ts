import { defaultRuntime } from '@hanse/core/driver'
import { bytesOf, numbered, sameBytes, sha256, streamOf } from '../../content.ts'
import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { breakingBytes, endsWithin, hangingBytes } from '../../stalled.ts'
import { inRepository } from './in-repository.ts'

const requires = ['repository', 'manifest', 'blob', 'tag'] as const

/** Blobs: bytes by digest. */
export const blobCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'blob.put/is-found-by-its-digest',
    rules: ['BLOB-01'],
    kind: 'blob',
    requires,
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name }) => {
        const { blobs } = cloud.registry
        const content = numbered(400_000)
        const digest = await sha256(content)
        for (const source of [content, streamOf(content, 10_000)]) {
          const put = expectOk(await blobs.put(name, source), 'put')
          expectEqual([put.digest, put.size], [digest, content.byteLength], 'digest and size that the put answers with')
        }
        expectOk(await blobs.put(name, content, { digest }), 'put with its digest named')
        const head = expectOk(await blobs.head(name, digest), 'head')
        expectEqual([head.digest, head.size], [digest, content.byteLength], 'digest and size that head shows')
        const got = expectOk(await blobs.get(name, digest), 'get')
        expectThat(sameBytes(await bytesOf(got.content), content), 'the blob read back byte for byte')
        for (const range of [{ start: 0, end: 9 }, { start: 399_990 }, { start: 65_536, end: 131_071 }]) {
          const part = await bytesOf(expectOk(await blobs.get(name, digest, { range }), 'get of a range').content)
          expectThat(
            sameBytes(part, content.subarray(range.start, range.end === undefined ? undefined : range.end + 1)),
            `the range ${JSON.stringify(range)} has its bytes`,
          )
        }
      }),
  }),
  defineCase({
    id: 'blob.put/another-digest-is-refused',
    rules: ['BLOB-02'],
    kind: 'blob',
    requires,
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name }) => {
        const { blobs } = cloud.registry
        const content = new TextEncoder().encode(`content of ${bench.name()}`)
        const [actual, other] = [await sha256(content), await sha256(new TextEncoder().encode(bench.name()))]
        expectCode(await blobs.put(name, content, { digest: other }), 'InvalidArgument', 'put with another digest')
        for (const digest of [actual, other]) expectCode(await blobs.head(name, digest), 'NotFound', `head of ${digest} afterwards`)
        const broken = await blobs.put(name, breakingBytes())
        expectThat(broken.isErr(), 'a put whose source breaks off is an Err')
        expectCode(
          await blobs.head(name, await sha256(new TextEncoder().encode('the beginning'))),
          'NotFound',
          'head of what had come of it',
        )
      }),
  }),
  defineCase({
    id: 'blob.put/that-hangs-ends-with-its-signal',
    rules: ['GEN-03'],
    kind: 'blob',
    requires,
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name }) => {
        const controller = new AbortController()
        const result = await endsWithin(
          cloud.registry.blobs.put(
            name,
            hangingBytes(() => controller.abort()),
            { signal: controller.signal },
          ),
          500,
        )
        expectThat(result !== undefined, 'a put ends within 250 ms after its signal was aborted, though its source hangs')
        expectCode(result, 'Cancelled', 'the put')
      }),
  }),
  defineCase({
    id: 'blob.errors/missing-is-not-found',
    rules: ['BLOB-01', 'GEN-02'],
    kind: 'blob',
    requires,
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name }) => {
        const digest = await sha256(new TextEncoder().encode(defaultRuntime.randomUUID()))
        for (const [verb, answer] of Object.entries({
          head: await cloud.registry.blobs.head(name, digest),
          get: await cloud.registry.blobs.get(name, digest),
        }))
          expectEqual(expectCode(answer, 'NotFound', `${verb} of a missing blob`).details, { kind: 'blob', id: digest }, 'what is missing')
      }),
  }),
  defineCase({
    id: 'blob.mount/is-in-both-repositories',
    rules: ['BLOB-03'],
    kind: 'blob',
    requires: [...requires, 'blob.mount'],
    run: (cloud, bench) =>
      inRepository(cloud, bench, ({ name: from }) =>
        inRepository(cloud, bench, async ({ name: to }) => {
          const { blobs } = cloud.registry
          const { digest } = expectOk(await blobs.put(from, bench.name('shared')), 'put')
          expectCode(await blobs.head(to, digest), 'NotFound', 'head in the other repository before')
          expectEqual(expectOk(await blobs.mount(to, digest, from), 'mount').digest, digest, 'the digest that mount answers with')
          for (const repository of [from, to]) expectOk(await blobs.head(repository, digest), `head in ${repository}`)
          const nothing = await sha256(new TextEncoder().encode(bench.name()))
          expectCode(await blobs.mount(to, nothing, from), 'NotFound', 'mount of what is not there')
        }),
      ),
  }),
  defineCase({
    id: 'blob.delete/of-one-that-is-named-is-refused',
    rules: ['BLOB-04'],
    kind: 'blob',
    requires: [...requires, 'blob.delete', 'manifest.delete'],
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name, image }) => {
        const { blobs, manifests } = cloud.registry
        const layer = bench.name('layer')
        const { digest: manifest } = await image('kept', layer)
        const { digest } = expectOk(await blobs.put(name, layer), 'put of the layer again')
        expectCode(await blobs.delete(name, digest), 'FailedPrecondition', 'delete of a blob that a manifest names')
        expectOk(await blobs.head(name, digest), 'head of it afterwards')
        expectOk(await manifests.delete(name, manifest), 'delete of the manifest')
        expectOk(await blobs.put(name, layer), 'put of the layer once more')
        expectOk(await blobs.delete(name, digest), 'delete of a blob that nothing names')
        expectCode(await blobs.head(name, digest), 'NotFound', 'head of what is gone')
        expectOk(await blobs.delete(name, digest), 'delete of what is gone')
      }),
  }),
]
