import type { Owner } from './owner.ts'

/** How one call is made. Never what is made: that stands in the spec. */
export interface CallOptions {
  /** Aborting it ends the call with `Cancelled`. */
  readonly signal?: AbortSignal | undefined
  /** Time for the whole call with its retries, in milliseconds; after it the call ends with `DeadlineExceeded`. */
  readonly timeoutMs?: number | undefined
}

/** How a call that changes something is made. */
export interface MutationOptions extends CallOptions {
  /**
   * The idempotency key. The same key and spec give the same resource; the same key with another spec is `FailedPrecondition`.
   * Left out, core makes one for this call, so that its own retries are safe. Bytes are no part of it: an import with the same key and spec
   * gives what the first one made.
   */
  readonly key?: string | undefined
  /** Who asks; written with the resource and usable as a filter of every list. */
  readonly owner?: Owner | undefined
  /**
   * Set it when this key may have been used before, by this process or another that is gone: core then looks for the resource first.
   * A first attempt needs no look-up, and pays for none.
   */
  readonly again?: boolean | undefined
}

/** How a resource is created. */
export interface CreateOptions<Phase extends string = string> extends MutationOptions {
  /** Wait until the resource has reached this phase, and give it as it then is. Left out, the call resolves on acceptance. */
  readonly until?: Phase | undefined
}

/** Which page is asked for. */
export interface PageRequest extends CallOptions {
  /** Where to go on: the `nextCursor` of the page before. Opaque. */
  readonly cursor?: string | undefined
  /** How many items a page should hold. A cloud may give fewer. */
  readonly pageSize?: number | undefined
}
