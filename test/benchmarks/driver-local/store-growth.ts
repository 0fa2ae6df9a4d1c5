// How the store of the embedded cloud behaves as its folder grows. By hand, on an idle machine:
//   npx tsx test/benchmarks/driver-local/store-growth.ts
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allocateAddress, createAddressPool, releaseAddress } from '../../../packages/driver-local/src/store/address-pool.ts'
import { Records } from '../../../packages/driver-local/src/store/records.ts'
import { referrersOf } from '../../../packages/driver-local/src/store/references.ts'
import { openStore } from '../../../packages/driver-local/src/store/store.ts'
import type { Store } from '../../../packages/driver-local/src/store/store.ts'

const SIZES = [1_000, 10_000, 100_000]
const objects = new Records<{ readonly size: number; readonly text: string }>('object', { uniqueName: 'inParent' })
const subnets = new Records<null>('subnet')

let clock = 1_000_000
const runtime = { now: () => clock, randomUUID: () => crypto.randomUUID(), pid: process.pid, host: 'benchmark' }

/** Microseconds per call: the median of five rounds. */
const measure = (calls: number, work: (i: number) => unknown): number => {
  const rounds = Array.from({ length: 5 }, () => {
    const start = performance.now()
    for (let i = 0; i < calls; i++) work(i)
    return ((performance.now() - start) * 1_000) / calls
  })
  return rounds.sort((a, b) => a - b)[2] ?? NaN
}

const addObjects = (store: Store, from: number, to: number): void => {
  for (let start = from; start < to; start += 1_000) {
    store.write((tx) => {
      for (let i = start; i < Math.min(to, start + 1_000); i++) {
        objects.insert(tx, {
          id: `obj-${i}`,
          name: `logs/${String(i % 100).padStart(2, '0')}/entry-${i}`,
          parent: `bucket-${i % 2}`,
          key: `key-${i}`,
          owner: { stack: `stack-${i % 50}`, environment: 'dev', key: `k${i}` },
          labels: { all: 'yes', half: String(i % 2), rare: String(i % 500) },
          usage: { bytes: 10 },
          references: [{ field: 'bucket', kind: 'subnet', id: `sub-${i % 100}` }],
          state: { phase: i % 10 === 0 ? 'Cold' : 'Stored', pending: [] },
          document: { size: i, text: 'x'.repeat(200) },
        })
      }
    })
  }
}

const look = (store: Store, n: number): Readonly<Record<string, number>> => {
  const any = (i: number) => (i * 7_919) % n
  const middle = store.read((tx) => objects.pageByName(tx, { parent: 'bucket-1', afterName: 'logs/51', limit: 1 })).next
  const half = Buffer.from(`s:${Math.floor(n / 2)}`).toString('base64url')
  const read =
    <T>(work: (tx: Parameters<Parameters<Store['read']>[0]>[0], i: number) => T) =>
    (i: number) =>
      store.read((tx) => work(tx, i))
  return {
    'get by id': measure(
      2_000,
      read((tx, i) => objects.get(tx, `obj-${any(i)}`)),
    ),
    'get by key': measure(
      2_000,
      read((tx, i) => objects.byKey(tx, `key-${any(i)}`)),
    ),
    'get by name': measure(
      2_000,
      read((tx, i) => objects.byName(tx, `logs/${String(any(i) % 100).padStart(2, '0')}/entry-${any(i)}`, `bucket-${any(i) % 2}`)),
    ),
    'first page of 100': measure(
      100,
      read((tx) => objects.page(tx, { limit: 100 })),
    ),
    'page in the middle': measure(
      100,
      read((tx) => objects.page(tx, { limit: 100, after: half })),
    ),
    'page of a parent': measure(
      100,
      read((tx) => objects.page(tx, { parent: 'bucket-1', limit: 100, after: half })),
    ),
    'page by name, middle': measure(
      100,
      read((tx) => objects.pageByName(tx, { parent: 'bucket-1', limit: 100, after: middle })),
    ),
    'page by prefix': measure(
      100,
      read((tx) => objects.pageByName(tx, { parent: 'bucket-1', prefix: 'logs/51/', limit: 10 })),
    ),
    'page by phase': measure(
      100,
      read((tx) => objects.page(tx, { phase: 'Cold', limit: 100 })),
    ),
    'page by owner, 10': measure(
      100,
      read((tx) => objects.page(tx, { owner: { stack: 'stack-7', environment: 'dev' }, limit: 10 })),
    ),
    'page by two labels, 2': measure(
      100,
      read((tx) => objects.page(tx, { labels: { half: '1', rare: '77' }, limit: 2 })),
    ),
    'page by label and parent': measure(
      100,
      read((tx) => objects.page(tx, { labels: { half: '1' }, parent: 'bucket-1', limit: 100 })),
    ),
    'count of a parent': measure(
      2_000,
      read((tx) => objects.count(tx, 'bucket-1')),
    ),
    'who uses it': measure(
      1_000,
      read((tx, i) => referrersOf(tx, { kind: 'subnet', id: `sub-${any(i) % 100}` })),
    ),
    'insert + commit': measure(200, () => {
      clock++
      store.write((tx) =>
        objects.insert(tx, {
          id: `new-${clock}`,
          name: `new-${clock}`,
          parent: 'bucket-1',
          labels: { all: 'yes' },
          document: { size: 1, text: '' },
        }),
      )
    }),
    'update + commit': measure(200, (i) => store.write((tx) => objects.update(tx, `obj-${any(i)}`, { document: { size: 2, text: 'y' } }))),
    'remove + commit': measure(100, () => store.write((tx) => objects.remove(tx, `new-${clock--}`))),
  }
}

