import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { digestOf } from '@hanse/core'
import { describe, expect, it } from 'vitest'
import { bytesOf, openLocal } from '../__fixtures__/open-local.ts'
import { runProcess, together } from '../__fixtures__/run-process.ts'
import { emptyFolder } from '../store/__fixtures__/test-runtime.ts'

const prepare = async () => {
  const path = emptyFolder()
  const cloud = await openLocal({ path })
  const bucket = (await cloud.storage.buckets.create({ name: 'bytes' }))._unsafeUnwrap().id
  ;(await cloud.registry.repositories.create({ name: 'shop/web' }))._unsafeUnwrap()
  return { path, bucket }
}

/** Kills a process in the middle of its work several times, and looks at the folder as a new process finds it each time. */
const killing = async (path: string, mode: string, rounds: number, look: (last: string | undefined) => Promise<void>) => {
  let last: string | undefined
  for (let round = 0; round < rounds; round++) {
    const ran = await runProcess('storage-process.ts', [path, mode, `r${round}`], {
      kill: { afterLines: 1 + (round % 2), afterMs: 3 * round + 1 },
    })
    expect(ran.killed).toBe(true)
    last = ran.lines.at(-1) ?? last
    await look(last)
    // The opening of `look` has cleaned up, and every blob is what its name says.
    expect(readdirSync(join(path, 'uploads'))).toEqual([])
    const blobs = join(path, 'blobs', 'sha256')
    for (const name of readdirSync(blobs)) expect(digestOf(readFileSync(join(blobs, name)))).toBe(`sha256:${name}`)
  }
}

describe('a process that is killed', () => {
  it.each(['puts', 'uploads'])(
    'amid %s leaves every object whole, and loses none that was answered',
    { timeout: 120_000 },
    async (mode) => {
      const { path, bucket } = await prepare()
      await killing(path, mode, 4, async (last) => {
        const { objects } = (await openLocal({ path })).storage
        const heads = (await objects.list(bucket).toArray())._unsafeUnwrap()
        const etags = new Map<string, string>()
        for (const { key, etag } of heads) {
          const bytes = await bytesOf((await objects.get(bucket, key))._unsafeUnwrap().content)
          const md5 = createHash('md5').update(bytes).digest()
          expect(etag).toBe(mode === 'puts' ? md5.toString('hex') : `${createHash('md5').update(md5).digest('hex')}-1`)
          etags.set(key, etag)
        }
        const [key = ''] = last?.split(' ') ?? []
        expect(etags.has(key)).toBe(true)
      })
    },
  )

  it('amid pushes leaves a layout whose tag is whole, and the same as the cloud says', { timeout: 120_000 }, async () => {
    const { path } = await prepare()
    const layout = join(path, 'registry', 'shop', 'web')
    await killing(path, 'pushes', 6, async () => {
      // Before anybody opens the cloud: other tools may read the folder at any time.
      const index: { readonly manifests: readonly { readonly digest: string }[] } = JSON.parse(
        readFileSync(join(layout, 'index.json'), 'utf8'),
      )
      for (const { digest } of index.manifests) {
        const manifest = readFileSync(join(layout, 'blobs', 'sha256', digest.slice(7)))
        expect(digestOf(manifest)).toBe(digest)
        const {
          config,
          layers,
        }: { readonly config: { readonly digest: string }; readonly layers: readonly { readonly digest: string }[] } = JSON.parse(
          String(manifest),
        )
        for (const named of [config, ...layers])
          expect(digestOf(readFileSync(join(layout, 'blobs', 'sha256', named.digest.slice(7))))).toBe(named.digest)
      }
      const { artifacts, manifests } = (await openLocal({ path })).registry
      const { root, blobs, blob } = (await artifacts.pull('shop/web:latest'))._unsafeUnwrap()
      for (const { digest } of blobs) await bytesOf(blob(digest))
      const after: typeof index = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8'))
      expect(after.manifests[0]?.digest).toBe(root.digest)
      for (const { digest } of after.manifests) expect((await manifests.head('shop/web', digest)).isOk()).toBe(true)
      expect(readdirSync(layout).sort()).toEqual(['blobs', 'index.json', 'oci-layout'])
    })
  })
})

describe('two processes', () => {
  it('that put one key with ifNoneMatch at once: exactly one wins', { timeout: 60_000 }, async () => {
    const { path, bucket } = await prepare()
    const go = together(2)
    const [a, b] = await Promise.all(['a', 'b'].map((name) => runProcess('storage-process.ts', [path, 'locks', name], { go })))
    const wins = (lines: readonly string[] = []) => new Set(lines.flatMap((line) => (line.endsWith(' won') ? [line.split(' ')[0]] : [])))
    const [ofA, ofB] = [wins(a?.lines), wins(b?.lines)]
    expect([ofA.size + ofB.size, [...ofA].filter((key) => ofB.has(key))]).toEqual([40, []])
    for (const line of [...(a?.lines ?? []), ...(b?.lines ?? [])]) expect(line).toMatch(/ (won|FailedPrecondition)$/)
    const { objects } = (await openLocal({ path })).storage
    for (let i = 0; i < 40; i++) {
      const holder = String(await bytesOf((await objects.get(bucket, `lock-${i}`))._unsafeUnwrap().content))
      expect(holder).toBe(ofA.has(`lock-${i}`) ? 'a' : 'b')
    }
  })
})
