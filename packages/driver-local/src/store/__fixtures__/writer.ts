// A process of its own that works on a folder until it is killed: `writer.ts <folder> <name> <mode> <count>`.
// It prints a line only after the work that the line names was committed.
import { hostname } from 'node:os'
import { allocateAddress } from '../address-pool.ts'
import { begin } from '../transitions.ts'
import { Records } from '../records.ts'
import { openStore } from '../store.ts'

const [folder = '', name = '', mode = '', count = '0'] = process.argv.slice(2)
const ports = new Records<{ readonly address: string }>('port')
const objects = new Records<{ readonly digest: string }>('object')
const store = await openStore(
  { folder },
  { now: () => Date.now(), randomUUID: () => crypto.randomUUID(), pid: process.pid, host: hostname() },
)

const addPort = (id: string): string =>
  store.write((tx) => {
    const state = begin({ create: { from: [], steps: ['BUILD', 'ACTIVE'] } }, 'create', undefined, { now: tx.now, delayMs: 1 })
    const port = ports.insert(tx, {
      id,
      parent: 'sub',
      key: id,
      labels: { by: name },
      usage: { mbit: 3 },
      state,
      document: { address: '' },
    })
    const address = allocateAddress(tx, 'sub', '10.0.0.0/16', port)
    ports.update(tx, id, { document: { address } })
    return address
  })

async function* slowChunks(seed: string) {
  for (let i = 0; i < 20; i++) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    yield new TextEncoder().encode(`${seed} ${i} `.repeat(2_000))
  }
}

const addObject = async (id: string): Promise<string> => {
  const stored = await store.bytes.put(slowChunks(id))
  store.write((tx) => store.bytes.use(tx, stored, objects.insert(tx, { id, document: { digest: stored.digest } })))
  return stored.digest
}

process.stdout.write('ready\n')
// Starts when the parent closes the line, so that several start together.
for await (const _ of process.stdin);
for (let i = 0; i < Number(count); i++) {
  const id = `${name}-${i}`
  process.stdout.write(`${id} ${mode === 'bytes' ? await addObject(id) : addPort(id)}\n`)
  // Give the others a turn: SQLite's lock is not fair to those who wait.
  if (i % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 1))
}
store.close()
