import { err, ok, ResultAsync } from 'neverthrow'
import { defaultRuntime } from './driver/default-runtime.ts'
import { startDeadline } from './portable/deadline.ts'
import { serviceParts } from './portable/service-parts.ts'
import { cloudError } from './errors.ts'
import type { CallOptions } from './options.ts'
import type { AnyResource } from './resource.ts'
import type { CloudResult, CloudResultAsync } from './result.ts'
import type { Gets } from './service.ts'

/** How {@link waitFor} waits. */
export interface WaitOptions<R extends AnyResource> extends CallOptions {
  /** For how long, in ms; ten minutes when left out. */
  readonly timeoutMs?: number | undefined
  /** The longest time between two looks, in ms; five seconds when left out. The first looks come faster. */
  readonly pollMs?: number | undefined
  /** Told what each look saw, for a person who waits. */
  readonly onLook?: ((seen: R) => void) | undefined
}

const tenMinutesMs = 600_000
const firstPauseMs = 20

/**
 * Waits until a resource has reached a phase (or one that its kind calls ready, with `'ready'`), and gives it as it then is. Reads that
 * fail for a while are borne. Err: `FailedPrecondition` when it has failed for good, with the provider's own word; `NotFound` when it is
 * gone; `DeadlineExceeded` with what was seen last; `Cancelled`.
 *
 * @example
 * await waitFor(cloud.compute.servers, web.id, { phase: 'Running' }, { timeoutMs: 120_000 })
 */
export function waitFor<R extends AnyResource>(
  service: Gets<R>,
  id: R['id'],
  goal: { readonly phase: R['status']['phase'] | 'ready' },
  options?: WaitOptions<R>,
): CloudResultAsync<R>
/** Waits until a resource is gone. Err: `FailedPrecondition` when deleting it has failed; `DeadlineExceeded`; `Cancelled`. */
export function waitFor<R extends AnyResource>(service: Gets<R>, id: R['id'], goal: 'absent', options?: WaitOptions<R>): CloudResultAsync<void>
export function waitFor<R extends AnyResource>(
  service: Gets<R>,
  id: R['id'],
  goal: { readonly phase: string } | 'absent',
  options: WaitOptions<R> = {},
): CloudResultAsync<R | undefined> {
  return new ResultAsync(wait(service, id, goal, options))
}

async function wait<R extends AnyResource>(
  service: Gets<R>,
  id: R['id'],
  goal: { readonly phase: string } | 'absent',
  options: WaitOptions<R>,
): Promise<CloudResult<R | undefined>> {
  const parts = serviceParts(service)
  const runtime = parts?.runtime ?? defaultRuntime
  const kind = parts?.kind
  const context = { driver: parts?.driver ?? 'unknown', operation: `${kind?.kind ?? 'resource'}.waitFor` }
  const wanted = goal === 'absent' ? 'gone' : goal.phase
  const longestPauseMs = options.pollMs ?? 5000
  const deadline = startDeadline(runtime, { signal: options.signal, timeoutMs: options.timeoutMs ?? tenMinutesMs })
  let pauseMs = Math.min(firstPauseMs, longestPauseMs)
  let last = 'nothing yet'
  try {
    for (;;) {
      const seen = await service.get(id, { signal: deadline.signal })
      if (seen.isOk()) {
        options.onLook?.(seen.value)
        const { phase, providerState } = seen.value.status
        last = providerState === phase ? phase : `${phase} (${providerState})`
        const meaning = kind?.phases[phase]
        if (phase === wanted || (wanted === 'ready' && meaning === 'ready')) return ok(seen.value)
        if (meaning === 'failed') {
          const message = `${seen.value.kind} ${seen.value.name || id} has failed: the provider says ${providerState}`
          return err(cloudError('FailedPrecondition', message, { ...context, exists: [{ kind: seen.value.kind, id }] }, { expected: wanted, actual: last }))
        }
      } else if (seen.error.code === 'NotFound') {
        return goal === 'absent' ? ok(undefined) : err(seen.error)
      } else if (!seen.error.retryable && !deadline.signal.aborted) return err(seen.error)
      else if (!deadline.signal.aborted) last = `${last}; the last look failed: ${seen.error.message}`

      await runtime.sleep(pauseMs, deadline.signal).catch(() => {}) // Aborted: said below.
      const ended = deadline.error(context)
      if (ended !== undefined) {
        const { code, details } = ended
        return err(cloudError(code, `${ended.message}; waited for ${id} to be ${wanted}, and saw ${last}`, context, details, true))
      }
      pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)
    }
  } finally {
    deadline.release()
  }
}
