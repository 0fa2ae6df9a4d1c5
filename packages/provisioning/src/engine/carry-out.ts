import type { CloudError, Owner } from '@hanse/core'
import { cloudError } from '@hanse/core'
import { err, ok } from 'neverthrow'
import type { Result } from 'neverthrow'
import type { Operations, Seen } from '../operations/operations.ts'
import { madeNothing } from '../operations/operations.ts'
import type { StackKind } from '../operations/stack-kind.ts'
import type { CloudSet } from '../plan/cloud-set.ts'
import { emptyOf } from '../plan/diff.ts'
import type { Knows } from '../plan/evaluate.ts'
import { Later } from '../plan/later.ts'
import type { Work } from '../plan/plan.ts'
import type { Member } from '../stack/members.ts'
import type { StackError } from '../stack-error.ts'
import type { RecordedResource } from '../state/recorded-resource.ts'
import type { StateEvent } from '../state/state-event.ts'
import type { StateSession } from '../state/state-store.ts'
import { finalSpec } from './final-spec.ts'
import { incarnations } from './known-state.ts'
import type { SpecSeal } from './known-state.ts'
import type { StackEvent, Step } from './stack-event.ts'

/** What the parts of a plan need. */
export interface CarryOutInput {
  readonly clouds: CloudSet
  readonly owner: Owner
  readonly session: StateSession
  readonly seal: SpecSeal
  readonly members: ReadonlyMap<string, Member>
  readonly readyTimeoutMs: number
  readonly pollMs: number | undefined
  /** Told what happens between the start and the end of a step. */
  readonly tell: (step: Step, event: Told) => void
}

type Without<E> = E extends { readonly step: Step } ? Omit<E, 'step'> : never
type Told = Extract<Without<StackEvent>, { readonly type: 'waiting' | 'warning' }>

/** What came of a part of a plan: the id of what it was about, and what is left to wait for. */
export type Done = Result<{ readonly id: string | undefined; readonly wait?: (() => Promise<Done>) | undefined }, CloudError | StackError>

/** A part of a plan, up to the answer of the cloud. */
export type Part = (step: Step) => Promise<Done>

/** How each part of a plan is carried out. */
export interface Parts {
  create(work: Work): Part
  update(work: Work): Part
  remove(work: Work): Part
  /** What is left alone: waits for what is not ready, and records what it now refers to. */
  follow(work: Work): Part
  isAsRecorded(work: Work): boolean
}

/**
 * Carries out the parts of a plan, each between two lines of the journal: what is about to be done is durable before it is asked of the
 * cloud, and what was done is written when the cloud has said so. Killed in between, the next run finds the truth by the key of the first
 * line, or by the id that was known.
 */
