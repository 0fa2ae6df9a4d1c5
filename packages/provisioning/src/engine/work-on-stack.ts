import type { CloudError, Owner } from '@hanse/core'
import { err, ok, Result } from 'neverthrow'
import type { Seen } from '../operations/operations.ts'
import { sameJson } from '../operations/to-json.ts'
import type { CloudSet } from '../plan/cloud-set.ts'
import type { WorkingPlan } from '../plan/plan.ts'
import { planStack } from '../plan/plan-stack.ts'
import type { Stack } from '../stack/stack.ts'
import { stackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'
import { applyEvent } from '../state/fold.ts'
import type { RecordedResource } from '../state/recorded-resource.ts'
import type { StateEvent } from '../state/state-event.ts'
import type { StateView } from '../state/state-store.ts'
import { openSpecs, specSeal } from './known-state.ts'
import type { SpecSeal } from './known-state.ts'
import type { ApplyOptions } from './options.ts'
import { refresh } from './refresh.ts'
import { settlePending } from './settle-pending.ts'
import type { SettleInput } from './settle-pending.ts'
import type { StackEvent } from './stack-event.ts'

/** A plan, with what was known when it was made. */
export interface Looked {
  readonly working: WorkingPlan
  readonly seal: SpecSeal
  readonly owner: Owner
}

/** What the stack's name, members and problems are; `destroy` and `recover` have no program, only a name. */
export type Desired = Pick<Stack, 'name' | 'members' | 'problems'>

/** Writes down what a look has found. Without a lease it is only thought through. */
export interface Notes {
  readonly append: (event: StateEvent) => PromiseLike<Result<void, StackError>>
  /** Whoever may write may also wait for what is not ready. */
  readonly wait: SettleInput['wait']
}

/**
 * Looks at the state and at the clouds and makes the plan. What earlier runs left unfinished is found out first, so that the plan is made
 * of what is known.
 */
export async function lookAndPlan(
  desired: Desired,
  clouds: CloudSet,
  state: Pick<StateView, 'stackId' | 'origin' | 'resources' | 'generation'>,
  options: ApplyOptions,
  emit: (event: StackEvent) => void,
  notes?: Notes,
): Promise<Result<Looked, StackError>> {
  const { origin = state.origin } = options
  if (state.origin !== undefined && state.origin !== origin) return err(ofAnother(desired.name, options.environment, state.origin, origin))
  // A stack that nobody has applied has no id yet; nothing of it is in any cloud.
  const stackId = state.stackId ?? '00000000-0000-0000-0000-000000000000'
  const owner: Owner = { stack: stackId, environment: options.environment }
  const seal = specSeal(stackId, options.stateKey)
  const recorded = notes === undefined ? new Map(state.resources) : state.resources
  const append = notes?.append ?? ((event: StateEvent) => Promise.resolve(foldInto(recorded, event)))
  const before = openSpecs(seal, recorded)
  if (before.isErr()) return err(before.error)

  const { signal } = options
  const settled = await settlePending({ clouds, owner, recorded, specs: before.value, seal, signal, wait: notes?.wait })
  if (settled.isErr()) return err(lookFailed(settled.error))
  const recovered = settled.value.map((one) => one.recovered)
  for (const resource of recovered) emit({ type: 'recovered', resource })
  const noted = await all(
    append,
    settled.value.flatMap(({ events }) => events),
  )
  if (noted.isErr()) return err(noted.error)

  emit({ type: 'refreshing', resources: recorded.size })
  const current = openSpecs(seal, recorded)
  if (current.isErr()) return err(current.error)
  const seen = await refresh({ clouds, owner, recorded, specs: current.value, signal })
  if (seen.isErr()) return err(lookFailed(seen.error))
  const moved = await all(append, changedOutputs(recorded, seen.value))
  if (moved.isErr()) return err(moved.error)

  // Opened again, for what was noted has made new records.
  const specs = openSpecs(seal, recorded)
  if (specs.isErr()) return err(specs.error)
  const working = planStack({
    stack: desired,
    environment: options.environment,
    stackId,
    generation: state.generation,
    recorded,
    recordedSpecs: specs.value,
    seen: seen.value,
    recovered,
    clouds,
  })
  emit({ type: 'planned', plan: working.plan })
  return ok({ working, seal, owner })
}

/** What the clouds decide may change without anybody's doing; whoever uses it is to get what is so now. */
function changedOutputs(recorded: ReadonlyMap<string, RecordedResource>, seen: ReadonlyMap<string, Seen>): readonly StateEvent[] {
  return [...recorded.values()].flatMap((resource): readonly StateEvent[] => {
    const { address, generation, observed, status } = resource
    const shown = seen.get(address)
    if (shown === undefined || status !== 'present' || shown.meaning !== 'ready' || sameJson(shown.outputs, resource.outputs)) return []
    return [{ type: 'done', address, generation, id: shown.id, outputs: shown.outputs, ...(observed && { observed }) }]
  })
}

const ofAnother = (name: string, environment: string, recorded: string, given: string | undefined): StackError =>
  stackError(
    'InvalidStack',
    `name: the state of ${name}, environment ${environment}, belongs to another program: it is recorded for ${recorded}, and this is ${given}.`,
    { path: ['name'] },
    { remedy: `Give one of the stacks another name, or keep their states apart. If it is the same program, say that it is ${recorded}.` },
  )

/** Appends side by side: they share their syncs. */
const all = async (append: Notes['append'], events: readonly StateEvent[]): Promise<Result<void, StackError>> =>
  Result.combine(await Promise.all(events.map(append))).map(() => undefined)

/** Calls the listener and lets nothing that it throws come back. */
export const emitter = ({ onEvent }: Pick<ApplyOptions, 'onEvent'>): ((event: StackEvent) => void) => {
  if (onEvent === undefined) return () => {}
  // A listener's fault must not leave a stack half applied.
  const tell = Result.fromThrowable(onEvent)
  return (event) => {
    tell(event).unwrapOr(undefined)
  }
}

const foldInto = (resources: ReadonlyMap<string, RecordedResource>, event: StateEvent): Result<void, StackError> =>
  // The copy that lookAndPlan made.
  applyEvent(resources as Map<string, RecordedResource>, event).mapErr((reason) => stackError('StateUnreadable', reason, { path: '' }))

const lookFailed = (error: CloudError): StackError => {
  if (error.code === 'Cancelled') return stackError('Cancelled', 'Cancelled before anything was changed.', { unfinished: [] })
  return stackError(
    'ResourceFailed',
    `The cloud could not be looked at: ${error.message}`,
    { address: '', error },
    { remedy: 'Nothing was changed. Try again.', cause: error },
  )
}
