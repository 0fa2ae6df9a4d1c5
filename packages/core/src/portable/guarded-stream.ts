import type { CloudError } from '../errors.ts'
import { untilAborted } from './until-aborted.ts'

/** What a stream of a driver is guarded with. */
export interface StreamGuard {
  /** Ends the stream with an error, whether or not the driver listens to it. */
  readonly signal: AbortSignal
  readonly toError: (cause: unknown) => CloudError
  /** Told once, when the stream has ended in any way. */
  readonly ended: () => void
}

/** A stream of a driver as callers see it: what it raises while it is read is a `CloudError`, thrown from the stream as streams do. */
export function guardedStream<T>(stream: AsyncIterable<T>, { signal, toError, ended }: StreamGuard): AsyncIterable<T> {
  return {
    async *[Symbol.asyncIterator]() {
      const source = stream[Symbol.asyncIterator]()
      let isAtEnd = false
      const next = (): Promise<IteratorResult<T>> =>
        untilAborted(source.next(), signal).catch((cause: unknown) => {
          isAtEnd = true
          throw toError(cause)
        })
      try {
        for (let step = await next(); step.done !== true; step = await next()) yield step.value
        isAtEnd = true
      } finally {
        // A reader who stops early frees what the driver holds. A source that hangs is not waited for.
        if (!isAtEnd || signal.aborted) source.return?.().catch(() => {})
        ended()
      }
    },
  }
}
