/** What the state knows about one resource, under its address. Plain data; secrets stand in it encrypted only. */
export interface RecordedResource {
  readonly address: string
  readonly kind: string
  /** The stack's name for the cloud it stands on. */
  readonly on: string
  /** The physical name that the cloud was given. */
  readonly name: string
  /** The idempotency key of its create. */
  readonly key: string
  /** Which incarnation under this address; grows with every create and replace. */
  readonly generation: number
  /** Absent until the cloud has told it. */
  readonly id?: string | undefined
  /** What was last known to be so; for a pending create, what was asked. */
  readonly spec: JsonObject
  readonly outputs: JsonObject
  /** What the cloud showed when it was last looked at. */
  readonly observed?: JsonObject | undefined
  /** The addresses it needs; while an update is pending, those of before and after. */
  readonly dependsOn: readonly string[]
  /** `present`: known to be as recorded. `pending`, `deleting`: something was begun and its end is not known. */
  readonly status: 'present' | 'pending' | 'deleting'
  /** What was begun and has not ended; absent when `present`. */
  readonly pending?: PendingChange | undefined
  /** The incarnation that this one replaces, for as long as it is not known to be gone. */
  readonly previous?: RecordedResource | undefined
}

/** Something that was begun. Whether the cloud has done it is not known: look the resource up by its id or key. */
export interface PendingChange {
  readonly action: IntentAction
  /** For an update: what will be so when it is done. */
  readonly to?: { readonly spec: JsonObject; readonly name: string; readonly dependsOn: readonly string[] } | undefined
  /** How the last attempt ended, if it ended with an error. */
  readonly failure?: { readonly code: string; readonly message: string } | undefined
}

/** What an intent announces. `replace` makes a new incarnation; the one before stays as `previous` until it is gone. */
export type IntentAction = 'create' | 'update' | 'replace' | 'delete'

/** A value that JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
/** An object that JSON can hold. */
export interface JsonObject {
  readonly [name: string]: JsonValue
}
