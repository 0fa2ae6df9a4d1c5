import { err, ok } from 'neverthrow'
import type { Result } from 'neverthrow'
import type { RecordedResource } from './recorded-resource.ts'
import type { CreateIntent, RecordedEvent, StateEvent, UpdateIntent } from './state-event.ts'

/**
 * Applies one event to the resources known so far. The state is nothing but the fold of its events.
 * An event that cannot follow what came before (a `done` nobody announced) changes nothing and is answered with the reason in words.
 */
export function applyEvent(resources: Map<string, RecordedResource>, event: StateEvent): Result<void, string> {
  if (event.type === 'recorded') {
    resources.set(event.resource.address, event.resource)
    return ok()
  }
  const recorded = resources.get(event.address)
  if (makesNew(event)) {
    return begin(recorded, event).map((resource) => void resources.set(event.address, resource))
  }
  const instance = incarnation(recorded, event.generation)
  if (recorded === undefined || instance === undefined) {
    return err(`'${event.type}' of ${event.address}, generation ${event.generation}, which the state does not know`)
  }
  return next(instance, event).map((changed) => {
    const resource = exchange(recorded, event.generation, changed)
    if (resource === undefined) resources.delete(event.address)
    else resources.set(event.address, resource)
  })
}

/** The generation that an event is about; predecessors are always older. */
export const generationOf = (event: StateEvent): number => (event.type === 'recorded' ? event.resource.generation : event.generation)

const makesNew = (event: StateEvent): event is CreateIntent =>
  event.type === 'intent' && (event.action === 'create' || event.action === 'replace')

function begin(recorded: RecordedResource | undefined, intent: CreateIntent): Result<RecordedResource, string> {
  const { action, address, generation, key, kind, on, name, spec, dependsOn } = intent
  const fresh: RecordedResource = {
    address,
    kind,
    on,
    name,
    key,
    generation,
    spec,
    outputs: {},
    dependsOn,
    status: 'pending',
    pending: { action },
  }
  if (action === 'create') return recorded === undefined ? ok(fresh) : err(`a create of ${address}, which stands in the state already`)
  if (recorded === undefined) return err(`a replace of ${address}, which the state does not know`)
  if (generation <= recorded.generation)
    return err(`a replace of ${address} by generation ${generation}, which is not newer than ${recorded.generation}`)
  return ok({ ...fresh, previous: recorded })
}

/** What one incarnation becomes; `undefined` when it is gone. */
function next(
  instance: RecordedResource,
  event: Exclude<StateEvent, CreateIntent | RecordedEvent>,
): Result<RecordedResource | undefined, string> {
  switch (event.type) {
    case 'intent':
      if (event.action === 'delete') return ok({ ...instance, status: 'deleting', pending: { action: 'delete' } })
      return instance.id === undefined
        ? err(`an update of ${event.address}, which is not known to be there`)
        : ok(updating(instance, event))
    case 'accepted':
      return ok({ ...instance, id: event.id })
    case 'done': {
      const { pending, ...rest } = instance
      const as = event.spec === undefined ? pending?.to : { spec: event.spec }
      const observed = event.observed ?? instance.observed
      return ok({ ...rest, ...as, id: event.id, outputs: event.outputs, ...(observed && { observed }), status: 'present' })
    }
    case 'failed':
      if (instance.pending === undefined) return err(`a failure of ${event.address}, for which nothing was begun`)
      return ok({ ...instance, pending: { ...instance.pending, failure: { code: event.code, message: event.message } } })
    case 'gone':
      return ok(undefined)
    default:
      return event satisfies never
  }
}

function updating(instance: RecordedResource, intent: UpdateIntent): RecordedResource {
  const { spec, name, dependsOn } = intent
  // Until it is known which of both holds, neither's needs may be deleted.
  const both = [...new Set([...instance.dependsOn, ...dependsOn])]
  return { ...instance, dependsOn: both, status: 'pending', pending: { action: 'update', to: { spec, name, dependsOn } } }
}

const incarnation = (resource: RecordedResource | undefined, generation: number): RecordedResource | undefined =>
  resource === undefined || resource.generation === generation ? resource : incarnation(resource.previous, generation)

/** The chain of incarnations with one exchanged or taken out. */
function exchange(resource: RecordedResource, generation: number, changed: RecordedResource | undefined): RecordedResource | undefined {
  const { previous, ...rest } = resource
  if (resource.generation === generation) return changed ?? previous
  const older = previous && exchange(previous, generation, changed)
  return older === undefined ? rest : { ...rest, previous: older }
}
