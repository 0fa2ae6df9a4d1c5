import { openCloud } from '@hanse/core'
import type { DriverRuntime } from '@hanse/core'
import { onTestFinished } from 'vitest'
import type { LocalConfig } from '../config.ts'
import { local } from '../local.ts'
import { emptyFolder } from '../store/__fixtures__/test-runtime.ts'

/** Opens an embedded cloud that is closed when the test ends: in memory, or in the folder that the configuration names. */
export const openLocal = async (config: LocalConfig = {}, runtime: Partial<DriverRuntime> = {}) => {
  const cloud = (await openCloud(local(config), { runtime }))._unsafeUnwrap()
  onTestFinished(() => cloud.close().unwrapOr(undefined))
  return cloud
}

/** The same in a folder of its own, with the folder. */
export const openInFolder = async (config: LocalConfig = {}, runtime: Partial<DriverRuntime> = {}) => {
  const path = emptyFolder()
  return { cloud: await openLocal({ ...config, path }, runtime), path }
}

/** A clock that stands still until a test moves it. */
export const testClock = (start = Date.UTC(2026, 0, 1)) => {
  let now = start
  return { now: () => now, advance: (ms: number) => void (now += ms) }
}

/** All bytes of a stream. */
export const bytesOf = async (content: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}
