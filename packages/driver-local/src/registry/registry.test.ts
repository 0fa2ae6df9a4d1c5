import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { artifactOf, digestOf, imageOf, indexOf, mediaTypes } from '@hanse/core'
import type { RepositoryId } from '@hanse/core'
import { describe, expect, it } from 'vitest'
import { bytesOf, openInFolder, openLocal, testClock } from '../__fixtures__/open-local.ts'

type Cloud = Awaited<ReturnType<typeof openLocal>>

const web = imageOf({ layers: ['the web server', 'its pages'], config: { config: { Cmd: ['/web'] } } })
const id = (name: string) => name as RepositoryId
const text = (of: string) => new TextEncoder().encode(of)

const withRepository = async (cloud: Cloud, name = 'shop/web') => {
  ;(await cloud.registry.repositories.create({ name }))._unsafeUnwrap()
  return cloud.registry
}

/** What a layout shows: the tags of its index, and the blobs that lie there. */
const layoutAt = (path: string, name: string) => {
  const folder = join(path, 'registry', name)
  const index: { readonly manifests: readonly { readonly digest: string; readonly annotations?: Readonly<Record<string, string>> }[] } =
    JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
  return {
    version: JSON.parse(readFileSync(join(folder, 'oci-layout'), 'utf8')),
    entries: index.manifests.map(({ digest, annotations }) => [annotations?.['org.opencontainers.image.ref.name'], digest]),
    blobs: readdirSync(join(folder, 'blobs', 'sha256')).sort(),
  }
}

/** The bytes that the cloud has stored, by their digests. */
const storedAt = (path: string): readonly string[] => readdirSync(join(path, 'blobs', 'sha256')).sort()

describe('a repository', () => {
  it('is known by its name, listed, found again by its key, and made once', async () => {
    const cloud = await openLocal()
    const { repositories } = cloud.registry
    const made = (await repositories.create({ name: 'shop/web', labels: { team: 'shop' } }, { key: 'k' }))._unsafeUnwrap()
    expect(made).toMatchObject({
      id: 'shop/web',
      name: 'shop/web',
      labels: { team: 'shop' },
      status: { phase: 'Ready', providerState: 'READY' },
    })
    expect((await repositories.create({ name: 'shop/web', labels: { team: 'shop' } }, { key: 'k' }))._unsafeUnwrap().id).toBe('shop/web')
    expect((await repositories.create({ name: 'shop/web' }))._unsafeUnwrapErr()).toMatchObject({
      code: 'AlreadyExists',
      details: { kind: 'repository', id: 'shop/web' },
    })
    expect((await repositories.list().toArray())._unsafeUnwrap().map(({ name }) => name)).toEqual(['shop/web'])
  })

  it.each(['Shop', 'shop/blobs/x', 'shop/index.json', 'oci-layout', 'a//b', '../etc', 'a/../b'])('is not called %s', async (name) => {
    const cloud = await openLocal()
    expect((await cloud.registry.repositories.create({ name }))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['name'] },
    })
  })

  it('with manifests in it is not deleted; one with left-over blobs is, and its folder goes', async () => {
    const { cloud, path } = await openInFolder()
    const { repositories, artifacts, manifests } = await withRepository(cloud, 'shop')
    await withRepository(cloud, 'shop/web')
    const { digest } = (await artifacts.push('shop:1', web))._unsafeUnwrap()
    expect((await repositories.delete(id('shop')))._unsafeUnwrapErr()).toMatchObject({
      code: 'FailedPrecondition',
      message: expect.stringContaining(digest),
    })
    ;(await manifests.delete('shop', digest))._unsafeUnwrap()
    ;(await repositories.delete(id('shop')))._unsafeUnwrap()
    expect((await repositories.get(id('shop')))._unsafeUnwrapErr().code).toBe('NotFound')
    expect(readdirSync(join(path, 'registry', 'shop'))).toEqual(['web'])
    ;(await repositories.delete(id('shop/web')))._unsafeUnwrap()
    expect(existsSync(join(path, 'registry', 'shop'))).toBe(false)
    expect((await repositories.delete(id('shop/web'))).isOk()).toBe(true)
  })

  it('that is not there is NotFound for every verb', async () => {
    const { blobs, manifests, tags, artifacts } = (await openLocal()).registry
    const digest = digestOf(text('x'))
    const answers = [
      blobs.head('no', digest),
      blobs.get('no', digest),
      blobs.put('no', 'x'),
      blobs.mount('no', digest, 'no'),
      blobs.delete('no', digest),
      manifests.head('no', 'x'),
      manifests.put('no', 'x', JSON.stringify({ schemaVersion: 2, manifests: [] }), { mediaType: mediaTypes.index }),
      manifests.delete('no', digest),
      manifests.referrers('no', digest).toArray(),
      tags.list('no').toArray(),
      tags.get('no', 'x'),
      tags.put('no', 'x', digest),
      tags.delete('no', 'x'),
      artifacts.push('no:x', web),
    ]
    for (const answer of answers)
      expect((await answer)._unsafeUnwrapErr()).toMatchObject({ code: 'NotFound', details: { kind: 'repository', id: 'no' } })
  })

  it('counts against the quotas of repositories and of bytes', async () => {
    const cloud = await openLocal({ quotas: { repository: 1, registryBytes: 30 } })
    const { repositories, blobs, artifacts } = await withRepository(cloud)
    expect((await repositories.create({ name: 'b' }))._unsafeUnwrapErr().code).toBe('QuotaExceeded')
    expect((await artifacts.push('shop/web:1', web))._unsafeUnwrapErr()).toMatchObject({
      code: 'QuotaExceeded',
      details: { quota: 'registryBytes', limit: 30 },
    })
    expect((await blobs.put('shop/web', 'x'.repeat(31)))._unsafeUnwrapErr().code).toBe('QuotaExceeded')
  })
})

