import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore } from '../store.ts'
import type { Store, StorePlace, StoreRuntime } from '../store.ts'

/** A runtime whose clock stands still until a test moves it, and whose random ids count. */
export interface TestRuntime extends StoreRuntime {
  advance(ms: number): void
}

/** Builds a runtime for one test. */
export const testRuntime = (start = 1_000_000): TestRuntime => {
  let now = start
  let ids = 0
  return {
    now: () => now,
    advance: (ms) => void (now += ms),
    randomUUID: () => `uuid-${process.pid}-${++ids}`,
    pid: process.pid,
    host: 'test-host',
  }
}

/** An empty folder that is removed when the test ends. */
export const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'hanse-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Opens a store that is closed when the test ends. */
export const openTestStore = async (
  place: StorePlace = 'memory',
  runtime: TestRuntime = testRuntime(),
): Promise<{ readonly store: Store; readonly runtime: TestRuntime }> => {
  const store = await openStore(place, runtime)
  onTestFinished(() => store.close())
  return { store, runtime }
}

/** What `work` throws; fails where it throws nothing. */
export const thrownBy = async (work: () => unknown): Promise<unknown> => {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** A source of bytes in chunks. */
export async function* chunksOf(...chunks: readonly (Uint8Array | string)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
}

/** Reads a source to its end as text. */
export const textOf = async (source: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
