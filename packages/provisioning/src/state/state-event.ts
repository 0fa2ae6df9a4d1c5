import type { JsonObject, RecordedResource } from './recorded-resource.ts'

/**
 * Everything that can happen to a recorded resource: the closed union that a session appends and a fold replays.
 * Each names the address and the generation it is about, so that an event about a predecessor cannot be taken for one about its successor.
 */
export type StateEvent = IntentEvent | AcceptedEvent | DoneEvent | FailedEvent | GoneEvent | RecordedEvent

/** Written and synced before the call it announces. From here to its end the truth is with the cloud, under `key` or the known id. */
export type IntentEvent = CreateIntent | UpdateIntent | DeleteIntent

/** A new incarnation is about to be made; `replace` keeps the present one as `previous`. */
export interface CreateIntent {
  readonly type: 'intent'
  readonly action: 'create' | 'replace'
  readonly address: string
  /** Greater than every generation that the state has seen: `state.generation + 1` at the time of planning will do for a whole plan. */
  readonly generation: number
  readonly key: string
  readonly kind: string
  readonly on: string
  readonly name: string
  readonly spec: JsonObject
  readonly dependsOn: readonly string[]
}

/** A resource is about to be changed in place; the fields say how it will be when that is done. */
export interface UpdateIntent {
  readonly type: 'intent'
  readonly action: 'update'
  readonly address: string
  readonly generation: number
  readonly name: string
  readonly spec: JsonObject
  readonly dependsOn: readonly string[]
}

/** A resource, or the predecessor of one, is about to be deleted. */
export interface DeleteIntent {
  readonly type: 'intent'
  readonly action: 'delete'
  readonly address: string
  readonly generation: number
}

/** The cloud has accepted a create and told the id; the resource is not ready yet. */
export interface AcceptedEvent {
  readonly type: 'accepted'
  readonly address: string
  readonly generation: number
  readonly id: string
}

/** What was begun is done, or a look at the cloud has settled it: the resource is there as recorded. */
export interface DoneEvent {
  readonly type: 'done'
  readonly address: string
  readonly generation: number
  readonly id: string
  readonly outputs: JsonObject
  readonly observed?: JsonObject | undefined
  /** What is so, when that is not what the intent asked; an update found not to have happened, for one. */
  readonly spec?: JsonObject | undefined
}

/** What was begun ended with an error and may have had its effect. If it certainly has not, append `gone` (create) or `done` (update). */
export interface FailedEvent {
  readonly type: 'failed'
  readonly address: string
  readonly generation: number
  readonly code: string
  readonly message: string
}

/** That incarnation is known not to be there. If it was a replacement, its predecessor stands under the address again. */
export interface GoneEvent {
  readonly type: 'gone'
  readonly address: string
  readonly generation: number
}

/** The whole record of an address, as it is: what a snapshot consists of, and how a resource is adopted, moved or restored. */
export interface RecordedEvent {
  readonly type: 'recorded'
  readonly resource: RecordedResource
}