export function carriedOut(input: CarryOutInput): Parts {
  const { clouds, owner, session, seal, members } = input
  const addressOf = new Map([...members.values()].map((member) => [member.wanted as object, member.address]))
  const knows: Knows = (wanted) => {
    const address = addressOf.get(wanted) ?? ''
    const recorded = session.resources.get(address)
    return recorded?.id === undefined ? new Later(address) : { id: recorded.id, outputs: recorded.outputs }
  }

  return {
    create: (work) => async (step) => {
      const { change, generation, key } = work
      const [found, member] = [clouds.kind(change.kind), members.get(change.address)]
      const operations = clouds.operations(change.on, change.kind)
      if (found === undefined || member === undefined || operations === undefined) return err(lacking(step))
      const spec = sealedSpec(found, member, work)
      if (spec.isErr()) return err(spec.error)
      // Whoever depended on what is gone finds its successor under the same address.
      const recorded = session.resources.get(change.address)
      if (work.isGone && recorded !== undefined && recorded.generation !== generation) {
        const noted = await session.append({ type: 'gone', address: change.address, generation: recorded.generation })
        if (noted.isErr()) return err(noted.error)
      }
      const { address, kind, on, name = '', dependsOn } = change
      const action = session.resources.has(address) ? 'replace' : 'create'
      const begun = await session.append({
        type: 'intent',
        action,
        address,
        generation,
        key,
        kind,
        on,
        name,
        spec: spec.value.sealed,
        dependsOn,
      })
      if (begun.isErr()) return err(begun.error)
      const made = await operations.create(spec.value.asked, { key, owner, again: false })
      if (made.isErr()) return failed({ address, generation }, made.error, madeNothing(made.error))
      for (const warning of made.value.warnings) input.tell(step, { type: 'warning', warning })
      return finish(operations, step, generation, made.value, spec.value.asked)
    },

    update: (work) => async (step) => {
      const { change, recorded } = work
      const [found, member] = [clouds.kind(change.kind), members.get(change.address)]
      const operations = clouds.operations(change.on, change.kind)
      if (found === undefined || member === undefined || operations === undefined || recorded?.id === undefined) return err(lacking(step))
      const { id, generation } = recorded
      const spec = sealedSpec(found, member, work)
      if (spec.isErr()) return err(spec.error)
      const { address, name = '', dependsOn } = change
      const begun = await session.append({
        type: 'intent',
        action: 'update',
        address,
        generation,
        name,
        spec: spec.value.sealed,
        dependsOn,
      })
      if (begun.isErr()) return err(begun.error)
      const { asked } = spec.value
      const fields = Object.fromEntries(work.fields.map((field) => [field, asked[field] ?? emptyValue(found, field)]))
      const actions = work.actions.map(({ action, field }) => ({ action, value: asked[field] }))
      const call = { key: `${recorded.key}/update/${session.version}`, owner, again: false }
      const changed = await operations.update(id, { fields, actions }, { wanted: asked, recorded: work.recordedSpec }, call)
      if (changed.isErr()) return failed({ address, generation }, changed.error, false)
      return finish(operations, step, generation, changed.value, asked)
    },

    remove: (work) => async (step) => {
      const before = standing(work)
      if (before === undefined) return ok({ id: undefined })
      const { address, generation, id } = before
      if (id === undefined || work.isGone) return note({ type: 'gone', address, generation }, undefined)
      const operations = clouds.operations(before.on, before.kind)
      if (operations === undefined) return err(lacking(step))
      const begun = await session.append({ type: 'intent', action: 'delete', address, generation })
      if (begun.isErr()) return err(begun.error)
      const deleted = await operations.delete(id, work.recordedSpec, { key: before.key, owner, again: false })
      if (deleted.isErr()) return failed({ address, generation }, deleted.error, false)
      const untilAbsent = async (): Promise<Done> => {
        const waited = await operations.settle(id, 'absent', work.recordedSpec, waiting(step, ''))
        if (waited.isErr()) return failed({ address, generation }, waited.error, false)
        return note({ type: 'gone', address, generation }, id)
      }
      return ok({ id, wait: untilAbsent })
    },

    follow: (work) => async (step) => {
      const { change, recorded } = work
      if (recorded?.id === undefined) return ok({ id: undefined })
      const { address, generation, id } = recorded
      if (change.action === 'none' && !refersAsRecorded(work)) {
        const noted = await session.append({ type: 'recorded', resource: { ...recorded, dependsOn: change.dependsOn } })
        if (noted.isErr()) return err(noted.error)
      }
      const operations = clouds.operations(change.on, change.kind)
      if (!work.isPending || operations === undefined) return ok({ id })
      const untilReady = async (): Promise<Done> => {
        const waited = await operations.settle(id, 'ready', work.recordedSpec, waiting(step, 'not ready'))
        if (waited.isErr()) return err(waited.error)
        const { outputs = recorded.outputs, observed = recorded.observed } = waited.value ?? {}
        return note({ type: 'done', address, generation, id, outputs, observed }, id)
      }
      return ok({ id, wait: untilReady })
    },

    isAsRecorded: (work) => !work.isPending && refersAsRecorded(work),
  }

  function sealedSpec(kind: StackKind, member: Member, work: Work) {
    return finalSpec(kind, member, work, knows).andThen(({ asked, recorded }) =>
      seal.seal(member.address, kind, recorded).map((sealed) => ({ asked, sealed })),
    )
  }

  /** From what the cloud has accepted to what is ready. */
  async function finish(
    operations: Operations,
    step: Step,
    generation: number,
    made: Seen,
    spec: Readonly<Record<string, unknown>>,
  ): Promise<Done> {
    const { address } = step
    const done = ({ id, outputs, observed }: Seen): Promise<Done> => note({ type: 'done', address, generation, id, outputs, observed }, id)
    if (made.meaning === 'ready') return done(made)
    const accepted = await session.append({ type: 'accepted', address, generation, id: made.id })
    if (accepted.isErr()) return err(accepted.error)
    const untilReady = async (): Promise<Done> => {
      const waited = await operations.settle(made.id, 'ready', spec, waiting(step, made.state))
      return waited.isErr() ? failed({ address, generation }, waited.error, false) : done(waited.value ?? made)
    }
    return ok({ id: made.id, wait: untilReady })
  }

  /** How a wait is made; each new state is told once. */
  function waiting(step: Step, state: string) {
    let shown = state
    if (state !== '') input.tell(step, { type: 'waiting', state })
    const onLook = (seen: string): void => {
      if (seen !== shown) input.tell(step, { type: 'waiting', state: seen })
      shown = seen
    }
    return { timeoutMs: input.readyTimeoutMs, pollMs: input.pollMs, onLook }
  }

  async function note(event: StateEvent, id: string | undefined): Promise<Done> {
    return (await session.append(event)).map(() => ({ id }))
  }

  async function failed(
    about: { readonly address: string; readonly generation: number },
    error: CloudError,
    nothingMade: boolean,
  ): Promise<Done> {
    const event: StateEvent = nothingMade
      ? { ...about, type: 'gone' }
      : { ...about, type: 'failed', code: error.code, message: error.message }
    const noted = await session.append(event)
    return err(noted.isErr() ? noted.error : error)
  }

  /** What is to be removed now: the recorded incarnation, wherever it stands in the chain of the address. */
  function standing({ change, recorded }: Work): RecordedResource | undefined {
    const current = session.resources.get(change.address)
    return current && incarnations(current).find(({ generation }) => generation === recorded?.generation)
  }
}

/** A field that was taken out of the program is set to what stands for "left out". */
const emptyValue = ({ kind }: StackKind, field: string): unknown => {
  const shape = kind.fields[field]?.shape
  return shape === undefined ? undefined : emptyOf(shape)
}

const refersAsRecorded = ({ change, recorded }: Work): boolean => {
  const before = new Set(recorded?.dependsOn)
  return before.size === change.dependsOn.length && change.dependsOn.every((address) => before.has(address))
}

const lacking = (step: Step): CloudError =>
  cloudError(
    'Unsupported',
    `the cloud ${step.on} was not given, or has no ${step.kind}`,
    { driver: step.on, operation: `${step.kind}.${step.does}` },
    { capability: step.kind },
  )
