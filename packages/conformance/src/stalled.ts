import type { HttpRequest, HttpResponse } from '@hanse/core'
import { defaultRuntime } from '@hanse/core/driver'

type Transport = (request: HttpRequest) => Promise<HttpResponse>

/** A transport whose requests hang while it is told so, as those of a backend that has gone silent: only their signal ends them. */
export function stalledTransport(next: Transport = defaultRuntime.transport): {
  readonly transport: Transport
  readonly stall: () => void
  readonly flow: () => void
} {
  let stalled = false
  return {
    transport: (request) =>
      stalled
        ? new Promise((_, reject) => {
            if (request.signal?.aborted === true) reject(request.signal.reason)
            request.signal?.addEventListener('abort', () => reject(request.signal?.reason), { once: true })
          })
        : next(request),
    stall: () => {
      stalled = true
    },
    flow: () => {
      stalled = false
    },
  }
}

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
