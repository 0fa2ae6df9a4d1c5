import type { Descriptor } from '@hanse/core'
import { artifactOf, imageOf } from '@hanse/core'
import { bytesOf, sha256 } from '../../content.ts'
import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { inRepository } from './in-repository.ts'

const requires = ['repository', 'manifest', 'blob', 'tag'] as const

/** Tags, and the artifacts that they are on. */
export const tagCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'tag.put/moves-from-manifest-to-manifest',
    rules: ['TAG-01'],
    kind: 'tag',
    requires,
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name, image }) => {
        const { tags } = cloud.registry
        const [one, other] = [await image('v1', bench.name('layer')), await image('v2', bench.name('layer'))]
        for (const { digest } of [one, other, one]) {
          expectOk(await tags.put(name, 'stable', digest), 'put')
          expectEqual(expectOk(await tags.get(name, 'stable'), 'get').digest, digest, 'what the tag is on')
          expectEqual(
            expectOk(await cloud.registry.manifests.head(name, 'stable'), 'head').digest,
            digest,
            'what the manifest of the tag is',
          )
        }
        const nothing = await sha256(new TextEncoder().encode(bench.name()))
        expectCode(await tags.put(name, 'stable', nothing), 'NotFound', 'put on a manifest that is not there')
        expectEqual(expectOk(await tags.get(name, 'stable'), 'get').digest, one.digest, 'what the tag is on still')
      }),
  }),
  defineCase({
    id: 'tag.list/is-in-the-order-of-bytes',
    rules: ['TAG-01', 'PAGE-01', 'PAGE-02'],
    kind: 'tag',
    requires,
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name, image }) => {
        const { tags } = cloud.registry
        const sorted = ['1.10', '1.9', 'A', 'Z', '_x', 'a', 'a-1', 'a.1', 'latest', 'v1'].sort()
        const { digest } = await image('v1', bench.name('layer'))
        for (const tag of [...sorted].reverse()) expectOk(await tags.put(name, tag, digest), `put of ${tag}`)
        for (const pageSize of [1, 3, 100])
          expectEqual(expectOk(await tags.list(name, { pageSize }).toArray(), 'list'), sorted, `tags in pages of ${pageSize}`)
        const page = expectOk(await tags.list(name, { pageSize: 3 }).page(), 'a page')
        expectThat(
          page.items.length <= 3 && page.nextCursor !== undefined,
          'a page of ten tags holds no more than the three asked for, and has a cursor',
        )
      }),
  }),
  defineCase({
    id: 'tag.errors/missing-is-not-found',
    rules: ['TAG-01', 'GEN-02'],
    kind: 'tag',
    requires,
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name, image }) => {
        await image('there', bench.name('layer'))
        expectCode(await cloud.registry.tags.get(name, 'nowhere'), 'NotFound', 'get of a missing tag')
        expectCode(await cloud.registry.tags.list(`kit/${bench.name('nobody')}`).toArray(), 'NotFound', 'list of a missing repository')
      }),
  }),
  defineCase({
    id: 'tag.delete/leaves-the-manifest',
    rules: ['TAG-02'],
    kind: 'tag',
    requires: [...requires, 'tag.delete'],
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name, image }) => {
        const { tags, manifests } = cloud.registry
        const { digest } = await image('v1', bench.name('layer'))
        expectOk(await tags.put(name, 'stable', digest), 'put')
        expectOk(await tags.delete(name, 'v1'), 'delete')
        expectCode(await tags.get(name, 'v1'), 'NotFound', 'get of what is gone')
        for (const reference of ['stable', digest]) expectOk(await manifests.head(name, reference), `head of ${reference}`)
        expectOk(await tags.delete(name, 'v1'), 'delete of what is gone')
      }),
  }),
  defineCase({
    id: 'artifact.push/is-pulled-and-copied-whole',
    rules: ['ART-01'],
    kind: 'artifact',
    requires: [...requires, 'artifact'],
    run: (cloud, bench) =>
      inRepository(cloud, bench, (from) =>
        inRepository(cloud, bench, async (to) => {
          const { artifacts } = cloud.registry
          const layers = [bench.name('first'), bench.name('second')]
          const source = () => imageOf({ layers, config: { config: { Cmd: ['/kit'] } } })
          const pushed = expectOk(await artifacts.push(`${from.name}:v1`, source()), 'push')
          from.keep(pushed.digest)
          expectEqual(
            expectOk(await artifacts.push(`${from.name}:v1`, source()), 'push again').digest,
            pushed.digest,
            'the digest of the second push',
          )
          expectEqual(
            expectOk(await artifacts.resolve(`${from.name}:v1`), 'resolve').digest,
            pushed.digest,
            'what the reference resolves to',
          )
          const signature = artifactOf({
            artifactType: 'application/vnd.kit.signature',
            subject: pushed,
            layers: [{ content: bench.name('signature'), mediaType: 'text/plain' }],
          })
          const signed = expectOk(await artifacts.push(`${from.name}:signature`, signature), 'push of what refers to it')
          from.keep(signed.digest)
          const copied = expectOk(await artifacts.copy(`${from.name}:v1`, `${to.name}:copy`), 'copy')
          for (const { digest } of [signed, copied]) to.keep(digest)
          expectEqual(copied.digest, pushed.digest, 'the digest of the copy')
          const pulled = expectOk(await artifacts.pull(`${to.name}@${pushed.digest}`), 'pull of the copy')
          const contents = await Promise.all(
            pulled.blobs.map(async ({ digest }) => new TextDecoder().decode(await bytesOf(pulled.blob(digest)))),
          )
          for (const layer of layers) expectThat(contents.includes(layer), `the copy has the layer ${layer}`)
          const referring = expectOk(await artifacts.referrers(`${to.name}:copy`), 'referrers of the copy')
          expectEqual(
            referring.map(({ digest }: Descriptor) => digest),
            [signed.digest],
            'what refers to the copy',
          )
        }),
      ),
  }),
  defineCase({
    id: 'artifact.errors/a-reference-to-nothing-is-not-found',
    rules: ['ART-01', 'GEN-02'],
    kind: 'artifact',
    requires: [...requires, 'artifact'],
    run: (cloud, bench) =>
      inRepository(cloud, bench, async ({ name, image }) => {
        const { artifacts } = cloud.registry
        await image('there', bench.name('layer'))
        expectCode(await artifacts.resolve(`${name}:nowhere`), 'NotFound', 'resolve of a missing tag')
        expectCode(await artifacts.pull(`${name}:nowhere`), 'NotFound', 'pull of a missing tag')
        expectCode(await artifacts.copy(`${name}:nowhere`, `${name}:copy`), 'NotFound', 'copy of a missing tag')
        for (const reference of ['', 'UPPER:v1', `${name}`, `${name}:not a tag`])
          expectCode(await artifacts.resolve(reference), 'InvalidArgument', `resolve of ${JSON.stringify(reference)}`)
      }),
  }),
]
