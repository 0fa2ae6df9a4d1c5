import type { DriverRuntime, HttpRequest, HttpResponse } from '@hanse/core'
import { defaultRuntime } from '@hanse/core/driver'

type Transport = (request: HttpRequest) => Promise<HttpResponse>

/** A world that is watched: it tells what runs in it, and its requests hang while they are told to, as those of a backend gone silent. */
export interface WatchedWorld {
  readonly runtime: Pick<DriverRuntime, 'transport' | 'sleep'>
  readonly stall: () => void
  readonly flow: () => void
  /** How many requests and pauses have begun and not ended. */
  readonly running: () => number
}

/** Makes a world that is watched. Of a request that hangs only its signal makes an end. */
export function watchedWorld(transport: Transport = defaultRuntime.transport): WatchedWorld {
  let stalled = false
  let running = 0
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    running++
    return work.finally(() => running--)
  }
  return {
    runtime: {
      transport: (request) => counted(stalled ? silence(request) : transport(request)),
      sleep: (ms, signal) => counted(defaultRuntime.sleep(ms, signal)),
    },
    stall: () => {
      stalled = true
    },
    flow: () => {
      stalled = false
    },
    running: () => running,
  }
}

const silence = ({ signal }: HttpRequest): Promise<never> =>
  new Promise((_, reject) => {
    if (signal?.aborted === true) reject(signal.reason)
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

/** What a promise gave within so many ms; undefined when it has not ended by then. */
export async function endsWithin<T>(promise: PromiseLike<T>, ms: number): Promise<T | undefined> {
  const over = new AbortController()
  const pause = defaultRuntime.sleep(ms, over.signal).then(
    () => undefined,
    () => undefined,
  )
  const first = await Promise.race([promise, pause])
  over.abort()
  return first
}

/** Bytes that begin and then hang: only giving up on them ends whoever reads them. */
export async function* hangingBytes(begun: () => void = () => {}): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('the beginning')
  begun()
  await new Promise(() => {})
}

/** Bytes that begin and then break off with an error. */
export async function* breakingBytes(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('the beginning')
  throw new Error('the source broke off')
}
