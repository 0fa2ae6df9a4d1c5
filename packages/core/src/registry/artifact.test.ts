import { describe, expect, it } from 'vitest'
import { composeCloud } from '../compose-cloud.ts'
import { interceptCloud } from '../intercept-cloud.ts'
import type { Interceptor } from '../intercept-cloud.ts'
import { openToyRegistry } from './__fixtures__/toy-registry.ts'
import type { PushProgress } from './artifact-service.ts'
import { artifactOf, imageOf, indexOf } from './artifact-source.ts'
import { digestOf } from './digest.ts'
import { mediaTypes } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { referrersTag } from './referrers.ts'

const web = imageOf({ layers: ['files of the web server', 'its pages'], config: { config: { Cmd: ['/web'] } } })

const textOf = async (content: AsyncIterable<Uint8Array>): Promise<string> => {
  let text = ''
  for await (const chunk of content) text += new TextDecoder().decode(chunk)
  return text
}

describe('pushing', () => {
  it('an image makes a manifest whose config lists its layers, and pulling gives the same bytes', async () => {
    const { cloud } = await openToyRegistry()
    const { artifacts } = cloud.registry
    const pushed = (await artifacts.push('shop/web:1', web))._unsafeUnwrap()
    expect(pushed.mediaType).toBe(mediaTypes.manifest)
    expect((await artifacts.resolve('shop/web:1'))._unsafeUnwrap()).toEqual(pushed)
    const pulled = (await artifacts.pull('shop/web:1'))._unsafeUnwrap()
    const document = pulled.manifests[0]?.document as Manifest
    expect(pulled.root).toEqual(pushed)
    expect(await Promise.all(document.layers.map(({ digest }) => textOf(pulled.blob(digest))))).toEqual([
      'files of the web server',
      'its pages',
    ])
    expect(JSON.parse(await textOf(pulled.blob(document.config.digest)))).toEqual({
      architecture: 'amd64',
      os: 'linux',
      config: { Cmd: ['/web'] },
      rootfs: { type: 'layers', diff_ids: document.layers.map(({ digest }) => digest) },
    })
  })

  it('a stream finds out its digest on the way', async () => {
    const { cloud } = await openToyRegistry()
    async function* layer() {
      yield new TextEncoder().encode('files of the web server')
    }
    const streamed = await cloud.registry.artifacts.push(
      'a:1',
      imageOf({ layers: [layer(), 'its pages'], config: { config: { Cmd: ['/web'] } } }),
    )
    const whole = await cloud.registry.artifacts.push('a:2', web)
    expect(streamed._unsafeUnwrap().digest).toBe(whole._unsafeUnwrap().digest)
  })

  it('sends what is missing and nothing else, blobs first, then manifests, the tag last', async () => {
    const { cloud } = await openToyRegistry()
    const seen: string[] = []
    const watched = interceptCloud(cloud, (call, next) => {
      if (call.effect === 'changes')
        seen.push(`${call.kind}.${call.verb} ${call.kind === 'manifest' ? String(call.args[1]).slice(0, 7) : ''}`.trim())
      return next(call)
    })
    const both = indexOf({
      images: [{ source: web }, { source: imageOf({ layers: ['files of the web server'], config: { architecture: 'arm64' } }) }],
    })
    expect((await watched.registry.artifacts.push('shop/web:1', both)).isOk()).toBe(true)
    expect(seen).toEqual([
      'artifact.push',
      ...['blob.put', 'blob.put', 'blob.put'],
      'blob.put',
      ...['manifest.put sha256:', 'manifest.put sha256:', 'manifest.put 1'],
    ])
    seen.length = 0
    const progress: PushProgress['state'][] = []
    await watched.registry.artifacts.push('shop/web:2', both, { onProgress: ({ state }) => progress.push(state) }).unwrapOr(undefined)
    expect(seen.filter((call) => call.startsWith('blob'))).toEqual([])
    expect(progress).toEqual([...Array(5).fill('present'), 'done', 'done', 'done'])
  })

  it('stops when the signal says so and leaves no tag', async () => {
    const stop = new AbortController()
    const { cloud, content } = await openToyRegistry({ onChunk: () => stop.abort() })
    const pushed = await cloud.registry.artifacts.push('a:1', web, { signal: stop.signal })
    expect(pushed._unsafeUnwrapErr().code).toBe('Cancelled')
    expect([content.tags.size, content.manifests.size, content.blobs.size]).toEqual([0, 0, 0])
  })

  it('is refused for a reference that is wrong, names a registry, or another digest', async () => {
    const { cloud } = await openToyRegistry()
    const refused = async (reference: string) => (await cloud.registry.artifacts.push(reference, web))._unsafeUnwrapErr()
    for (const reference of ['Web', 'registry.example.org/web:1', `web@${digestOf(new Uint8Array())}`])
      expect(await refused(reference)).toMatchObject({
        code: 'InvalidArgument',
        details: { path: ['reference'] },
        context: { operation: expect.stringContaining('artifact.') },
      })
    expect((await cloud.registry.artifacts.resolve('web'))._unsafeUnwrapErr().message).toContain('neither a tag nor a digest')
    expect((await cloud.registry.artifacts.push('web:1', 7 as never))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['source'] },
    })
  })
})

