import type { CloudResult, Owner } from '@hanse/core'
import { err, ok } from 'neverthrow'
import pLimit from 'p-limit'
import type { CloudSet } from '../plan/cloud-set.ts'
import type { Recovered } from '../plan/plan.ts'
import type { JsonObject, RecordedResource } from '../state/recorded-resource.ts'
import type { StateEvent } from '../state/state-event.ts'

/** What became of one thing that an earlier run had begun, and the events that say so. */
export interface Settled {
  readonly recovered: Recovered
  readonly events: readonly StateEvent[]
}

const atATime = 10

/**
 * Finds out what became of everything that an earlier run had begun and not ended: it asks the cloud by id, or by the key that was journaled
 * before the call. It changes nothing in the cloud; what it gives is for the journal.
 */
export async function settlePending(
  clouds: CloudSet,
  owner: Owner,
  recorded: ReadonlyMap<string, RecordedResource>,
  specOf: (resource: RecordedResource) => JsonObject,
  signal: AbortSignal | undefined,
): Promise<CloudResult<readonly Settled[]>> {
  const pending = [...recorded.values()].flatMap(incarnations).filter(({ status }) => status !== 'present')
  const limit = pLimit(atATime)
  const settled = await Promise.all(pending.map((resource) => limit(() => settleOne(clouds, owner, resource, specOf(resource), signal))))
  const all: Settled[] = []
  for (const one of settled) {
    if (one.isErr()) return err(one.error)
    if (one.value !== undefined) all.push(one.value)
  }
  return ok(all)
}

/** A resource and the predecessors that are not known to be gone. */
const incarnations = (resource: RecordedResource): readonly RecordedResource[] =>
  resource.previous === undefined ? [resource] : [resource, ...incarnations(resource.previous)]

async function settleOne(
  clouds: CloudSet,
  owner: Owner,
  resource: RecordedResource,
  spec: JsonObject,
  signal: AbortSignal | undefined,
): Promise<CloudResult<Settled | undefined>> {
  const { address, generation, kind, key, pending } = resource
  const operations = clouds.operations(resource.on, kind)
  // The check of needs says what is missing; nothing is concluded meanwhile.
  if (operations === undefined) return ok(undefined)
  const begun = pending?.action ?? 'create'
  const found =
    resource.id === undefined
      ? await operations.findMade(spec, { key, owner, again: true, signal })
      : await operations.read(resource.id, spec, signal)
  if (found.isErr()) return err(found.error)
  if (found.value === undefined) {
    return ok({ recovered: { address, kind, begun, found: 'absent' }, events: [{ type: 'gone', address, generation }] })
  }
  const { id, outputs, observed } = found.value
  // A delete that was begun and not carried out stays begun: the plan goes on with it.
  if (begun === 'delete') return ok({ recovered: { address, kind, begun, found: 'unchanged', id }, events: [] })
  const events: readonly StateEvent[] =
    begun === 'update'
      ? // Which of the changes were made shows when they are compared with the cloud; those that were made are made again, to the same end.
        [
          {
            type: 'done',
            address,
            generation,
            id,
            outputs,
            ...(resource.observed === undefined ? {} : { observed: resource.observed }),
            spec: resource.spec,
          },
        ]
      : [{ type: 'done', address, generation, id, outputs, observed }]
  return ok({ recovered: { address, kind, begun, found: begun === 'update' ? 'unchanged' : 'present', id }, events })
}
