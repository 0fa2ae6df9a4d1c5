import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Libsql from 'libsql'
import { describe, expect, it } from 'vitest'
import { emptyFolder, openTestStore, testRuntime, thrownBy } from './__fixtures__/test-runtime.ts'
import { openDatabase } from './database.ts'
import { Records } from './records.ts'
import { StoreRefusal, refusalOf } from './refusal.ts'
import { openStore } from './store.ts'

const things = new Records<string>('thing')
const insert =
  (id: string, document = '') =>
  (tx: Parameters<Parameters<Awaited<ReturnType<typeof openStore>>['write']>[0]>[0]) =>
    things.insert(tx, { id, document })

describe('a transaction', () => {
  it('that throws leaves nothing', async () => {
    const { store } = await openTestStore()
    const fault = new Error('mine')
    const error = await thrownBy(() =>
      store.write((tx) => {
        insert('a')(tx)
        throw fault
      }),
    )
    expect(error).toBe(fault)
    expect(store.read((tx) => things.count(tx))).toBe(0)
  })

  it('is not opened inside another, is synchronous, and is not used after its end', async () => {
    const { store } = await openTestStore()
    expect(await thrownBy(() => store.write(() => store.write(insert('a'))))).toMatchObject({
      message: expect.stringMatching(/open already/),
    })
    expect(
      await thrownBy(() =>
        store.write(async (tx) => {
          insert('a')(tx)
        }),
      ),
    ).toBeInstanceOf(TypeError)
    expect(await thrownBy(() => store.read(async (tx) => things.count(tx)))).toBeInstanceOf(TypeError)
    const leaked = store.read((tx) => tx)
    expect(await thrownBy(() => things.count(leaked))).toMatchObject({ message: expect.stringMatching(/has ended/) })
    expect(store.read((tx) => things.count(tx))).toBe(0)
  })

  it('sees one state from begin to end, while another process writes', async () => {
    const folder = emptyFolder()
    const [{ store }, { store: other }] = [await openTestStore({ folder }), await openTestStore({ folder })]
    const counts = store.read((tx) => {
      const before = things.count(tx)
      other.write(insert('a'))
      return [before, things.count(tx)]
    })
    expect(counts).toEqual([0, 0])
    expect(store.read((tx) => things.count(tx))).toBe(1)
  })

  it('is refused in words when another process keeps the store locked for too long', async () => {
    const folder = emptyFolder()
    const { store } = await openTestStore({ folder })
    const impatient = openDatabase({ path: join(folder, 'cloud.db'), now: Date.now, busyTimeoutMs: 30 })
    const error = await thrownBy(() => store.write(() => impatient.write(() => 1)))
    impatient.close()
    expect(error).toMatchObject({
      code: 'Busy',
      message: `${join(folder, 'cloud.db')}: another process keeps it locked; let that one finish, then try again`,
    })
  })
})