describe('a blob', () => {
  it('comes back byte for byte, and a part of it by a range', async () => {
    const { cloud } = await openInFolder()
    const { blobs } = await withRepository(cloud)
    const bytes = crypto.getRandomValues(new Uint8Array(60_000))
    const { digest, size } = (
      await blobs.put(
        'shop/web',
        (async function* () {
          yield bytes.subarray(0, 7)
          yield bytes.subarray(7)
        })(),
      )
    )._unsafeUnwrap()
    expect([digest, size]).toEqual([digestOf(bytes), 60_000])
    expect((await blobs.head('shop/web', digest))._unsafeUnwrap()).toEqual({ mediaType: 'application/octet-stream', digest, size })
    expect((await bytesOf((await blobs.get('shop/web', digest))._unsafeUnwrap().content)).equals(bytes)).toBe(true)
    const part = (await blobs.get('shop/web', digest, { range: { start: 59_990, end: 70_000 } }))._unsafeUnwrap()
    expect((await bytesOf(part.content)).equals(bytes.subarray(59_990))).toBe(true)
    expect((await blobs.get('shop/web', digest, { range: { start: 60_000 } }))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidArgument',
    })
  })

  it('with another digest than named is refused, and nothing of it stays', async () => {
    const { cloud, path } = await openInFolder()
    const before = storedAt(path)
    const { blobs } = await withRepository(cloud)
    const digest = digestOf(text('one'))
    expect((await blobs.put('shop/web', 'two', { digest }))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['digest'] },
    })
    expect((await blobs.put('shop/web', 'two', { digest: digestOf(text('two'), 'sha512') }))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidArgument',
    })
    expect([readdirSync(join(path, 'uploads')), storedAt(path), layoutAt(path, 'shop/web').blobs]).toEqual([[], before, []])
  })

  it('is stored once, whoever has it: mounted, pushed again, or shown by a layout', async () => {
    const { cloud, path } = await openInFolder()
    const { blobs } = await withRepository(cloud, 'a')
    await withRepository(cloud, 'b')
    const { digest } = (await blobs.put('a', 'shared'))._unsafeUnwrap()
    expect((await blobs.mount('b', digest, 'a'))._unsafeUnwrap().size).toBe(6)
    expect((await blobs.mount('b', digestOf(text('other')), 'a'))._unsafeUnwrapErr()).toMatchObject({
      code: 'NotFound',
      details: { kind: 'blob' },
      context: { providerCode: 'BLOB_UNKNOWN' },
    })
    const inode = (name: string) => statSync(join(path, name, 'blobs', 'sha256', digest.slice(7))).ino
    expect(new Set([inode('registry/a'), inode('registry/b'), inode('')]).size).toBe(1)
    ;(await blobs.delete('a', digest))._unsafeUnwrap()
    expect([layoutAt(path, 'a').blobs, layoutAt(path, 'b').blobs]).toEqual([[], [digest.slice(7)]])
    expect(await bytesOf((await blobs.get('b', digest))._unsafeUnwrap().content)).toEqual(Buffer.from('shared'))
  })

  it('that a manifest names is not deleted; one that none names goes after a day', async () => {
    const clock = testClock()
    const { cloud, path } = await openInFolder({}, clock)
    const before = storedAt(path)
    const { artifacts, blobs, manifests } = await withRepository(cloud)
    const layer = digestOf(text('its pages'))
    const pushed = (await artifacts.push('shop/web:1', web))._unsafeUnwrap()
    expect((await blobs.delete('shop/web', layer))._unsafeUnwrapErr()).toMatchObject({
      code: 'FailedPrecondition',
      message: expect.stringContaining(pushed.digest),
    })
    ;(await manifests.delete('shop/web', pushed.digest))._unsafeUnwrap()
    clock.advance(80_000_000)
    ;(await blobs.put('shop/web', 'another'))._unsafeUnwrap()
    expect((await blobs.head('shop/web', layer)).isOk()).toBe(true)
    clock.advance(7_000_000)
    ;(await blobs.put('shop/web', 'a third'))._unsafeUnwrap()
    expect((await blobs.head('shop/web', layer))._unsafeUnwrapErr().code).toBe('NotFound')
    const left = [digestOf(text('another')), digestOf(text('a third'))].map((digest) => digest.slice(7)).sort()
    expect([layoutAt(path, 'shop/web').blobs, storedAt(path)]).toEqual([left, [...before, ...left].sort()])
  })
})

