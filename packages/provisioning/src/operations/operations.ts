import type { CloudError, CloudResultAsync, CloudWarning, Owner, PhaseMeaning } from '@hanse/core'
import type { JsonObject } from '../state/recorded-resource.ts'

/** A resource as the engine sees it, whatever its kind. */
export interface Seen {
  readonly id: string
  readonly name: string
  readonly outputs: JsonObject
  /** Fields of the spec as the cloud shows them. */
  readonly observed: JsonObject
  readonly meaning: PhaseMeaning
  /** Phase and the provider's own word, for people. */
  readonly state: string
  readonly warnings: readonly CloudWarning[]
}

/** How one call of the engine is made. */
export interface OperationCall {
  readonly key: string
  readonly owner: Owner
  /** The key may have been used before. */
  readonly again: boolean
  readonly signal?: AbortSignal | undefined
}

/** A change of one field that an action of the kind makes. */
export interface ActionChange {
  readonly action: string
  readonly value: unknown
}

/** What the engine can do to the resources of one kind on one cloud. Core's kinds have it from their descriptions; others write it. */
export interface Operations {
  create(spec: Readonly<Record<string, unknown>>, call: OperationCall): CloudResultAsync<Seen>
  /** What a create with this key and spec has made; undefined when certainly nothing. */
  findMade(spec: Readonly<Record<string, unknown>>, call: OperationCall): CloudResultAsync<Seen | undefined>
  /** Undefined when it is gone. */
  read(id: string, recorded: Readonly<Record<string, unknown>>, signal?: AbortSignal): CloudResultAsync<Seen | undefined>
  /**
   * Those of the recorded resources that are there, and perhaps others, by id, from lists of at most so many pages in all; undefined when
   * that many do not do. Absent where the kind cannot be listed.
   */
  readAll?:
    | ((
        recorded: readonly Readonly<Record<string, unknown>>[],
        how: { readonly owner: Owner; readonly atMostPages: number; readonly signal?: AbortSignal | undefined },
      ) => CloudResultAsync<ReadonlyMap<string, Seen> | undefined>)
    | undefined
  update(
    id: string,
    changes: { readonly fields: Readonly<Record<string, unknown>>; readonly actions: readonly ActionChange[] },
    spec: { readonly wanted: Readonly<Record<string, unknown>>; readonly recorded: Readonly<Record<string, unknown>> },
    call: OperationCall,
  ): CloudResultAsync<Seen>
  delete(id: string, recorded: Readonly<Record<string, unknown>>, call: OperationCall): CloudResultAsync<void>
  /** Waits until it is ready, or gone. */
  settle(
    id: string,
    goal: 'ready' | 'absent',
    recorded: Readonly<Record<string, unknown>>,
    options: SettleOptions,
  ): CloudResultAsync<Seen | undefined>
}

/** How long to wait, and who is told meanwhile. */
export interface SettleOptions {
  readonly timeoutMs: number
  readonly pollMs?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onLook?: ((state: string) => void) | undefined
}

/** Whether a failed create has certainly made nothing, so that nothing has to be looked for. */
export const madeNothing = (error: CloudError): boolean => {
  switch (error.code) {
    case 'InvalidArgument':
    case 'Unauthenticated':
    case 'PermissionDenied':
    case 'NotFound':
    case 'AlreadyExists':
    case 'QuotaExceeded':
    case 'RateLimited':
    case 'Unsupported':
      return true
    case 'FailedPrecondition':
      return error.context.exists === undefined || error.context.exists.length === 0
    case 'Unavailable':
    case 'DeadlineExceeded':
    case 'Cancelled':
    case 'Unknown':
      return false
    default:
      return error satisfies never
  }
}