const growth = async (folder: string): Promise<void> => {
  const store = await openStore({ folder }, runtime)
  store.write((tx) => Array.from({ length: 100 }, (_, i) => subnets.insert(tx, { id: `sub-${i}`, document: null })))
  const columns: Readonly<Record<string, number>>[] = []
  let from = 0
  for (const size of SIZES) {
    const start = performance.now()
    addObjects(store, from, size)
    const perRecord = ((performance.now() - start) * 1_000) / (size - from)
    from = size
    columns.push({ 'insert, 1,000 a commit': perRecord, ...look(store, size) })
  }
  console.log(
    `microseconds per call${' '.repeat(9)}${SIZES.map((size) => size.toLocaleString('en').padStart(10)).join('')}   100,000 : 1,000`,
  )
  for (const name of Object.keys(columns[0] ?? {})) {
    const values = columns.map((column) => column[name] ?? NaN)
    console.log(
      `${name.padEnd(30)}${values.map((value) => value.toFixed(0).padStart(10)).join('')}${((values[2] ?? NaN) / (values[0] ?? NaN)).toFixed(1).padStart(18)}`,
    )
  }
  console.log(
    `the folder: ${(readdirSync(folder).reduce((sum, name) => sum + (statSync(join(folder, name)).isFile() ? statSync(join(folder, name)).size : 0), 0) / 1e6).toFixed(0)} MB`,
  )
  store.write((tx) => {
    for (let i = 0; i < 10_000; i++)
      objects.update(tx, `obj-${i}`, { state: { phase: 'BUILD', pending: [{ phase: 'Stored', at: clock + 1 }] } })
  })
  clock += 10
  const start = performance.now()
  store.read((tx) => objects.count(tx))
  console.log(`10,000 transitions that are due at once, in the next read: ${(performance.now() - start).toFixed(0)} ms`)
  store.close()
}

const addresses = async (folder: string): Promise<void> => {
  const store = await openStore({ folder }, runtime)
  const cidr = '10.0.0.0/16'
  const holder = store.write((tx) => {
    const subnet = subnets.insert(tx, { id: 'sub', document: null })
    createAddressPool(tx, { pool: 'sub', cidr, holder: subnet })
    return subnet
  })
  const time = (what: string, count: number, work: (i: number) => unknown): void => {
    const start = performance.now()
    for (let i = 0; i < count; i++) work(i)
    console.log(`${what.padEnd(64)}${(((performance.now() - start) * 1_000) / count).toFixed(0).padStart(6)} µs each`)
  }
  const give = () => store.write((tx) => allocateAddress(tx, 'sub', cidr, holder))
  const last = (from: number, count: number) =>
    time(`addresses ${from.toLocaleString('en')} to ${(from + count).toLocaleString('en')} of a /16, each its own commit`, count, give)
  last(0, 1_000)
  time('58,000 more, each its own commit', 58_000, give)
  last(59_000, 1_000)
  time('every second one given back: 30,000 gaps', 30_000, (i) =>
    store.write((tx) => releaseAddress(tx, 'sub', `10.0.${(i * 2 + 2) >> 8}.${(i * 2 + 2) & 255}`)),
  )
  time('and given again, lowest first', 30_000, give)
  store.close()
}

const bytes = async (folder: string): Promise<void> => {
  const store = await openStore({ folder }, runtime)
  const put = async (seed: number, size: number, chunk: number) => {
    const block = new Uint8Array(chunk).fill(seed)
    new DataView(block.buffer).setUint32(0, seed)
    return store.bytes.put(
      (async function* () {
        for (let left = size; left > 0; left -= chunk) yield block
      })(),
    )
  }
  let start = performance.now()
  for (let i = 0; i < 1_000; i++) await put(i, 1_024, 1_024)
  console.log(`1,000 blobs of 1 KiB, each durable: ${(performance.now() - start).toFixed(0)} µs each`)
  start = performance.now()
  const before = process.memoryUsage().rss
  const { digest } = await put(1, 1_073_741_824, 1_048_576)
  console.log(`put of 1 GiB: ${(1_024 / ((performance.now() - start) / 1_000)).toFixed(0)} MiB/s`)
  start = performance.now()
  for await (const chunk of store.bytes.get(digest)) void chunk
  console.log(
    `get of 1 GiB: ${(1_024 / ((performance.now() - start) / 1_000)).toFixed(0)} MiB/s; memory grew by ${((process.memoryUsage().rss - before) / 1_048_576).toFixed(0)} MiB`,
  )
  store.close()
}

for (const part of [growth, addresses, bytes]) {
  const folder = mkdtempSync(join(tmpdir(), 'hanse-benchmark-'))
  await part(folder).finally(() => rmSync(folder, { recursive: true, force: true }))
}
