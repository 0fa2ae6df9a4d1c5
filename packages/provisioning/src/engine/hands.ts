import type { CloudError, Owner } from '@hanse/core'
import { cloudError } from '@hanse/core'
import { err, ok } from 'neverthrow'
import type { Result } from 'neverthrow'
import pLimit from 'p-limit'
import type { LimitFunction } from 'p-limit'
import type { OperationCall, Operations, Seen } from '../operations/operations.ts'
import { madeNothing } from '../operations/operations.ts'
import type { CloudSet } from '../plan/cloud-set.ts'
import { emptyOf } from '../plan/diff.ts'
import type { Known } from '../plan/evaluate.ts'
import { evaluate } from '../plan/evaluate.ts'
import { isLater, Later } from '../plan/later.ts'
import type { Work } from '../plan/plan.ts'
import type { Member } from '../stack/members.ts'
import type { StackError } from '../stack-error.ts'
import { isStackError } from '../stack-error.ts'
import type { RecordedResource } from '../state/recorded-resource.ts'
import { nodeStateRuntime } from '../state/state-runtime.ts'
import type { StateSession } from '../state/state-store.ts'
import type { SpecSeal } from './known-state.ts'
import type { StackEvent, Step } from './stack-event.ts'
import type { Hands } from './tasks.ts'

/** What carrying out a plan needs. */
export interface HandsInput {
  readonly clouds: CloudSet
  readonly owner: Owner
  readonly session: StateSession
  readonly seal: SpecSeal
  readonly members: ReadonlyMap<string, Member>
  readonly parallelism: number
  readonly readyTimeoutMs: number
  readonly pollMs: number | undefined
  readonly emit: (event: StackEvent) => void
}

/** What came of it. */
export interface Outcome {
  readonly failures: { readonly address: string; readonly error: CloudError }[]
  readonly skipped: string[]
  /** The state itself failed; nothing new begins after it. */
  stateError: StackError | undefined
}

/**
 * Carries out the parts of a plan, each between two lines of the journal: what is about to be done is durable before it is asked of the
 * cloud, and what was done is written when the cloud has said so. Killed in between, the next run finds the truth by the key of the first line.
 */
