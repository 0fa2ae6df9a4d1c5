import type { Mark, Owner } from '../owner.ts'
import type { Labels } from '../resource.ts'

/** What comes with every call of a driver. Defaults are filled in: nothing here has to be checked. */
export interface Call {
  /** Aborted when the caller or the deadline says so. End within 250 ms of it and leave nothing running. */
  readonly signal: AbortSignal
}

/** What comes with a call that changes something. */
export interface MutationCall extends Call {
  /** For an idempotency header, where the provider has one. */
  readonly key: string
}

/** What comes with a call that makes something. */
export interface CreateCall extends MutationCall {
  /** Write it in the create request itself, never in a second one. */
  readonly mark: Mark
}

/** What a list asks for. Filter as far as the provider can: core filters again, so giving more than asked is right and only costs time. */
export interface ListQuery {
  readonly name?: string | undefined
  readonly labels?: Labels | undefined
  readonly owner?: { readonly stack: Owner['stack']; readonly environment?: Owner['environment'] | undefined } | undefined
  /** By fields of the spec, the kind's parent first of all. */
  readonly where: Readonly<Record<string, string>>
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined
  /** A wish. */
  readonly pageSize?: number | undefined
}
