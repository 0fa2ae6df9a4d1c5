import { spawn } from 'node:child_process'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { kinds } from '@hanse/core'
import { describe, expect, it } from 'vitest'
import { wrongIn } from './__fixtures__/invariants.ts'
import { ok, openLocal } from './__fixtures__/open-world.ts'
import { always } from './capabilities.ts'
import { emptyFolder } from './store/__fixtures__/test-runtime.ts'
import { openStore } from './store/store.ts'

interface Line {
  readonly [name: string]: unknown
}

interface RunOptions {
  readonly killAfterLines?: number
  /** Waited for when the process has opened the cloud. */
  readonly ready?: () => Promise<void>
}

/** Runs a process on a folder and answers what it had said when it ended or was killed. */
const run = (folder: string, mode: string, seed: number, { killAfterLines, ready = async () => {} }: RunOptions = {}) =>
  new Promise<{ readonly lines: readonly Line[]; readonly killed: boolean }>((resolve, reject) => {
    const script = join(import.meta.dirname, '__fixtures__', 'cloud-process.ts')
    const child = spawn(process.execPath, ['--conditions=@hanse/source', '--import', 'tsx', script, folder, mode, String(seed)], {
      stdio: 'pipe',
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk) => {
      if (out === '') void ready().then(() => child.stdin.end())
      out += chunk
      if (killAfterLines !== undefined && out.split('\n').length > killAfterLines) child.kill('SIGKILL')
    })
    child.stderr.on('data', (chunk) => (err += chunk))
    child.on('close', (code, signal) => {
      // The last piece is no line unless a newline ended it; the first says that it is ready.
      const lines = out
        .split('\n')
        .slice(1, -1)
        .map((line) => JSON.parse(line) as Line)
      if (code === 0 || signal === 'SIGKILL') resolve({ lines, killed: signal === 'SIGKILL' })
      else reject(new Error(`the process ended with ${code ?? signal}: ${err}`))
    })
  })

/** Lets `parties` go on together. */
const barrierOf = (parties: number): (() => Promise<void>) => {
  const waiting: (() => void)[] = []
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve)
      if (waiting.length === parties) for (const go of waiting) go()
    })
}

/** Everything that is wrong with a folder, as this process finds it. */
const check = async (folder: string): Promise<readonly string[]> => {
  const store = await openStore(
    { folder },
    { now: () => Date.now(), randomUUID: () => crypto.randomUUID(), pid: process.pid, host: hostname() },
  )
  const wrong = wrongIn(store)
  store.close()
  return wrong
}

const openFolderWith = async (cidr: string): Promise<string> => {
  const path = emptyFolder()
  const cloud = await openLocal({ path })
  const network = await ok(cloud.network.networks.create({ name: 'net' }))
  await ok(cloud.network.subnets.create({ name: 'front', network: network.id, cidr }))
  return path
}

describe('two processes on one embedded cloud', () => {
  it('read back what the other made, of every kind', { timeout: 60_000 }, async () => {
    const folder = emptyFolder()
    const made = (await run(folder, 'make', 1)).lines
    const seen = (await run(folder, 'read', 1)).lines
    for (const resource of made) expect(seen.find(({ id }) => id === resource['id'])).toEqual(resource)
    const services = ['location', 'compute', 'network']
    const mine = Object.values(kinds).filter(
      ({ kind, service }) => services.includes(service) && (always as readonly string[]).includes(kind),
    )
    expect([...new Set(seen.map(({ kind }) => kind))].sort()).toEqual(mine.map(({ kind }) => kind).sort())
    expect(new Set(made.map(({ kind }) => kind)).size).toBe(mine.filter(({ verbs }) => verbs.includes('delete')).length)
    expect(await check(folder)).toEqual([])
  })

  it('never get one address of a subnet twice, and run out of it together', { timeout: 60_000 }, async () => {
    const folder = await openFolderWith('10.0.0.0/24')
    const ready = barrierOf(2)
    const [a, b] = await Promise.all([run(folder, 'servers', 150, { ready }), run(folder, 'servers', 150, { ready })])
    const lines = [...a.lines, ...b.lines]
    const addresses = lines.flatMap(({ address }) => (address === undefined ? [] : [address]))
    expect([addresses.length, new Set(addresses).size]).toEqual([253, 253])
    expect(lines.filter(({ error }) => error === 'QuotaExceeded')).toHaveLength(47)
    // Proof that they did it at the same time: both got some.
    for (const { lines } of [a, b]) expect(lines.filter(({ address }) => address !== undefined).length).toBeGreaterThan(20)
    expect(await check(folder)).toEqual([])
  })
})

describe('a process that is killed amid its creates', () => {
  it('leaves nothing half done, and loses nothing that was answered', { timeout: 120_000 }, async () => {
    const folder = await openFolderWith('10.0.0.0/16')
    const answered: Line[] = []
    for (let round = 0; round < 6; round++) {
      const { lines, killed } = await run(folder, 'servers', 100_000, { killAfterLines: 20 + 13 * round })
      expect(killed).toBe(true)
      answered.push(...lines)
      expect(await check(folder)).toEqual([])
    }
    const seen = new Map((await run(folder, 'read', 1)).lines.map((line) => [line['id'], line]))
    for (const { id, address } of answered) expect(seen.get(id)).toMatchObject({ outputs: { addresses: [address] } })
    expect(answered.length).toBeGreaterThan(200)
  })
})

describe('a soak of two processes over all kinds', () => {
  it('leaves pools, totals and references as they should be', { timeout: 60_000 }, async () => {
    const folder = emptyFolder()
    const seed = Math.floor(Math.random() * 1_000_000)
    console.log(`soak: seed ${seed}`)
    const ready = barrierOf(2)
    const runs = await Promise.all([seed, seed + 1].map((each) => run(folder, 'churn', each, { ready })))
    const counts: Record<string, number> = {}
    for (const [counted = {}] of runs.map(({ lines }) => lines))
      for (const [what, n] of Object.entries(counted)) counts[what] = (counts[what] ?? 0) + Number(n)
    // It has come to something: every kind was made and deleted.
    const churned = Object.values(kinds).filter(
      ({ kind, verbs, service }) =>
        verbs.includes('delete') &&
        (['compute', 'network'].includes(service) || ['volume', 'volumeAttachment'].includes(kind)) &&
        (always as readonly string[]).includes(kind),
    )
    for (const { kind } of churned)
      expect([kind, counts[`${kind}.create Ok`] ?? 0, counts[`${kind}.delete Ok`] ?? 0]).toEqual([
        kind,
        expect.toSatisfy(some),
        expect.toSatisfy(some),
      ])
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await check(folder)).toEqual([])
  })
})

const some = (count: number): boolean => count > 0
