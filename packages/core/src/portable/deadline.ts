import type { DriverRuntime } from '../driver/runtime.ts'
import type { CloudError, CloudErrorContext } from '../errors.ts'
import { cloudError } from '../errors.ts'

/** The time that a call has: one signal made of the caller's and of the clock's. */
export interface Deadline {
  readonly signal: AbortSignal
  /** The error that stands for its end, once the signal is aborted. */
  readonly error: (context: CloudErrorContext) => CloudError | undefined
  /** Lets go of clock and caller. */
  readonly release: () => void
}

/** Begins the time of a call. */
export function startDeadline(runtime: DriverRuntime, options: Readonly<Record<string, unknown>>): Deadline {
  const timeoutMs = typeof options['timeoutMs'] === 'number' ? options['timeoutMs'] : undefined
  const caller = options['signal'] instanceof AbortSignal ? options['signal'] : undefined
  const controller = new AbortController()
  const clock = new AbortController()
  let timedOut = false

  const cancel = (): void => controller.abort(caller?.reason)
  if (caller?.aborted === true) cancel()
  else caller?.addEventListener('abort', cancel, { once: true })
  if (timeoutMs !== undefined) {
    runtime.sleep(timeoutMs, clock.signal).then(
      () => {
        timedOut = !controller.signal.aborted
        controller.abort(new Error(`the call had ${timeoutMs} ms`))
      },
      () => {}, // The call ended first.
    )
  }

  return {
    signal: controller.signal,
    error: (context) => {
      if (!controller.signal.aborted) return undefined
      return timedOut
        ? cloudError('DeadlineExceeded', `${context.operation} did not end within ${timeoutMs} ms`, context, { timeoutMs }, true)
        : cloudError('Cancelled', `${context.operation} was cancelled`, context, {}, true)
    },
    release: () => {
      caller?.removeEventListener('abort', cancel)
      clock.abort()
    },
  }
}
