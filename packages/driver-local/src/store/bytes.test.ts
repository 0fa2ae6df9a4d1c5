import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chunksOf, emptyFolder, openTestStore, testRuntime, textOf, thrownBy } from './__fixtures__/test-runtime.ts'
import { Records } from './records.ts'
import type { StorePlace } from './store.ts'

const objects = new Records<null>('object')
const HELLO = `sha256:${createHash('sha256').update('hello world').digest('hex')}`

const places: readonly (readonly [string, () => StorePlace])[] = [
  ['a folder', () => ({ folder: emptyFolder() })],
  ['memory', () => 'memory'],
]

describe.each(places)('bytes in %s', (_, place) => {
  it('come back whole or as a range, under their digest', async () => {
    const { store } = await openTestStore(place())
    const stored = await store.bytes.put(chunksOf('hello', ' ', 'world'), { md5: true, expectedSize: 11, expectedDigest: HELLO })
    expect(stored).toMatchObject({ digest: HELLO, size: 11, md5: '5eb63bbbe01eeed093cb22bb8f5acdc3' })
    expect(await textOf(store.bytes.get(HELLO))).toBe('hello world')
    expect(await textOf(store.bytes.get(HELLO, { start: 3, end: 8 }))).toBe('lo wo')
    expect(await textOf(store.bytes.get(HELLO, { start: 6 }))).toBe('world')
    expect(await textOf(store.bytes.get(HELLO, { end: 99 }))).toBe('hello world')
    expect(await textOf(store.bytes.get(HELLO, { start: 20, end: 30 }))).toBe('')
    await store.bytes.verify(HELLO)
  })

  it('may be none at all', async () => {
    const { store } = await openTestStore(place())
    const { digest } = await store.bytes.put(chunksOf())
    expect(await textOf(store.bytes.get(digest))).toBe('')
    expect(store.read((tx) => store.bytes.sizeOf(tx, digest))).toBe(0)
  })

  it('are refused, and not stored, when they are not what was announced', async () => {
    const { store } = await openTestStore(place())
    const put = (options: object) => thrownBy(() => store.bytes.put(chunksOf('hello world'), options))
    expect(await put({ expectedDigest: `sha256:${'0'.repeat(64)}` })).toMatchObject({ code: 'DigestMismatch' })
    expect(await put({ expectedSize: 12 })).toMatchObject({ code: 'SizeMismatch' })
    expect(await put({ expectedSize: 10 })).toMatchObject({ code: 'SizeMismatch' })
    expect(store.read((tx) => store.bytes.has(tx, HELLO))).toBe(false)
    expect(await thrownBy(() => store.bytes.get(HELLO))).toMatchObject({ code: 'Missing' })
  })

  it('stop when they are told to, even if the source hangs', async () => {
    const { store } = await openTestStore(place())
    const controller = new AbortController()
    const hanging = async function* () {
      yield new Uint8Array(10)
      setTimeout(() => controller.abort(), 10)
      await new Promise(() => {})
    }
    expect(await thrownBy(() => store.bytes.put(hanging(), { signal: controller.signal }))).toBe(controller.signal.reason)
  })

  it('pass on what their source throws', async () => {
    const { store } = await openTestStore(place())
    const failing = async function* () {
      yield new Uint8Array(10)
      throw new Error('the line is dead')
    }
    expect(await thrownBy(() => store.bytes.put(failing()))).toMatchObject({ message: 'the line is dead' })
  })

  it('stay while a record uses them or an upload holds them, and go with the last of these', async () => {
    const { store, runtime } = await openTestStore(place())
    const first = await store.bytes.put(chunksOf('hello world'))
    const second = await store.bytes.put(chunksOf('hello ', 'world'))
    store.write((tx) => {
      store.bytes.use(tx, first, objects.insert(tx, { id: 'o1', document: null }))
      objects.insert(tx, { id: 'o2', document: null })
      objects.remove(tx, 'o1')
    })
    expect(store.bytes.sweep()).toBe(0)
    store.write((tx) => store.bytes.use(tx, second, { seq: 2 }))
    runtime.advance(3_600_000)
    expect(store.bytes.sweep()).toBe(0)
    expect(store.read((tx) => store.bytes.has(tx, HELLO))).toBe(true)
    store.write((tx) => objects.remove(tx, 'o2'))
    expect(store.bytes.sweep()).toBe(0)
    expect(store.read((tx) => store.bytes.has(tx, HELLO))).toBe(false)
    expect(await thrownBy(() => store.write((tx) => store.bytes.use(tx, second, { seq: 2 })))).toMatchObject({ code: 'Missing' })
  })

  it('are swept when their upload was given up, at once or after an hour', async () => {
    const { store, runtime } = await openTestStore(place())
    const dropped = await store.bytes.put(chunksOf('a'))
    await store.bytes.put(chunksOf('b'))
    store.write((tx) => store.bytes.drop(tx, dropped))
    expect(store.read((tx) => store.bytes.has(tx, dropped.digest))).toBe(false)
    runtime.advance(3_600_000)
    expect(store.bytes.sweep()).toBe(1)
  })

  it('that two uploads bring at once are stored once', async () => {
    const { store } = await openTestStore(place())
    const puts = await Promise.all(Array.from({ length: 8 }, () => store.bytes.put(chunksOf('hello', ' world'))))
    expect(new Set(puts.map(({ digest }) => digest))).toEqual(new Set([HELLO]))
    expect(await textOf(store.bytes.get(HELLO))).toBe('hello world')
  })
})

