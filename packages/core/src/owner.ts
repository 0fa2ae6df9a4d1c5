/**
 * Who asked for a resource. Written into the create request itself, so that no crash can come between the resource and its mark.
 */
export interface Owner {
  /** The id of a stack (a UUID kept in its state, not its name), or any id an application chooses. */
  readonly stack: string
  /** The instance of the stack: `dev`, `prod`. */
  readonly environment: string
}

/** What a create request carries beside its spec. */
export interface Mark {
  /** The idempotency key. */
  readonly key: string
  readonly owner?: Owner | undefined
  /** A digest of what was asked, secrets left out: the same key with another digest is another request. */
  readonly specDigest: string
}
