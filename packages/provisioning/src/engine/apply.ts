import { cloudError } from '@hanse/core'
import { err, ok, ResultAsync } from 'neverthrow'
import type { Result } from 'neverthrow'
import type { CloudSet } from '../plan/cloud-set.ts'
import { evaluateOutput, programFault } from '../plan/evaluate.ts'
import { Later } from '../plan/later.ts'
import type { Plan } from '../plan/plan.ts'
import type { Stack } from '../stack/stack.ts'
import type { CloudsFor } from '../stack/wanted.ts'
import { stackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'
import type { StateSession } from '../state/state-store.ts'
import type { Outcome } from './hands.ts'
import { hands } from './hands.ts'
import { defaultParallelism } from './options.ts'
import type { ApplyOptions } from './options.ts'
import { preflight, problemOf } from './preflight.ts'
import { runGraph } from './run-graph.ts'
import type { Task } from './run-graph.ts'
import { tasksOf } from './tasks.ts'
import type { Desired } from './work-on-stack.ts'
import { emitter, lookAndPlan } from './work-on-stack.ts'

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
  const run = carryOut(stack, clouds, options, (session) => outputsOf(stack, session))
  // What the outputs of the stack compute, by name.
  return new ResultAsync(run) as ResultAsync<Applied<Outputs>, StackError>
}

/**
 * Deletes everything that the state of a stack records, what needs something before what is needed. It takes the name alone: the program is
 * not run. Err: as {@link apply}.
 */
export function destroy(stack: Pick<Stack, 'name'>, clouds: object, options: ApplyOptions): ResultAsync<Applied<object>, StackError> {
  const nothing: Desired = { name: stack.name, members: new Map(), problems: [] }
  return new ResultAsync(carryOut(nothing, clouds, options, () => ok({})))
}

type OutputsOf = (session: StateSession) => Result<object, StackError>

async function carryOut(
  program: Desired,
  given: unknown,
  options: ApplyOptions,
  outputs: OutputsOf,
): Promise<Result<Applied<object>, StackError>> {
  const checked = await preflight(program, given, options)
  if (checked.isErr()) return err(checked.error)
  const { desired, clouds, problems } = checked.value
  const problem = problemOf(problems)
  if (problem !== undefined) return err(problem)
  const leased = await options.state
    .open(program.name, options.environment)
    .andThen((state) => state.lease({ waitMs: options.leaseWaitMs, signal: options.signal, origin: options.origin }))
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
  outputs: OutputsOf,
): Promise<Result<Applied<object>, StackError>> {
  const { signal, parallelism = defaultParallelism, readyTimeoutMs = 1_800_000, pollMs } = options
  const emit = emitter(options)
  const looked = await lookAndPlan(desired, clouds, session, options, emit, {
    append: (event) => session.append(event),
    wait: { timeoutMs: readyTimeoutMs, pollMs },
  })
  if (looked.isErr()) return err(looked.error)
  const { working, seal, owner } = looked.value
  const { plan } = working
  const problem = problemOf(plan.problems)
  if (problem !== undefined) return err(problem)
  const confirmed = await confirm(options, plan)
  if (confirmed.isErr()) return err(confirmed.error)
  if (!confirmed.value) return ok({ plan, applied: false, outputs: {} })

  const outcome: Outcome = { failures: [], skipped: new Set(), stateError: undefined }
  const stopped = (): string | undefined => {
    if (signal?.aborted === true) return 'the run was cancelled'
    return session.lost.aborted || outcome.stateError !== undefined ? 'the state can no longer be written' : undefined
  }
  const { members } = desired
  const does = hands({ clouds, owner, session, seal, members, parallelism, readyTimeoutMs, pollMs, emit, stopped }, outcome)
  const stuck = await runGraph(tasksOf(working, session.resources, does), stopped)
  if (stuck.length > 0) outcome.failures.push(waitForEachOther(stuck))
  return verdict(outcome, session) ?? outputs(session).map((values) => ({ plan, applied: true, outputs: values }))
}

/** Asks whoever decides; what is thrown instead of an answer is a no with a reason. */
const confirm = (options: ApplyOptions, plan: Plan): ResultAsync<boolean, StackError> =>
  ResultAsync.fromThrowable(
    async () => options.confirm === undefined || (await options.confirm(plan)),
    (cause) => stackError('InvalidInput', `confirm failed: ${String(cause)}. Nothing was changed.`, { path: ['confirm'] }, { cause }),
  )()

const waitForEachOther = (stuck: readonly Task[]): Outcome['failures'][number] => {
  const names = stuck.map(({ id }) => id).join(', ')
  const message = `cannot be brought into an order: ${names} wait for each other`
  return { address: stuck[0]?.id ?? '', error: cloudError('Unknown', message, { driver: 'provisioning', operation: 'apply' }, {}) }
}

function verdict(outcome: Outcome, session: StateSession): Result<never, StackError> | undefined {
  if (outcome.stateError !== undefined) return err(outcome.stateError)
  // The signal's reason, as StateSession promises.
  if (session.lost.aborted) return err(session.lost.reason as StackError)
  const [first, ...others] = outcome.failures
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` (and ${others.length} more: ${others.map(({ address }) => address).join(', ')})`
    const remedy = 'What does not depend on it was finished. Mend the cause and run it again: it goes on from here.'
    return err(stackError('ResourceFailed', `${first.address}: ${first.error.message}${more}`, first, { remedy, cause: first.error }))
  }
  if (outcome.skipped.size > 0) {
    const unfinished = [...outcome.skipped]
    const message = `Cancelled; ${unfinished.length} left: ${unfinished.join(', ')}`
    return err(stackError('Cancelled', message, { unfinished }, { remedy: 'Run it again: it goes on from here.' }))
  }
  return undefined
}

function outputsOf(stack: Stack, session: StateSession): Result<object, StackError> {
  const addressOf = new Map([...stack.members.values()].map((member) => [member.wanted as object, member.address]))
  let fault: StackError | undefined
  const values = Object.entries(stack.outputs).map(([name, output]) => {
    const value = evaluateOutput(
      output,
      (wanted) => {
        const address = addressOf.get(wanted) ?? ''
        const recorded = session.resources.get(address)
        return recorded?.id === undefined ? new Later(address) : { id: recorded.id, outputs: recorded.outputs }
      },
      (cause) => {
        const remedy = 'Everything was applied. Mend the function and apply again: it finds nothing else to do.'
        fault ??= stackError(
          'InvalidStack',
          `outputs.${name}: ${programFault(cause, true)}`,
          { path: ['outputs', name] },
          { remedy, cause },
        )
      },
    )
    return [name, value instanceof Later ? undefined : value] as const
  })
  return fault === undefined ? ok(Object.fromEntries(values)) : err(fault)
}
