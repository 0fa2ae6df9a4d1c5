import type { CloudResult, Owner } from '@hanse/core'
import { err, ok } from 'neverthrow'
import type { Operations, Seen } from '../operations/operations.ts'
import { sameJson } from '../operations/to-json.ts'
import type { CloudSet } from '../plan/cloud-set.ts'
import type { Recovered } from '../plan/plan.ts'
import type { JsonObject, RecordedResource } from '../state/recorded-resource.ts'
import type { StateEvent } from '../state/state-event.ts'
import { incarnations } from './known-state.ts'
import type { OpenedSpecs, SpecSeal } from './known-state.ts'
import { mergedUpdate } from './merged-update.ts'
import type { MergedUpdate } from './merged-update.ts'

/** What became of one thing that an earlier run had begun, and the events that say so. */
export interface Settled {
  readonly recovered: Recovered
  readonly events: readonly StateEvent[]
}

/** What finding out needs. */
export interface SettleInput {
  readonly clouds: CloudSet
  readonly owner: Owner
  readonly recorded: ReadonlyMap<string, RecordedResource>
  readonly specs: OpenedSpecs
  readonly seal: SpecSeal
  readonly signal: AbortSignal | undefined
  /** Waits for what is there and not ready, so that its outputs are whole when the plan is made; a plan that is only shown does not wait. */
  readonly wait: { readonly timeoutMs: number; readonly pollMs: number | undefined } | undefined
}

/**
 * Finds out what became of everything that an earlier run had begun and not ended: it asks the cloud by id, or by the key that was journaled
 * before the call. It changes nothing in the cloud; what it gives is for the journal.
 */
export async function settlePending(input: SettleInput): Promise<CloudResult<readonly Settled[]>> {
  const pending = [...input.recorded.values()].flatMap(incarnations).filter(({ status }) => status !== 'present')
  const settled = await Promise.all(pending.map((resource) => settleOne(input, resource)))
  const all: Settled[] = []
  for (const one of settled) {
    if (one.isErr()) return err(one.error)
    if (one.value !== undefined) all.push(one.value)
  }
  return ok(all)
}

async function settleOne(input: SettleInput, resource: RecordedResource): Promise<CloudResult<Settled | undefined>> {
  const { clouds, owner, specs, signal } = input
  const { address, generation, kind, key, pending } = resource
  const operations = clouds.operations(resource.on, kind)
  // The check of needs says what is missing; nothing is concluded meanwhile.
  if (operations === undefined) return ok(undefined)
  const spec = specs.get(resource) ?? resource.spec
  const begun = pending?.action ?? 'create'
  const looked =
    resource.id === undefined
      ? await operations.findMade(spec, { key, owner, again: true, signal })
      : await operations.read(resource.id, spec, signal)
  if (looked.isErr()) return err(looked.error)
  if (looked.value === undefined)
    return ok({ recovered: { address, kind, begun, found: 'absent' }, events: [{ type: 'gone', address, generation }] })
  const { id } = looked.value
  // A delete that was begun and not carried out stays begun: the plan goes on with it.
  if (begun === 'delete') return ok({ recovered: { address, kind, begun, found: 'unchanged', id }, events: [] })

  const found = await whenReady(input, operations, looked.value, spec)
  if (found.isErr()) return err(found.error)
  const { outputs, observed } = found.value
  if (begun !== 'update')
    return ok({
      recovered: { address, kind, begun, found: 'present', id },
      events: [{ type: 'done', address, generation, id, outputs, observed }],
    })
  const now = merge(input, resource, spec, observed)
  return ok({
    recovered: { address, kind, begun, found: sameJson(now.spec, resource.spec) ? 'unchanged' : 'present', id },
    events: [{ type: 'done', address, generation, id, outputs, ...now }],
  })
}

/** What is there, ready if it ever will be. What has failed for good is for the plan to see. */
async function whenReady(input: SettleInput, operations: Operations, seen: Seen, spec: JsonObject): Promise<CloudResult<Seen>> {
  if (seen.meaning !== 'pending' || input.wait === undefined) return ok(seen)
  const waited = await operations.settle(seen.id, 'ready', spec, { ...input.wait, signal: input.signal })
  if (waited.isOk()) return ok(waited.value ?? seen)
  return waited.error.code === 'FailedPrecondition' ? ok(seen) : err(waited.error)
}

function merge({ clouds, seal }: SettleInput, resource: RecordedResource, before: JsonObject, seen: JsonObject): MergedUpdate {
  const kind = clouds.kind(resource.kind)?.kind
  const to = resource.pending?.to?.spec
  if (kind === undefined || to === undefined) return { spec: resource.spec, observed: resource.observed ?? {} }
  // It opens with the key that has opened the spec of before.
  const opened: JsonObject = seal.open(resource.address, to).unwrapOr(to)
  return mergedUpdate(kind, resource, { sealed: resource.spec, open: before }, { sealed: to, open: opened }, seen)
}