describe('bytes in a folder', () => {
  it('lie where an OCI image layout has them, and nothing else is left', async () => {
    const folder = emptyFolder()
    const { store } = await openTestStore({ folder })
    await store.bytes.put(chunksOf('hello world'))
    await thrownBy(() => store.bytes.put(chunksOf('other'), { expectedSize: 1 }))
    expect(readFileSync(join(folder, 'blobs', 'sha256', HELLO.slice(7)), 'utf8')).toBe('hello world')
    expect(readdirSync(join(folder, 'blobs', 'sha256'))).toHaveLength(1)
    expect(readdirSync(join(folder, 'uploads'))).toEqual([])
  })

  it('go with the last record that used them', async () => {
    const folder = emptyFolder()
    const { store } = await openTestStore({ folder })
    for (const id of ['o1', 'o2']) {
      const stored = await store.bytes.put(chunksOf('hello world'))
      store.write((tx) => store.bytes.use(tx, stored, objects.insert(tx, { id, document: null })))
    }
    const files = () => readdirSync(join(folder, 'blobs', 'sha256')).length
    store.write((tx) => objects.remove(tx, 'o1'))
    expect(files()).toBe(1)
    await thrownBy(() =>
      store.write((tx) => {
        objects.remove(tx, 'o2')
        throw new Error('undone')
      }),
    )
    expect(files()).toBe(1)
    store.write((tx) => objects.remove(tx, 'o2'))
    expect(files()).toBe(0)
  })

  it('that were damaged are found out', async () => {
    const folder = emptyFolder()
    const { store } = await openTestStore({ folder })
    await store.bytes.put(chunksOf('hello world'))
    const path = join(folder, 'blobs', 'sha256', HELLO.slice(7))
    writeFileSync(path, 'jello world')
    expect(await thrownBy(() => store.bytes.verify(HELLO))).toMatchObject({ code: 'Corrupt' })
    const reading = store.bytes.get(HELLO)
    truncateSync(path, 4)
    expect(await thrownBy(() => textOf(reading))).toMatchObject({ code: 'Corrupt' })
    expect(store.read((tx) => store.bytes.has(tx, HELLO))).toBe(false)
    await store.bytes.put(chunksOf('hello world'))
    await store.bytes.verify(HELLO)
  })

  it('are read to the end by who has begun, even if they are swept meanwhile', async () => {
    const { store } = await openTestStore({ folder: emptyFolder() })
    const big = new Uint8Array(1_000_000).fill(7)
    const stored = await store.bytes.put(chunksOf(big))
    const reader = store.bytes.get(stored.digest)[Symbol.asyncIterator]()
    let size = (await reader.next()).value?.byteLength ?? 0
    store.write((tx) => store.bytes.drop(tx, stored))
    expect(store.read((tx) => store.bytes.has(tx, stored.digest))).toBe(false)
    for (let next = await reader.next(); !next.done; next = await reader.next()) size += next.value.byteLength
    expect(size).toBe(1_000_000)
  })

  it('of killed uploads are cleaned up at the next opening, those of living ones are not', async () => {
    const folder = emptyFolder()
    const runtime = { ...testRuntime(), now: () => Date.now() }
    await openTestStore({ folder }, runtime)
    const gone = 2 ** 22 + 1
    const uploads = join(folder, 'uploads')
    const files = [`test-host.${gone}.a`, `test-host.${process.pid}.b`, `other.host.${gone}.c`, `other.host.${gone}.d`]
    for (const file of files) writeFileSync(join(uploads, file), 'x')
    const old = new Date(Date.now() - 3_700_000)
    utimesSync(join(uploads, `test-host.${process.pid}.b`), old, old)
    utimesSync(join(uploads, `other.host.${gone}.d`), old, old)
    await openTestStore({ folder }, runtime)
    expect(readdirSync(uploads).sort()).toEqual([`other.host.${gone}.c`, `test-host.${process.pid}.b`])
    expect(existsSync(join(folder, 'cloud.db'))).toBe(true)
  })
})