export function hands(input: HandsInput, outcome: Outcome): Hands {
  const { clouds, owner, session, seal, members, emit } = input
  const places = new Map<string, LimitFunction>()
  /** A place among the calls of one cloud. */
  const inPlace = <T>(on: string, run: () => PromiseLike<T>): Promise<T> => {
    const limit = places.get(on) ?? pLimit(input.parallelism)
    places.set(on, limit)
    return limit(() => run())
  }
  const addressOf = new Map([...members.values()].map((member) => [member.wanted as object, member.address]))
  const known = (address: string | undefined): Known | Later => {
    const recorded = address === undefined ? undefined : session.resources.get(address)
    return recorded?.id === undefined ? new Later(address ?? '') : { id: recorded.id, outputs: recorded.outputs }
  }

  return {
    make: (work) => {
      const does = work.change.action === 'update' ? 'update' : 'create'
      if (work.change.action === 'none')
        return work.isPending ? step(work, 'update', (operations, seen) => becomeReady(operations, work, seen)) : Promise.resolve(true)
      return step(work, does, (operations, at) => (does === 'update' ? update(operations, work, at) : create(operations, work, at)))
    },
    remove: (work) => step(work, 'delete', (operations) => remove(operations, work)),
    skip: (work, part, because) => {
      if (work.change.action === 'none') return
      outcome.skipped.push(work.change.address)
      emit({
        type: 'skipped',
        step: stepOf(work, part === 'remove' ? 'delete' : work.change.action === 'update' ? 'update' : 'create'),
        because,
      })
    },
  }

  async function step(work: Work, does: Step['does'], run: (operations: Operations, at: Step) => Promise<Done>): Promise<boolean> {
    const at = stepOf(work, does)
    const startedAt = nodeStateRuntime.now()
    emit({ type: 'started', step: at })
    const operations = clouds.operations(
      does === 'delete' ? (work.recorded?.on ?? at.on) : at.on,
      does === 'delete' ? (work.recorded?.kind ?? at.kind) : at.kind,
    )
    const done = operations === undefined ? err(noOperations(at)) : await run(operations, at)
    const durationMs = nodeStateRuntime.now() - startedAt
    if (done.isOk()) {
      emit({ type: 'done', step: at, id: done.value, durationMs })
      return true
    }
    if (isStackError(done.error)) {
      outcome.stateError ??= done.error
      emit({ type: 'skipped', step: at, because: done.error.message })
      return false
    }
    outcome.failures.push({ address: at.address, error: done.error })
    emit({ type: 'failed', step: at, error: done.error, durationMs })
    return false
  }

  async function create(operations: Operations, work: Work, at: Step): Promise<Done> {
    const { change, generation, key } = work
    const kind = clouds.kind(change.kind)
    const member = members.get(change.address)
    if (kind === undefined || member === undefined) return err(noOperations(at))
    const spec = specOf(member, work)
    if (spec.isErr()) return err(spec.error)
    const sealed = seal.seal(change.address, kind, { ...spec.value, ...unpinned(member, work) })
    if (sealed.isErr()) return err(sealed.error)
    // Whoever depended on what is gone finds its successor under the same address.
    const recorded = session.resources.get(change.address)
    if (work.isGone && recorded !== undefined && recorded.generation !== generation) {
      const noted = await session.append({ type: 'gone', address: change.address, generation: recorded.generation })
      if (noted.isErr()) return err(noted.error)
    }
    const action = session.resources.has(change.address) ? 'replace' : 'create'
    const intent = {
      type: 'intent',
      action,
      address: change.address,
      generation,
      key,
      kind: change.kind,
      on: change.on,
      name: change.name ?? '',
      spec: sealed.value,
      dependsOn: change.dependsOn,
    } as const
    const begun = await session.append(intent)
    if (begun.isErr()) return err(begun.error)
    const made = await inPlace(change.on, () => operations.create(spec.value, { key, owner, again: false }))
    if (made.isErr()) return failed(work, generation, made.error, madeNothing(made.error))
    for (const warning of made.value.warnings) emit({ type: 'warning', step: at, warning })
    return finish(operations, work, at, generation, made.value, spec.value)
  }

  /** From an accepted create to one that is ready. */
  async function finish(
    operations: Operations,
    work: Work,
    at: Step,
    generation: number,
    made: Seen,
    spec: Readonly<Record<string, unknown>>,
  ): Promise<Done> {
    const { address } = work.change
    let ready = made
    if (made.meaning !== 'ready') {
      const accepted = await session.append({ type: 'accepted', address, generation, id: made.id })
      if (accepted.isErr()) return err(accepted.error)
      const waited = await settle(operations, at, made, spec)
      if (waited.isErr()) return failed(work, generation, waited.error, false)
      ready = waited.value
    }
    const { id, outputs, observed } = ready
    const noted = await session.append({ type: 'done', address, generation, id, outputs, observed })
    return noted.isErr() ? err(noted.error) : ok(id)
  }

  async function settle(
    operations: Operations,
    at: Step,
    seen: Seen,
    spec: Readonly<Record<string, unknown>>,
  ): Promise<Result<Seen, CloudError>> {
    emit({ type: 'waiting', step: at, state: seen.state })
    let shown = seen.state
    const waited = await operations.settle(seen.id, 'ready', spec, {
      timeoutMs: input.readyTimeoutMs,
      pollMs: input.pollMs,
      onLook: (state) => {
        if (state !== shown) emit({ type: 'waiting', step: at, state })
        shown = state
      },
    })
    return waited.map((settled) => settled ?? seen)
  }

  async function becomeReady(operations: Operations, work: Work, at: Step): Promise<Done> {
    const { recorded } = work
    if (recorded?.id === undefined) return ok(undefined)
    const pending: Seen = {
      id: recorded.id,
      name: recorded.name,
      outputs: recorded.outputs,
      observed: recorded.observed ?? {},
      meaning: 'pending',
      state: 'not ready',
      warnings: [],
    }
    const waited = await settle(operations, at, pending, work.recordedSpec)
    if (waited.isErr()) return err(waited.error)
    const { id, outputs, observed } = waited.value
    const noted = await session.append({ type: 'done', address: recorded.address, generation: recorded.generation, id, outputs, observed })
    return noted.isErr() ? err(noted.error) : ok(id)
  }

  async function update(operations: Operations, work: Work, at: Step): Promise<Done> {
    const { change, recorded, fields, actions } = work
    const kind = clouds.kind(change.kind)
    const member = members.get(change.address)
    if (kind === undefined || member === undefined || recorded?.id === undefined) return err(noOperations(at))
    const spec = specOf(member, work)
    if (spec.isErr()) return err(spec.error)
    const sealed = seal.seal(change.address, kind, spec.value)
    if (sealed.isErr()) return err(sealed.error)
    const { generation } = recorded
    const intent = {
      type: 'intent',
      action: 'update',
      address: change.address,
      generation,
      name: change.name ?? '',
      spec: sealed.value,
      dependsOn: change.dependsOn,
    } as const
    const begun = await session.append(intent)
    if (begun.isErr()) return err(begun.error)
    const set = Object.fromEntries(
      fields.map((field) => {
        const shape = kind.kind.fields[field]?.shape
        return [field, spec.value[field] ?? (shape === undefined ? undefined : emptyOf(shape))]
      }),
    )
    const acted = actions.map(({ action, field }) => ({ action, value: spec.value[field] }))
    const call: OperationCall = { key: `${recorded.key}/update/${session.version}`, owner, again: false }
    const changed = await inPlace(change.on, () =>
      operations.update(recorded.id ?? '', { fields: set, actions: acted }, { wanted: spec.value, recorded: work.recordedSpec }, call),
    )
    if (changed.isErr()) return failed(work, generation, changed.error, false)
    return finish(operations, work, at, generation, changed.value, spec.value)
  }

  async function remove(operations: Operations, work: Work): Promise<Done> {
    const before = predecessor(work)
    if (before === undefined) return ok(undefined)
    const { address, generation } = before
    if (before.id === undefined || work.isGone) return gone(address, generation)
    const begun = await session.append({ type: 'intent', action: 'delete', address, generation })
    if (begun.isErr()) return err(begun.error)
    const call: OperationCall = { key: before.key, owner, again: false }
    const deleted = await inPlace(before.on, () => operations.delete(before.id ?? '', work.recordedSpec, call))
    if (deleted.isErr()) return failed(work, generation, deleted.error, false)
    const waited = await operations.settle(before.id, 'absent', work.recordedSpec, {
      timeoutMs: input.readyTimeoutMs,
      pollMs: input.pollMs,
    })
    if (waited.isErr()) return failed(work, generation, waited.error, false)
    return gone(address, generation)
  }

  async function gone(address: string, generation: number): Promise<Done> {
    const noted = await session.append({ type: 'gone', address, generation })
    return noted.isErr() ? err(noted.error) : ok(undefined)
  }

  /** What is to be removed now: the recorded incarnation, wherever it stands in the chain of the address. */
  function predecessor({ change, recorded }: Work): RecordedResource | undefined {
    let found = session.resources.get(change.address)
    while (found !== undefined && found.generation !== recorded?.generation) found = found.previous
    return found
  }

  async function failed(work: Work, generation: number, error: CloudError, nothingMade: boolean): Promise<Done> {
    const { address } = work.change
    const noted = await session.append(
      nothingMade
        ? { type: 'gone', address, generation }
        : { type: 'failed', address, generation, code: error.code, message: error.message },
    )
    return err(noted.isErr() ? noted.error : error)
  }

  /** The whole spec, now that everything that it refers to is there. */
  function specOf(member: Member, work: Work): Result<Readonly<Record<string, unknown>>, CloudError> {
    const faults: string[] = []
    const evaluated = evaluate(
      member.spec,
      (wanted) => known(addressOf.get(wanted)),
      (path, cause) =>
        faults.push(`${path.join('.')}: a function of the program failed: ${cause instanceof Error ? cause.message : String(cause)}`),
    ) as Readonly<Record<string, unknown>>
    const { name } = work.change
    const spec = { ...evaluated, ...(name === undefined ? {} : { name }), ...work.pinned }
    const context = { driver: 'provisioning', operation: `${work.change.kind}.evaluate` }
    if (faults.length > 0) return err(cloudError('InvalidArgument', faults.join('; '), context, { path: [] }))
    const missing = Object.keys(spec).find((field) => isLater((spec as Readonly<Record<string, unknown>>)[field]))
    if (missing !== undefined)
      return err(cloudError('InvalidArgument', `${missing}: what it refers to is not there`, context, { path: [missing] }))
    return ok(spec)
  }

  /** What is recorded as asked: the selector, not the id that was chosen by it. */
  function unpinned(member: Member, { pinned }: Work): Readonly<Record<string, unknown>> {
    return Object.fromEntries(Object.keys(pinned).map((field) => [field, member.spec[field]]))
  }
}

/** The id of what was done to, or why it was not: the cloud's error, or the state's. */
type Done = Result<string | undefined, CloudError | StackError>

const stepOf = ({ change, recorded }: Work, does: Step['does']): Step => ({
  address: change.address,
  kind: does === 'delete' ? (recorded?.kind ?? change.kind) : change.kind,
  on: does === 'delete' ? (recorded?.on ?? change.on) : change.on,
  does,
  name: does === 'delete' ? (recorded?.name ?? change.name) : change.name,
})

const noOperations = (at: Step): CloudError =>
  cloudError(
    'Unsupported',
    `the cloud ${at.on} was not given, or has no ${at.kind}`,
    { driver: at.on, operation: `${at.kind}.${at.does}` },
    { capability: at.kind },
  )
