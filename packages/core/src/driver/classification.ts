import type { CloudErrorCode, CloudErrorDetails, ExistingResource } from '../errors.ts'

/** What a driver says of a raw failure. One table per driver makes it (`classify-error.ts`); core makes the error. */
export type Classification = {
  [Code in CloudErrorCode]: {
    readonly code: Code
    readonly message: string
    readonly details: CloudErrorDetails[Code]
    /** The provider's own code. */
    readonly providerCode?: string | undefined
    readonly requestId?: string | undefined
    /** Safe to try again with the same key. Left out: as the code suggests (`RateLimited` and `Unavailable` are). */
    readonly retryable?: boolean | undefined
    /** The request may have been carried out all the same: no answer came, or one that does not tell. Core then looks for what it made. */
    readonly ambiguous?: boolean | undefined
    readonly exists?: readonly ExistingResource[] | undefined
  }
}[CloudErrorCode]

const brand = Symbol.for('hanse.Refusal')

/** A failure that a driver has found itself and classified already. */
export class Refusal extends Error {
  readonly classification: Classification

  constructor(classification: Classification, cause?: unknown) {
    super(classification.message, { cause })
    this.classification = classification
    Object.defineProperty(this, brand, { value: true })
  }
}

/** A {@link Refusal} to throw: `throw refuse('FailedPrecondition', 'the subnet is in use', {})`. */
export const refuse = <Code extends CloudErrorCode>(code: Code, message: string, details: CloudErrorDetails[Code]): Refusal =>
  // One member of the union, generic over its code.
  new Refusal({ code, message, details } as Classification)

/** Says whether a failure is a {@link Refusal}, whichever copy of core made it. */
export const isRefusal = (value: unknown): value is Refusal => typeof value === 'object' && value !== null && brand in value
