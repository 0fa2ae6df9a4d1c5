import { writeSync } from 'node:fs'
import { fileStateStore } from './file-store.ts'
import type { StateSession } from './state-store.ts'

// A process that writes to the state in a folder as fast as it can, and says on its standard output what was acknowledged.
// argv: folder, lease's time to live, first number, lanes.
const [folder = '', ttlMs = '', first = '', lanes = ''] = process.argv.slice(2)

/** Written before anything else can happen, so that a kill loses no more than a line. A full pipe is waited for. */
function say(...words: readonly unknown[]): void {
  const line = Buffer.from(`${words.join(' ')}\n`)
  for (let written = 0; written < line.length; ) {
    try {
      written += writeSync(1, line, written)
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EAGAIN')) throw cause
    }
  }
}

async function write(session: StateSession): Promise<void> {
  let next = Number(first)
  const lane = async (): Promise<void> => {
    for (;;) {
      const number = next
      next += 1
      const address = `r${number}`
      const about = { address, generation: 1 }
      const intent = {
        ...about,
        type: 'intent',
        action: 'create',
        key: address,
        kind: 'server',
        on: 'main',
        name: address,
        spec: { text: 'x'.repeat(200) },
        dependsOn: [],
      } as const
      const intended = await session.append(intent)
      if (intended.isErr()) return say('failed', intended.error.code, address)
      say('intent', address)
      const ended = await session.append({ ...about, type: 'done', id: `id-of-${address}`, outputs: {} })
      if (ended.isErr()) return say('failed', ended.error.code, address)
      say('done', address)
      if (number % 5 === 0) {
        const forgotten = await session.append({ ...about, type: 'gone' })
        if (forgotten.isErr()) return say('failed', forgotten.error.code, address)
        say('gone', address)
      }
    }
  }
  await Promise.all(Array.from({ length: Number(lanes) }, lane))
}

const state = (await fileStateStore(folder, { snapshotEvery: 40 }).open('shop', 'dev'))._unsafeUnwrap()
const session = await state.lease({ ttlMs: Number(ttlMs) })
if (session.isErr()) say('refused', session.error.code, session.error.message)
else {
  say('leased', session.value.epoch)
  await write(session.value)
}
