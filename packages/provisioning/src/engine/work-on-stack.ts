import type { CloudError, Owner } from '@hanse/core'
import { err, ok, Result } from 'neverthrow'
import type { CloudSet } from '../plan/cloud-set.ts'
import type { Plan, Recovered, WorkingPlan } from '../plan/plan.ts'
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
import type { StackOptions } from './options.ts'
import { prepareMembers } from './prepare-members.ts'
import { refresh } from './refresh.ts'
import { settlePending } from './settle-pending.ts'
import type { StackEvent } from './stack-event.ts'

/** A plan, with what was known when it was made. */
export interface Looked {
  readonly working: WorkingPlan
  readonly seal: SpecSeal
  readonly owner: Owner
  readonly desired: Desired
}

/** What the stack's name, members and problems are; `destroy` and `recover` have no program, only a name. */
export type Desired = Pick<Stack, 'name' | 'members' | 'problems'>

/**
 * Looks at the state and at the clouds and makes the plan. What earlier runs left unfinished is found out first; `note` writes that down,
 * or, without a lease, it is only thought through.
 */
export async function lookAndPlan(
  program: Desired,
  clouds: CloudSet,
  state: Pick<StateView, 'stackId' | 'resources' | 'generation'>,
  options: StackOptions,
  emit: (event: StackEvent) => void,
  note?: (event: StateEvent) => PromiseLike<Result<void, StackError>>,
): Promise<Result<Looked, StackError>> {
  const desired = await prepareMembers(program, clouds)
  // A stack that nobody has applied has no id yet; nothing of it is in any cloud.
  const stackId = state.stackId ?? '00000000-0000-0000-0000-000000000000'
  const owner: Owner = { stack: stackId, environment: options.environment }
  const seal = specSeal(stackId, options.stateKey)
  const resources = note === undefined ? new Map(state.resources) : state.resources
  const before = openSpecs(seal, resources)
  if (before.isErr()) return err(before.error)

  const specOf = (resource: RecordedResource) => seal.open(resource).unwrapOr(resource.spec)
  const settled = await settlePending(clouds, owner, resources, specOf, options.signal)
  if (settled.isErr()) return err(lookFailed(settled.error))
  const recovered: Recovered[] = []
  for (const { recovered: found, events } of settled.value) {
    recovered.push(found)
    emit({ type: 'recovered', resource: found })
    for (const event of events) {
      const noted = note === undefined ? foldInto(resources, event) : await note(event)
      if (noted.isErr()) return err(noted.error)
    }
  }

  const specs = openSpecs(seal, resources)
  if (specs.isErr()) return err(specs.error)
  emit({ type: 'refreshing', resources: resources.size })
  const seen = await refresh(clouds, owner, resources, specs.value, options.signal)
  if (seen.isErr()) return err(lookFailed(seen.error))
  const working = planStack({
    stack: desired,
    environment: options.environment,
    stackId,
    generation: state.generation,
    recorded: resources,
    recordedSpecs: specs.value,
    seen: seen.value,
    recovered,
    clouds,
  })
  emit({ type: 'planned', plan: working.plan })
  return ok({ working, seal, owner, desired })
}

/** The first problem of a plan as an error; undefined when there is none. */
export function problemOf({ problems }: Plan): StackError | undefined {
  const [first] = problems
  if (first === undefined) return undefined
  const lines = problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
  const message =
    lines.length === 1 ? (lines[0] ?? '') : `${lines.length} things are wrong:\n${lines.map((line) => `  ${line}`).join('\n')}`
  const lacks = problems.every(({ capability }) => capability !== undefined)
  return lacks && first.capability !== undefined
    ? stackError('Unsupported', message, { capability: first.capability, path: first.path })
    : stackError('InvalidStack', message, { path: first.path })
}

/** Calls the listener and lets nothing that it throws come back. */
export const emitter = ({ onEvent }: StackOptions): ((event: StackEvent) => void) => {
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
