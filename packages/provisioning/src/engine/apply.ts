import { err, ok, ResultAsync } from 'neverthrow'
import type { Result } from 'neverthrow'
import type { CloudSet } from '../plan/cloud-set.ts'
import { cloudSet } from '../plan/cloud-set.ts'
import { evaluateOutput } from '../plan/evaluate.ts'
import { Later } from '../plan/later.ts'
import type { Plan } from '../plan/plan.ts'
import type { Stack } from '../stack/stack.ts'
import type { CloudsFor } from '../stack/wanted.ts'
import { stackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'
import type { StateSession } from '../state/state-store.ts'
import type { Outcome } from './hands.ts'
import { hands } from './hands.ts'
import type { ApplyOptions } from './options.ts'
import { runGraph } from './run-graph.ts'
import { tasksOf } from './tasks.ts'
import type { Desired } from './work-on-stack.ts'
import { emitter, lookAndPlan, problemOf } from './work-on-stack.ts'

/** What an apply or destroy has done. */
export interface Applied<Outputs> {
  readonly plan: Plan
  /** Whether the plan was carried out; false when `confirm` said no. */
  readonly applied: boolean
  /** What the stack gives. Empty when it was not applied. */
  readonly outputs: Outputs
}

/**
 * Makes the clouds be what the stack says. What an earlier run left unfinished is found and finished; what is as wanted is left alone.
 * Killed at any point, the next run goes on from there: nothing is lost and nothing is made twice.
 *
 * Err: `InvalidStack`, `Unsupported` (a cloud lacks what is needed), `LeaseHeld`, `StateUnreadable`, `StateUnwritable`, `WrongStateKey`,
 * `ResourceFailed` with the cloud's error inside (independent resources are finished all the same), `Cancelled` with what is left.
 *
 * @example
 * const applied = await apply(shop, cloud, { environment: 'prod', state: fileStateStore('.hanse/state') })
 */
export function apply<Needs, Outputs>(
  stack: Stack<Needs, Outputs>,
  clouds: CloudsFor<NoInfer<Needs>>,
  options: ApplyOptions,
): ResultAsync<Applied<Outputs>, StackError> {
  const run = carryOut(stack, cloudSet(clouds), options, (session) => outputsOf(stack, session))
  // What the outputs of the stack compute, by name.
  return new ResultAsync(run) as ResultAsync<Applied<Outputs>, StackError>
}

/**
 * Deletes everything that the state of a stack records, what needs something before what is needed. It takes the name alone: the program is
 * not run. Err: as {@link apply}.
 */
export function destroy(stack: Pick<Stack, 'name'>, clouds: object, options: ApplyOptions): ResultAsync<Applied<object>, StackError> {
  const nothing: Desired = { name: stack.name, members: new Map(), problems: [] }
  return new ResultAsync(carryOut(nothing, cloudSet(clouds), options, () => ({})))
}

async function carryOut(
  desired: Desired,
  clouds: CloudSet,
  options: ApplyOptions,
  outputs: (session: StateSession) => object,
): Promise<Result<Applied<object>, StackError>> {
  const leased = await options.state
    .open(desired.name, options.environment)
    .andThen((state) => state.lease({ waitMs: options.leaseWaitMs, signal: options.signal }))
  if (leased.isErr()) return err(leased.error)
  const session = leased.value
  const result = await underLease(desired, clouds, options, session, outputs)
  const released = await session.release()
  return result.isOk() && released.isErr() ? err(released.error) : result
}

async function underLease(
  desired: Desired,
  clouds: CloudSet,
  options: ApplyOptions,
  session: StateSession,
  outputs: (session: StateSession) => object,
): Promise<Result<Applied<object>, StackError>> {
  const emit = emitter(options)
  const looked = await lookAndPlan(desired, clouds, session, options, emit, (event) => session.append(event))
  if (looked.isErr()) return err(looked.error)
  const { working, seal, owner } = looked.value
  const { plan } = working
  const problem = problemOf(plan)
  if (problem !== undefined) return err(problem)
  if (options.confirm !== undefined && !(await options.confirm(plan))) return ok({ plan, applied: false, outputs: {} })

  const outcome: Outcome = { failures: [], skipped: [], stateError: undefined }
  const does = hands(
    {
      clouds,
      owner,
      session,
      seal,
      members: looked.value.desired.members,
      parallelism: options.parallelism ?? 10,
      readyTimeoutMs: options.readyTimeoutMs ?? 1_800_000,
      pollMs: options.pollMs,
      emit,
    },
    outcome,
  )
  const mayBegin = (): boolean => options.signal?.aborted !== true && !session.lost.aborted && outcome.stateError === undefined
  await runGraph(tasksOf(working, session.resources, does), mayBegin)
  return verdict(outcome, session, options.signal) ?? ok({ plan, applied: true, outputs: outputs(session) })
}

function verdict(outcome: Outcome, session: StateSession, signal: AbortSignal | undefined): Result<never, StackError> | undefined {
  if (outcome.stateError !== undefined) return err(outcome.stateError)
  // The signal's reason, as StateSession promises.
  if (session.lost.aborted) return err(session.lost.reason as StackError)
  const [first, ...others] = outcome.failures
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` (and ${others.length} more: ${others.map(({ address }) => address).join(', ')})`
    const remedy = 'What does not depend on it was finished. Mend the cause and run it again: it goes on from here.'
    return err(stackError('ResourceFailed', `${first.address}: ${first.error.message}${more}`, first, { remedy, cause: first.error }))
  }
  if (signal?.aborted === true && outcome.skipped.length > 0) {
    const message = `Cancelled; ${outcome.skipped.length} left: ${outcome.skipped.join(', ')}`
    return err(stackError('Cancelled', message, { unfinished: outcome.skipped }, { remedy: 'Run it again: it goes on from here.' }))
  }
  return undefined
}

function outputsOf(stack: Stack, session: StateSession): object {
  const addressOf = new Map([...stack.members.values()].map((member) => [member.wanted as object, member.address]))
  return Object.fromEntries(
    Object.entries(stack.outputs).map(([name, output]) => {
      const value = evaluateOutput(
        output,
        (wanted) => {
          const recorded = session.resources.get(addressOf.get(wanted) ?? '')
          return recorded?.id === undefined ? new Later('') : { id: recorded.id, outputs: recorded.outputs }
        },
        () => {},
      )
      return [name, value instanceof Later ? undefined : value]
    }),
  )
}