describe('opening', () => {
  it('keeps what was there and may be followed by closing twice', async () => {
    const folder = emptyFolder()
    const store = await openStore({ folder }, testRuntime())
    store.write(insert('a'))
    store.close()
    store.close()
    expect(await thrownBy(() => store.read((tx) => things.count(tx)))).toMatchObject({ message: expect.stringMatching(/is closed/) })
    const { store: again } = await openTestStore({ folder })
    expect(again.read((tx) => things.count(tx))).toBe(1)
  })

  it.skipIf(process.platform === 'win32')('makes a new folder that only this user reads', async () => {
    const folder = join(emptyFolder(), 'new')
    await openTestStore({ folder })
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('of a folder from a newer version says what to do and changes nothing', async () => {
    const folder = emptyFolder()
    const store = await openStore({ folder }, testRuntime())
    store.close()
    const raw = new Libsql(join(folder, 'cloud.db'))
    raw.exec('PRAGMA user_version = 99')
    raw.close()
    const error = await thrownBy(() => openStore({ folder }, testRuntime()))
    expect(error).toMatchObject({ code: 'NewerVersion' })
    expect(error).toHaveProperty('message', expect.stringMatching(/cloud\.db was written by a newer version .*update @hanse\/driver-local/))
  })

  it('of something that is no store is refused and leaves it alone', async () => {
    const folder = emptyFolder()
    const text = 'a text that somebody needs; '.repeat(100)
    writeFileSync(join(folder, 'cloud.db'), text)
    expect(await thrownBy(() => openStore({ folder }, testRuntime()))).toMatchObject({ code: 'Corrupt' })
    expect(readFileSync(join(folder, 'cloud.db'), 'utf8')).toBe(text)
    const other = emptyFolder()
    const raw = new Libsql(join(other, 'cloud.db'))
    raw.exec('CREATE TABLE theirs (x)')
    raw.close()
    expect(await thrownBy(() => openStore({ folder: other }, testRuntime()))).toMatchObject({
      code: 'Corrupt',
      message: expect.stringMatching(/another program/),
    })
  })

  it('of a path below a file is refused', async () => {
    const folder = emptyFolder()
    writeFileSync(join(folder, 'file'), '')
    for (const path of ['file', 'file/below'])
      expect(await thrownBy(() => openStore({ folder: join(folder, path) }, testRuntime()))).toMatchObject({ code: 'Invalid' })
  })

  it('of a folder that may not be written is refused in words', async () => {
    const parent = emptyFolder()
    chmodSync(parent, 0o755)
    const folder = join(parent, 'theirs')
    mkdirSync(folder, { mode: 0o555 })
    const error = await asNobody(() => thrownBy(() => openStore({ folder }, testRuntime())))
    expect(error).toMatchObject({ code: 'Forbidden', message: expect.stringMatching(/theirs.*give this user write permission/) })
  })

  it.each([
    ['with', []],
    ['without', ['cloud.db-wal', 'cloud.db-shm']],
  ])('of a store that may only be read, %s its log, is refused in words, at the first write if not at once', async (_, without) => {
    const folder = emptyFolder()
    const store = await openStore({ folder }, testRuntime())
    store.close()
    for (const file of without) rmSync(join(folder, file), { force: true })
    const paths = [...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)), folder]
    for (const path of paths) chmodSync(path, statSync(path).isDirectory() ? 0o555 : 0o444)
    const error = await asNobody(() => thrownBy(async () => (await openTestStore({ folder })).store.write(insert('a'))))
    for (const path of paths) chmodSync(path, 0o755)
    expect(error).toMatchObject({ code: 'Forbidden', message: expect.stringMatching(/give this user write permission/) })
  })
})

describe('a disk that is full', () => {
  it('refuses the transaction, loses nothing, and takes more when there is room again', async () => {
    const db = openDatabase({ path: join(emptyFolder(), 'x.db'), now: Date.now })
    db.write(insert('a'))
    const pages = db.write((tx) => tx.get<{ max_page_count: number }>('PRAGMA max_page_count = 1')?.max_page_count)
    expect(pages).toBeGreaterThan(1)
    expect(await thrownBy(() => db.write(insert('b', 'x'.repeat(1_000_000))))).toMatchObject({
      code: 'Full',
      message: expect.stringMatching(/no space is left/),
    })
    expect(db.read((tx) => things.count(tx))).toBe(1)
    db.write((tx) => tx.get('PRAGMA max_page_count = 1000000'))
    db.write(insert('b', 'x'.repeat(1_000_000)))
    expect(db.read((tx) => [things.count(tx), tx.get<{ integrity_check: string }>('PRAGMA integrity_check')?.integrity_check])).toEqual([
      2,
      'ok',
    ])
    db.close()
  })
})

describe('StoreRefusal', () => {
  it.runIf(existsSync('/dev/full'))('stands for what the file system says of a full disk', async () => {
    const error = await thrownBy(() => writeFile('/dev/full', 'x'))
    expect(refusalOf(error, 'the-folder')).toMatchObject({
      code: 'Full',
      message: 'the-folder: no space is left; free some or choose another folder',
      cause: error,
    })
  })

  it('is told apart from other errors by its class', async () => {
    const { store } = await openTestStore()
    expect(await thrownBy(() => store.write((tx) => things.update(tx, 'x', {})))).toBeInstanceOf(StoreRefusal)
  })
})

/** Runs `work` without the rights of root, which may write everything. */
const asNobody = async <T>(work: () => Promise<T>): Promise<T> => {
  if (process.geteuid?.() !== 0) return work()
  process.seteuid?.(65_534)
  return work().finally(() => process.seteuid?.(0))
}
