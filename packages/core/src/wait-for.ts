import { err, ok } from 'neverthrow'
import { defaultRuntime } from './driver/default-runtime.ts'
import type { DriverRuntime } from './driver/runtime.ts'
import { cloudError } from './errors.ts'
import type { CloudErrorContext } from './errors.ts'
import type { PhaseMeaning } from './kind/kind.ts'
import type { CallOptions } from './options.ts'
import type { Deadline } from './portable/deadline.ts'
import { startDeadline } from './portable/deadline.ts'
import { serviceParts } from './portable/service-parts.ts'
import type { AnyResource } from './resource.ts'
import { settled } from './result.ts'
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
const shortestPauseMs = 1

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
export function waitFor<R extends AnyResource>(
  service: Gets<R>,
  id: R['id'],
  goal: 'absent',
  options?: WaitOptions<R>,
): CloudResultAsync<void>
export function waitFor<R extends AnyResource>(
  service: Gets<R>,
  id: R['id'],
  goal: { readonly phase: string } | 'absent',
  options: WaitOptions<R> = {},
): CloudResultAsync<R | undefined> {
  const parts = serviceParts(service)
  const runtime = parts?.runtime ?? defaultRuntime
  const context = { driver: parts?.driver ?? 'unknown', operation: `${parts?.kind.kind ?? 'resource'}.waitFor` }
  return settled(async () => {
    const deadline = startDeadline(runtime, { signal: options.signal, timeoutMs: options.timeoutMs ?? tenMinutesMs })
    return wait({ service, id, goal, options, runtime, deadline, context, phases: parts?.kind.phases }).finally(deadline.release)
  }, context)
}

interface Wait<R extends AnyResource> {
  readonly service: Gets<R>
  readonly id: R['id']
  readonly goal: { readonly phase: string } | 'absent'
  readonly options: WaitOptions<R>
  readonly runtime: DriverRuntime
  readonly deadline: Deadline
  readonly context: CloudErrorContext
  readonly phases: Readonly<Record<string, PhaseMeaning>> | undefined
}

async function wait<R extends AnyResource>({
  service,
  id,
  goal,
  options,
  runtime,
  deadline,
  context,
  phases,
}: Wait<R>): Promise<CloudResult<R | undefined>> {
  const wanted = goal === 'absent' ? 'gone' : goal.phase
  const longestPauseMs = Math.max(shortestPauseMs, options.pollMs ?? 5000)
  let pauseMs = Math.min(firstPauseMs, longestPauseMs)
  let last = 'nothing yet'
  let failure = ''
  for (;;) {
    const seen = await service.get(id, { signal: deadline.signal })
    if (seen.isOk()) {
      options.onLook?.(seen.value)
      const { kind, name, status } = seen.value
      last = status.providerState === status.phase ? status.phase : `${status.phase} (${status.providerState})`
      failure = ''
      const meaning = phases?.[status.phase]
      if (goal !== 'absent' && (status.phase === wanted || (wanted === 'ready' && meaning === 'ready'))) return ok(seen.value)
      if (goal === 'absent' && meaning === 'gone') return ok(undefined)
      if (meaning === 'failed') {
        const message = `${kind} ${name || id} has failed: the provider says ${status.providerState}`
        return err(cloudError('FailedPrecondition', message, { ...context, exists: [{ kind, id }] }, { expected: wanted, actual: last }))
      }
    } else if (seen.error.code === 'NotFound') return goal === 'absent' ? ok(undefined) : err(seen.error)
    else if (!seen.error.retryable) return err(seen.error)
    else if (!deadline.signal.aborted) failure = `; the last look failed: ${seen.error.message}`

    if (!deadline.signal.aborted) await runtime.sleep(pauseMs, deadline.signal).catch(() => {}) // Aborted: said below.
    const ended = deadline.error(context)
    if (ended !== undefined) {
      const message = `${ended.message}; waited for ${id} to be ${wanted}, and saw ${last}${failure}`
      return err(cloudError(ended.code, message, context, ended.details as never, true))
    }
    pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)
  }
}