describe('copying', () => {
  const signature = (
    subject: { readonly mediaType: string; readonly digest: `${string}:${string}`; readonly size: number },
    text: string,
  ) => artifactOf({ artifactType: 'application/vnd.example.signature', layers: [{ content: text, mediaType: 'text/plain' }], subject })

  it.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])('takes signatures along, and their signatures (referrers known to the source: %s, to the target: %s)', async (atSource, atTarget) => {
    const { cloud: from } = await openToyRegistry({ referrers: atSource })
    const { cloud: to, content } = await openToyRegistry({ referrers: atTarget })
    const image = (await from.registry.artifacts.push('web:1', indexOf({ images: [{ source: web }] })))._unsafeUnwrap()
    const child = (await from.registry.artifacts.pull('web:1'))._unsafeUnwrap().manifests[0]?.descriptor ?? image
    const first = (await from.registry.artifacts.push('web', signature(image, 'of the index')))._unsafeUnwrap()
    await from.registry.artifacts.push('web', signature(child, 'of one platform')).unwrapOr(undefined)
    await from.registry.artifacts.push('web', signature(first, 'of the signature')).unwrapOr(undefined)

    expect((await to.registry.artifacts.copy('web:1', 'mirror/web:1', { from }))._unsafeUnwrap().digest).toBe(image.digest)
    const digests = async (digest: string) =>
      (await to.registry.artifacts.referrers(`mirror/web@${digest}`, { artifactType: 'application/vnd.example.signature' }))
        ._unsafeUnwrap()
        .map((found) => found.digest)
    expect(await digests(image.digest)).toEqual([first.digest])
    expect(await digests(child.digest)).toHaveLength(1)
    expect(await digests(first.digest)).toHaveLength(1)
    expect(content.tags.has(`mirror/web:${referrersTag(image.digest)}`)).toBe(!atTarget)

    const { cloud: bare } = await openToyRegistry({ referrers: atTarget })
    await bare.registry.artifacts.copy('web:1', 'web:1', { from, referrers: false }).unwrapOr(undefined)
    expect((await bare.registry.artifacts.referrers('web:1'))._unsafeUnwrap()).toEqual([])
  })

  it('within a cloud mounts blobs instead of moving them', async () => {
    const { cloud } = await openToyRegistry()
    await cloud.registry.artifacts.push('web:1', web).unwrapOr(undefined)
    const states = new Set<string>()
    const copied = await cloud.registry.artifacts.copy('web:1', 'other/web:1', {
      onProgress: ({ descriptor, state }) => descriptor.mediaType !== mediaTypes.manifest && states.add(state),
    })
    expect(copied.isOk()).toBe(true)
    expect([...states]).toEqual(['mounted'])
  })

  it('stops at bytes that are damaged, and puts no tag on', async () => {
    const { cloud: from, content } = await openToyRegistry()
    const { cloud: to, content: arrived } = await openToyRegistry()
    await from.registry.artifacts.push('web:1', web).unwrapOr(undefined)
    const layer = `web@${digestOf(new TextEncoder().encode('its pages'))}`
    content.blobs.set(layer, new TextEncoder().encode('other pag'))
    expect((await to.registry.artifacts.copy('web:1', 'web:1', { from }))._unsafeUnwrapErr()).toMatchObject({ code: 'FailedPrecondition' })
    expect(arrived.tags.size).toBe(0)
  })

  it('only reads the cloud that it copies from', async () => {
    const { cloud: from } = await openToyRegistry()
    await from.registry.artifacts.push('web:1', web).unwrapOr(undefined)
    const effects = new Set<string>()
    const watched = interceptCloud(from, (call, next) => {
      effects.add(call.effect)
      return next(call)
    })
    const { cloud: to } = await openToyRegistry()
    expect((await to.registry.artifacts.copy('web:1', 'web:1', { from: watched })).isOk()).toBe(true)
    expect([...effects].sort()).toEqual(['reads'])
  })
})

