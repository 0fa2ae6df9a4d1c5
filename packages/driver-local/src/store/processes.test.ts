import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyFolder, testRuntime } from './__fixtures__/test-runtime.ts'
import { createAddressPool } from './address-pool.ts'
import { Records } from './records.ts'
import { openStore } from './store.ts'
import type { Store } from './store.ts'

const subnets = new Records<null>('subnet')
const ports = new Records<{ readonly address: string }>('port')
const objects = new Records<{ readonly digest: string }>('object')

const open = (folder: string): Promise<Store> => openStore({ folder }, { ...testRuntime(), now: () => Date.now(), host: hostname() })

const prepare = async (): Promise<string> => {
  const folder = emptyFolder()
  const store = await open(folder)
  store.write((tx) =>
    createAddressPool(tx, { pool: 'sub', cidr: '10.0.0.0/16', holder: subnets.insert(tx, { id: 'sub', document: null }) }),
  )
  store.close()
  return folder
}

/** Lets `parties` go on together. */
const barrierOf = (parties: number): (() => Promise<void>) => {
  const waiting: (() => void)[] = []
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve)
      if (waiting.length === parties) for (const go of waiting) go()
    })
}

interface RunOptions {
  readonly kill?: { readonly afterLines: number; readonly afterMs: number }
  /** Waited for when the folder is open. */
  readonly ready?: () => Promise<void>
}

/** Runs the writer and answers the lines that it had printed when it ended or was killed. */
const runWriter = (folder: string, name: string, mode: string, count: number, { kill, ready = async () => {} }: RunOptions = {}) =>
  new Promise<{ readonly lines: readonly string[]; readonly killed: boolean }>((resolve, reject) => {
    const script = join(import.meta.dirname, '__fixtures__', 'writer.ts')
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder, name, mode, String(count)], { stdio: 'pipe' })
    let [out, err, armed] = ['', '', false]
    child.stdout.on('data', (chunk) => {
      if (out === '') void ready().then(() => child.stdin.end())
      out += chunk
      if (kill !== undefined && !armed && out.split('\n').length > kill.afterLines) {
        armed = true
        setTimeout(() => child.kill('SIGKILL'), kill.afterMs)
      }
    })
    child.stderr.on('data', (chunk) => (err += chunk))
    child.on('close', (code, signal) => {
      // The last piece is no line unless a newline ended it.
      const lines = out.split('\n').slice(1, -1)
      if (code === 0 || signal === 'SIGKILL') resolve({ lines, killed: signal === 'SIGKILL' })
      else reject(new Error(`the writer ended with ${code ?? signal}: ${err}`))
    })
  })

const hostNumber = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

/** What must hold of a folder whatever happened to it. */
const checkIntegrity = (store: Store) =>
  store.read((tx) => {
    expect(tx.all('PRAGMA integrity_check')).toMatchObject([{ integrity_check: 'ok' }])
    expect(tx.all('PRAGMA foreign_key_check')).toEqual([])
    const rows = tx.get<{ n: number; addresses: number }>(
      "SELECT count(*) AS n, count(DISTINCT json_extract(document, '$.address')) AS addresses FROM records WHERE kind = 'port'",
    )
    const taken = tx.get<{ n: number }>('SELECT count(*) AS n FROM pool_taken')?.n
    expect([rows?.addresses, taken, ports.count(tx, 'sub'), ports.total(tx, 'mbit')]).toEqual([
      rows?.n,
      rows?.n,
      rows?.n,
      (rows?.n ?? 0) * 3,
    ])
  })

describe('two processes on one folder', () => {
  it('never give one address twice, and each sees what the other wrote', { timeout: 60_000 }, async () => {
    const folder = await prepare()
    const ready = barrierOf(2)
    const runs = await Promise.all(['a', 'b'].map((name) => runWriter(folder, name, 'records', 1_000, { ready })))
    const [a = [], b = []] = runs.map((run) => run.lines.map((line) => line.split(' ')[1] ?? ''))
    expect(new Set([...a, ...b]).size).toBe(2_000)
    // Proof that they did it at the same time: addresses are given in order, and these alternate.
    expect(Math.min(...b.map(hostNumber))).toBeLessThan(Math.max(...a.map(hostNumber)))
    expect(Math.min(...a.map(hostNumber))).toBeLessThan(Math.max(...b.map(hostNumber)))
    const store = await open(folder)
    checkIntegrity(store)
    expect(store.read((tx) => ports.page(tx, { phase: 'ACTIVE', limit: 5_000 })).records).toHaveLength(2_000)
    store.close()
  })

  it('may create the folder at the same moment', { timeout: 60_000 }, async () => {
    const folder = join(emptyFolder(), 'new')
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => runWriter(folder, name, 'records', 0)))
    const store = await open(folder)
    checkIntegrity(store)
    store.close()
  })
})

describe('a process that is killed', () => {
  it('loses nothing that it had reported, and leaves the store whole', { timeout: 120_000 }, async () => {
    const folder = await prepare()
    const reported: string[] = []
    let kills = 0
    for (let round = 0; round < 20; round++) {
      const run = await runWriter(folder, `w${round}`, 'records', 100_000, { kill: { afterLines: 2 + round, afterMs: round % 5 } })
      reported.push(...run.lines)
      if (run.killed) kills++
      const store = await open(folder)
      checkIntegrity(store)
      store.read((tx) => {
        for (const [id = '', address] of reported.map((line) => line.split(' '))) expect(ports.get(tx, id)?.document.address).toBe(address)
      })
      store.close()
    }
    expect(kills).toBe(20)
    expect(reported.length).toBeGreaterThan(200)
  })

  it('in the middle of an upload leaves nothing that another could read, and the next opening cleans up', { timeout: 60_000 }, async () => {
    const folder = await prepare()
    const reported: string[] = []
    let unfinished = 0
    for (let round = 0; round < 8; round++) {
      const run = await runWriter(folder, `w${round}`, 'bytes', 100_000, { kill: { afterLines: 1 + (round % 2), afterMs: 3 + 3 * round } })
      expect(run.killed).toBe(true)
      reported.push(...run.lines)
      unfinished += readdirSync(join(folder, 'uploads')).length
      const store = await open(folder)
      expect(readdirSync(join(folder, 'uploads'))).toEqual([])
      for (const name of readdirSync(join(folder, 'blobs', 'sha256'))) await store.bytes.verify(`sha256:${name}`)
      for (const [id = '', digest] of reported.map((line) => line.split(' '))) {
        expect(store.read((tx) => objects.get(tx, id)?.document.digest)).toBe(digest)
      }
      store.close()
    }
    // Proof that the kills met uploads on their way.
    expect(unfinished).toBeGreaterThan(0)
  })
})