describe('a manifest', () => {
  it('keeps its bytes and media type, and is refused when it names what is not there, or says something else', async () => {
    const cloud = await openLocal()
    const { blobs, manifests } = await withRepository(cloud)
    const config = (await blobs.put('shop/web', '{}'))._unsafeUnwrap()
    const odd = `{ "schemaVersion": 2,   "config": ${JSON.stringify(config)}, "layers": [], "x": 1 }`
    const put = (content: string, mediaType: string = mediaTypes.dockerManifest) => manifests.put('shop/web', 'odd', content, { mediaType })
    const stored = (await put(odd))._unsafeUnwrap()
    expect((await manifests.get('shop/web', 'odd'))._unsafeUnwrap()).toEqual({ descriptor: stored, content: Buffer.from(odd) })
    expect(stored.mediaType).toBe(mediaTypes.dockerManifest)

    const missing = { ...config, digest: digestOf(text('missing')) }
    expect((await put(JSON.stringify({ schemaVersion: 2, config: missing, layers: [] })))._unsafeUnwrapErr()).toMatchObject({
      code: 'NotFound',
      details: { kind: 'blob', id: missing.digest },
      context: { providerCode: 'MANIFEST_BLOB_UNKNOWN' },
    })
    expect((await put(JSON.stringify({ schemaVersion: 2, manifests: [missing] }), mediaTypes.index))._unsafeUnwrapErr()).toMatchObject({
      details: { kind: 'manifest' },
    })
    for (const wrong of ['no json', '{}', JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [] })])
      expect((await put(wrong))._unsafeUnwrapErr(), wrong).toMatchObject({ code: 'InvalidArgument', details: { path: ['content'] } })
    expect((await manifests.head('shop/web', 'odd'))._unsafeUnwrap()).toEqual(stored)
  })

  it('goes with its tags, but not while an index names it', async () => {
    const { cloud, path } = await openInFolder()
    const { artifacts, manifests, tags } = await withRepository(cloud)
    const index = (await artifacts.push('shop/web:1', indexOf({ images: [{ source: web }] })))._unsafeUnwrap()
    const child = (await artifacts.push('shop/web:child', web))._unsafeUnwrap()
    expect((await manifests.delete('shop/web', child.digest))._unsafeUnwrapErr()).toMatchObject({ code: 'FailedPrecondition' })
    expect((await tags.list('shop/web').toArray())._unsafeUnwrap()).toEqual(['1', 'child'])
    ;(await tags.delete('shop/web', 'child'))._unsafeUnwrap()
    expect(layoutAt(path, 'shop/web').entries).toEqual([['1', index.digest]])
    ;(await manifests.delete('shop/web', index.digest))._unsafeUnwrap()
    expect(layoutAt(path, 'shop/web').entries).toEqual([[undefined, child.digest]])
    expect((await manifests.delete('shop/web', index.digest)).isOk()).toBe(true)
    expect((await tags.get('shop/web', '1'))._unsafeUnwrapErr()).toMatchObject({
      code: 'NotFound',
      context: { providerCode: 'MANIFEST_UNKNOWN' },
    })
  })

  it('knows what refers to it, page by page, before it is there itself', async () => {
    const cloud = await openLocal()
    const { artifacts, manifests } = await withRepository(cloud)
    const image = (await artifacts.push('shop/web:1', web))._unsafeUnwrap()
    const refer = (artifactType: string, content: string) =>
      artifacts.push(
        'shop/web',
        artifactOf({ artifactType, layers: [{ content, mediaType: 'text/plain' }], subject: image, annotations: { by: content } }),
      )
    const made = [await refer('application/vnd.a', '1'), await refer('application/vnd.b', '2'), await refer('application/vnd.a', '3')].map(
      (one) => one._unsafeUnwrap().digest,
    )
    const all = (await manifests.referrers('shop/web', image.digest, { pageSize: 1 }).toArray())._unsafeUnwrap()
    expect(all.map(({ digest, artifactType, annotations }) => [digest, artifactType, annotations])).toEqual([
      [made[0], 'application/vnd.a', { by: '1' }],
      [made[1], 'application/vnd.b', { by: '2' }],
      [made[2], 'application/vnd.a', { by: '3' }],
    ])
    expect(
      (await manifests.referrers('shop/web', image.digest, { artifactType: 'application/vnd.a' }).toArray())._unsafeUnwrap(),
    ).toHaveLength(2)
    await withRepository(cloud, 'mirror')
    ;(await artifacts.copy('shop/web:1', 'mirror:1'))._unsafeUnwrap()
    expect((await artifacts.referrers('mirror:1'))._unsafeUnwrap().map(({ digest }) => digest)).toEqual(made)
  })
})