describe('pulling', () => {
  it('refuses a manifest whose bytes are damaged, and one that it cannot follow', async () => {
    const { cloud, content } = await openToyRegistry()
    const { digest } = (await cloud.registry.artifacts.push('web:1', web))._unsafeUnwrap()
    const stored = content.manifests.get(`web@${digest}`)
    if (stored !== undefined) stored.content = new TextEncoder().encode('{}')
    expect((await cloud.registry.artifacts.pull('web:1'))._unsafeUnwrapErr()).toMatchObject({
      code: 'FailedPrecondition',
      details: { expected: digest },
    })
    for (const text of ['[]', '{"schemaVersion":1}', '{"schemaVersion":2}', '{"schemaVersion":2,"manifests":[1]}']) {
      await cloud.registry.manifests.put('odd', 'x', text, { mediaType: mediaTypes.manifest }).unwrapOr(undefined)
      expect((await cloud.registry.artifacts.pull('odd:x'))._unsafeUnwrapErr().code, text).toBe('InvalidArgument')
    }
  })

  it('of what is not there is NotFound', async () => {
    const { cloud } = await openToyRegistry()
    expect((await cloud.registry.artifacts.pull('web:1'))._unsafeUnwrapErr().code).toBe('NotFound')
  })
})

describe('a verb that core makes of others', () => {
  it('makes its calls on a composed cloud and on a read-only one as on any', async () => {
    const { cloud } = await openToyRegistry()
    const composed = composeCloud({ registry: cloud })
    const seen: string[] = []
    const noting =
      (who: string): Interceptor =>
      (call, next) => {
        seen.push(`${who} ${call.kind}`)
        return next(call)
      }
    const watched = interceptCloud(interceptCloud(composed, noting('inner')), noting('outer'))
    await watched.registry.artifacts.resolve('web:1').unwrapOr(undefined)
    expect(seen).toEqual(['outer artifact', 'inner artifact', 'outer manifest', 'inner manifest'])

    const { cloud: readOnly } = await openToyRegistry({}, { readOnly: true })
    expect((await readOnly.registry.artifacts.push('web:1', web))._unsafeUnwrapErr().code).toBe('PermissionDenied')
    expect((await readOnly.registry.artifacts.resolve('web:1'))._unsafeUnwrapErr().code).toBe('NotFound')
  })

  it('keeps to a deadline of its own', async () => {
    const { cloud } = await openToyRegistry()
    async function* endless() {
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        yield new Uint8Array(10)
      }
    }
    const pushed = await cloud.registry.artifacts.push('web:1', imageOf({ layers: [endless()] }), { timeoutMs: 60 })
    expect(pushed._unsafeUnwrapErr().code).toBe('DeadlineExceeded')
  })
})

describe('the low verbs', () => {
  it('verify what a driver gives and what it is given', async () => {
    const { cloud, content } = await openToyRegistry()
    const { blobs, manifests, tags } = cloud.registry
    const bytes = new TextEncoder().encode('a blob of some bytes')
    const digest = digestOf(bytes)
    expect((await blobs.put('web', bytes, { digest: digestOf(new Uint8Array()) }))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['digest'] },
    })
    expect(content.blobs.size).toBe(0)
    expect((await blobs.put('web', bytes))._unsafeUnwrap()).toMatchObject({ digest, size: 20 })
    expect(await textOf((await blobs.get('web', digest, { range: { start: 2, end: 5 } }))._unsafeUnwrap().content)).toBe('blob')
    content.blobs.set(`web@${digest}`, new Uint8Array(20))
    await expect(textOf((await blobs.get('web', digest))._unsafeUnwrap().content)).rejects.toMatchObject({
      code: 'FailedPrecondition',
      details: { expected: digest },
    })

    const big = new Uint8Array(4 * 1024 * 1024 + 1)
    expect((await manifests.put('web', 'x', big, { mediaType: mediaTypes.manifest }))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['content'] },
    })
    expect((await manifests.put('web', digest, '{}', { mediaType: mediaTypes.manifest }))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['reference'] },
    })
    expect((await manifests.head('web', '!'))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['reference'] },
    })
    expect((await tags.put('web', '.bad', digest))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['tag'] },
    })
  })
})
