import type { Digest } from '@hanse/core'
import { mediaTypes } from '@hanse/core'
import { sha256 } from '../../content.ts'
import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk } from '../../expect.ts'
import { inRepository, manifestOf } from './in-repository.ts'

const requires = ['repository', 'manifest', 'blob', 'tag'] as const
const mediaType = mediaTypes.manifest
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Manifests, and the repositories that keep them. */
export const manifestCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'manifest.put/is-kept-byte-for-byte',
    rules: ['MAN-01'],
    kind: 'manifest',
    requires,
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name, keep }) => {
        const { manifests } = cloud.registry
        // Written as no serialiser would: only the bytes count.
        const content = ` ${(await manifestOf(cloud, name, [bench.name('layer')])).replaceAll(',', ' ,\n\t')}\n`
        const digest = await sha256(encode(content))
        const put = expectOk(await manifests.put(name, 'v1', content, { mediaType }), 'put under a tag')
        keep(put.digest)
        expectEqual(
          [put.digest, put.size, put.mediaType],
          [digest, encode(content).byteLength, mediaType],
          'digest, size and type that the put answers with',
        )
        expectOk(await manifests.put(name, digest, content, { mediaType }), 'put under its digest')
        for (const reference of ['v1', digest]) {
          const head = expectOk(await manifests.head(name, reference), `head of ${reference}`)
          expectEqual([head.digest, head.size, head.mediaType], [digest, put.size, mediaType], `what head of ${reference} shows`)
          const got = expectOk(await manifests.get(name, reference), `get of ${reference}`)
          expectEqual(new TextDecoder().decode(got.content), content, `the bytes that get of ${reference} gives`)
          expectEqual(got.descriptor.digest, digest, `the digest that get of ${reference} gives`)
        }
      }),
  }),
  defineCase({
    id: 'manifest.errors/missing-is-not-found',
    rules: ['MAN-01', 'GEN-02'],
    kind: 'manifest',
    requires,
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name, image }) => {
        await image('there', bench.name('layer'))
        for (const reference of ['nowhere', await sha256(encode(bench.name()))]) {
          expectCode(await cloud.registry.manifests.head(name, reference), 'NotFound', `head of ${reference}`)
          expectCode(await cloud.registry.manifests.get(name, reference), 'NotFound', `get of ${reference}`)
        }
      }),
  }),
  defineCase({
    id: 'manifest.put/that-names-what-is-not-there-is-refused',
    rules: ['MAN-02'],
    kind: 'manifest',
    requires,
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name }) => {
        const { manifests } = cloud.registry
        const missing = { mediaType: mediaTypes.layer, digest: await sha256(encode(bench.name())), size: 9 }
        const content = await manifestOf(cloud, name, [], { layers: [missing] })
        expectCode(await manifests.put(name, 'broken', content, { mediaType }), 'NotFound', 'put of a manifest whose layer is not there')
        expectCode(await manifests.head(name, 'broken'), 'NotFound', 'head of its tag afterwards')
        expectCode(await manifests.head(name, await sha256(encode(content))), 'NotFound', 'head of its digest afterwards')
      }),
  }),
  defineCase({
    id: 'manifest.put/another-digest-or-no-manifest-is-refused',
    rules: ['MAN-02'],
    kind: 'manifest',
    requires,
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name }) => {
        const { manifests } = cloud.registry
        const content = await manifestOf(cloud, name, [bench.name('layer')])
        const other = await sha256(encode(bench.name()))
        expectCode(await manifests.put(name, other, content, { mediaType }), 'InvalidArgument', 'put under another digest than its own')
        expectCode(await manifests.head(name, other), 'NotFound', 'head of that digest afterwards')
        for (const nonsense of ['no JSON at all', '{}', '[]'])
          expectCode(await manifests.put(name, 'nonsense', nonsense, { mediaType }), 'InvalidArgument', `put of ${nonsense}`)
        expectCode(await manifests.head(name, 'nonsense'), 'NotFound', 'head of the tag afterwards')
      }),
  }),
  defineCase({
    id: 'manifest.delete/takes-its-tags-along',
    rules: ['MAN-03'],
    kind: 'manifest',
    requires: [...requires, 'manifest.delete'],
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name, image }) => {
        const { manifests, tags } = cloud.registry
        const [gone, kept] = [await image('v1', bench.name('layer')), await image('v2', bench.name('layer'))]
        expectOk(await tags.put(name, 'stable', gone.digest), 'put of another tag')
        expectOk(await manifests.delete(name, gone.digest), 'delete')
        for (const reference of ['v1', 'stable', gone.digest])
          expectCode(await manifests.head(name, reference), 'NotFound', `head of ${reference} afterwards`)
        expectEqual(expectOk(await tags.list(name).toArray(), 'list of tags'), ['v2'], 'tags that are left')
        expectEqual(expectOk(await manifests.head(name, 'v2'), 'head of the other').digest, kept.digest, 'the other')
        expectOk(await manifests.delete(name, gone.digest), 'delete of what is gone')
      }),
  }),
  defineCase({
    id: 'manifest.referrers/lists-what-refers-to-it',
    rules: ['MAN-04'],
    kind: 'manifest',
    requires: [...requires, 'artifact.referrers'],
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name, image, keep }) => {
        const { manifests } = cloud.registry
        const subject = await image('v1', bench.name('layer'))
        const made = new Map<string, Digest>()
        for (const artifactType of ['application/vnd.kit.signature', 'application/vnd.kit.sbom']) {
          const content = await manifestOf(cloud, name, [bench.name('layer')], { subject, artifactType })
          const { digest } = expectOk(
            await manifests.put(name, await sha256(encode(content)), content, { mediaType }),
            `put of ${artifactType}`,
          )
          keep(digest)
          made.set(artifactType, digest)
        }
        for (const pageSize of [1, 100]) {
          const all = expectOk(await manifests.referrers(name, subject.digest, { pageSize }).toArray(), 'referrers')
          expectEqual(all.map(({ digest }) => digest).sort(), [...made.values()].sort(), 'digests of what refers to it')
        }
        for (const [artifactType, digest] of made) {
          const some = expectOk(await manifests.referrers(name, subject.digest, { artifactType }).toArray(), `referrers of ${artifactType}`)
          expectEqual(
            some.map((one) => [one.digest, one.artifactType]),
            [[digest, artifactType]],
            'digest and type of what refers to it',
          )
        }
        expectEqual(
          expectOk(await manifests.referrers(name, await sha256(encode(bench.name()))).toArray(), 'referrers of nothing'),
          [],
          'what refers to a digest that nothing refers to',
        )
      }),
  }),
  defineCase({
    id: 'repository.delete/with-a-manifest-is-refused',
    rules: ['REP-01'],
    kind: 'repository',
    requires: [...requires, 'repository.create', 'manifest.delete'],
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name, image }) => {
        const { repositories, manifests } = cloud.registry
        const { digest } = await image('v1', bench.name('layer'))
        const { id } = expectOk(await repositories.find(name), 'find')
        expectCode(await repositories.delete(id), 'FailedPrecondition', 'delete of a repository with a manifest')
        expectOk(await manifests.head(name, 'v1'), 'head of the manifest afterwards')
        expectOk(await manifests.delete(name, digest), 'delete of the manifest')
        expectOk(await repositories.delete(id), 'delete of the empty repository')
        expectCode(await repositories.get(id), 'NotFound', 'get of what is gone')
      }),
  }),
]