describe('a tag', () => {
  it('moves from manifest to manifest, and tags are listed in order, page by page', async () => {
    const { cloud, path } = await openInFolder()
    const { artifacts, tags } = await withRepository(cloud)
    const one = (await artifacts.push('shop/web:latest', web))._unsafeUnwrap()
    const two = (await artifacts.push('shop/web:latest', imageOf({ layers: ['newer'] })))._unsafeUnwrap()
    expect((await artifacts.resolve('shop/web:latest'))._unsafeUnwrap()).toEqual(two)
    for (const tag of ['b', 'B', 'a', '_']) expect((await tags.put('shop/web', tag, one.digest))._unsafeUnwrap()).toEqual(one)
    expect((await tags.list('shop/web', { pageSize: 2 }).toArray())._unsafeUnwrap()).toEqual(['B', '_', 'a', 'b', 'latest'])
    expect(layoutAt(path, 'shop/web').entries).toEqual([
      ['B', one.digest],
      ['_', one.digest],
      ['a', one.digest],
      ['b', one.digest],
      ['latest', two.digest],
    ])
    expect((await tags.put('shop/web', 'x', digestOf(text('no'))))._unsafeUnwrapErr()).toMatchObject({
      code: 'NotFound',
      details: { kind: 'manifest' },
    })
  })
})

describe('a layout on disk', () => {
  it('is put right when the cloud is opened, whatever became of it', async () => {
    const { cloud, path } = await openInFolder()
    const { artifacts } = await withRepository(cloud)
    const { digest } = (await artifacts.push('shop/web:1', web))._unsafeUnwrap()
    const before = layoutAt(path, 'shop/web')
    const folder = join(path, 'registry', 'shop', 'web')
    writeFileSync(join(folder, 'index.json'), '{"manifests":[]}')
    rmSync(join(folder, 'blobs', 'sha256', digest.slice(7)))
    writeFileSync(join(folder, 'blobs', 'sha256', digest.slice(7)), 'torn')
    await openLocal({ path })
    expect(layoutAt(path, 'shop/web')).toEqual(before)
    expect(readFileSync(join(folder, 'blobs', 'sha256', digest.slice(7)), 'utf8')).toContain('schemaVersion')
  })

  it('of an empty repository is a layout too, and a second process sees what the first has pushed', async () => {
    const { cloud, path } = await openInFolder()
    await withRepository(cloud)
    expect(layoutAt(path, 'shop/web')).toEqual({ version: { imageLayoutVersion: '1.0.0' }, entries: [], blobs: [] })
    const other = await openLocal({ path })
    const { digest } = (await cloud.registry.artifacts.push('shop/web:1', web))._unsafeUnwrap()
    const pulled = (await other.registry.artifacts.pull('shop/web:1'))._unsafeUnwrap()
    expect(pulled.root.digest).toBe(digest)
    expect(await Promise.all(pulled.blobs.map(async ({ digest }) => String(await bytesOf(pulled.blob(digest)))))).toContain('its pages')
  })

  it('is not followed where something else lies in its place', async () => {
    const { cloud, path } = await openInFolder()
    mkdirSync(join(path, 'registry'), { recursive: true })
    writeFileSync(join(path, 'registry', 'shop'), 'a file')
    expect((await cloud.registry.repositories.create({ name: 'shop/web' }))._unsafeUnwrapErr()).toMatchObject({ code: 'InvalidArgument' })
  })
})
