import type { DriverRuntime } from '../driver/runtime.ts'
import type { CloudError, CloudErrorContext } from '../errors.ts'
import { cloudError } from '../errors.ts'

/** How long a piece of work may take. */
export interface Deadline {
  /** Aborted when the caller or the clock says so. */
  readonly signal: AbortSignal
  /** The error that stands for the end, once the signal is aborted. */
  readonly error: (context: CloudErrorContext) => CloudError | undefined
  /** Lets go of the clock, and of the caller unless it is kept. */
  readonly release: () => void
  /** Listens to the caller beyond the call, for a stream that is read after it; gives what lets go. */
  readonly keepCaller: () => () => void
}

/** Begins the time of a call: one signal made of the caller's and of the clock's, so that a driver has to look at one thing. */
export function startDeadline(runtime: DriverRuntime, options: Readonly<Record<string, unknown>>): Deadline {
  const timeoutMs = typeof options['timeoutMs'] === 'number' ? options['timeoutMs'] : undefined
  // A signal of its own that follows the caller's: a thousand calls may share one, and Node warns of the eleventh listener.
  const caller = options['signal'] instanceof AbortSignal ? AbortSignal.any([options['signal']]) : undefined
  const controller = new AbortController()
  const clock = new AbortController()
  let timedOut = false
  let isKept = false

  const cancel = (): void => controller.abort(caller?.reason)
  if (caller?.aborted === true) cancel()
  else caller?.addEventListener('abort', cancel, { once: true })
  const letGo = (): void => caller?.removeEventListener('abort', cancel)
  if (timeoutMs !== undefined && !controller.signal.aborted) {
    runtime.sleep(timeoutMs, clock.signal).then(
      () => {
        timedOut = !controller.signal.aborted && !clock.signal.aborted
        if (timedOut) controller.abort(new Error(`the call had ${timeoutMs} ms`))
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
      clock.abort()
      if (!isKept) letGo()
    },
    keepCaller: () => {
      isKept = true
      return letGo
    },
  }
}
