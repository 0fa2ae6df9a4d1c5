/** What each code tells beside its message. */
export interface CloudErrorDetails {
  /** The request is wrong in itself. `path` names the field, as in `['size', 'vcpus']`. */
  readonly InvalidArgument: { readonly path: readonly (string | number)[] }
  /** The credentials are missing, wrong or expired. */
  readonly Unauthenticated: object
  /** The credentials are good and may not do this. */
  readonly PermissionDenied: object
  /** There is no such resource, or none that these credentials may see. */
  readonly NotFound: { readonly kind: string; readonly id: string }
  /** Another resource stands where this one would. */
  readonly AlreadyExists: { readonly kind: string; readonly id: string }
  /** The state of a resource forbids it now: a subnet in use, a volume attached elsewhere, a key used for another spec. */
  readonly FailedPrecondition: { readonly expected?: string | undefined; readonly actual?: string | undefined }
  /** A limit of the account or of the pool is reached. */
  readonly QuotaExceeded: { readonly quota?: string | undefined; readonly limit?: number | undefined }
  /** Too many requests; `retryAfterMs` is the cloud's own wish, in milliseconds. */
  readonly RateLimited: { readonly retryAfterMs?: number | undefined }
  /** The cloud cannot be reached or answers that it cannot serve. */
  readonly Unavailable: object
  /** The time given to the call has passed. `timeoutMs` is that time, in milliseconds. */
  readonly DeadlineExceeded: { readonly timeoutMs?: number | undefined }
  /** The caller's signal was aborted. */
  readonly Cancelled: object
  /** This cloud does not offer it. `capability` names what it would need. */
  readonly Unsupported: { readonly capability: string }
  /** A failure that nobody has classified yet, or a fault in Hanse itself; `cause` holds the raw failure. */
  readonly Unknown: object
}

/** The closed set of codes. `switch` over it is exhaustive. */
export type CloudErrorCode = keyof CloudErrorDetails

const codes = {
  InvalidArgument: true,
  Unauthenticated: true,
  PermissionDenied: true,
  NotFound: true,
  AlreadyExists: true,
  FailedPrecondition: true,
  QuotaExceeded: true,
  RateLimited: true,
  Unavailable: true,
  DeadlineExceeded: true,
  Cancelled: true,
  Unsupported: true,
  Unknown: true,
} as const satisfies { readonly [Code in CloudErrorCode]: true }

/** Says whether a text is one of the codes. */
export const isCloudErrorCode = (code: unknown): code is CloudErrorCode => typeof code === 'string' && Object.hasOwn(codes, code)

/** Where an error comes from. */
export interface CloudErrorContext {
  /** The driver's name, as in `openstack`; `core` before one is loaded. */
  readonly driver: string
  /** Kind and verb, as in `server.create`. */
  readonly operation: string
  /** The provider's own code, such as `InvalidInstanceID.NotFound`. */
  readonly providerCode?: string | undefined
  /** The provider's id of the request (`x-openstack-request-id`, `x-amzn-requestid`), for its support desk. */
  readonly requestId?: string | undefined
  /** What exists now because of the failed call, so that nobody must guess. */
  readonly exists?: readonly ExistingResource[] | undefined
  /** The idempotency key of a create that may have been carried out: the same call with it (and `again: true`) is safe. */
  readonly key?: string | undefined
  /** The raw failure, for people who must see it. It stays out of JSON. */
  readonly cause?: unknown
}

/** A resource named in an error. */
export interface ExistingResource {
  readonly kind: string
  readonly id: string
}

const brand = Symbol.for('hanse.CloudError')

class CloudErrorOf<Code extends CloudErrorCode> extends Error {
  override readonly name = 'CloudError'
  readonly code: Code
  readonly context: CloudErrorContext
  readonly details: CloudErrorDetails[Code]
  /** Safe to try again later, with the same key. False once Hanse's own retries are spent. */
  readonly retryable: boolean

  constructor(code: Code, message: string, context: CloudErrorContext, details: CloudErrorDetails[Code], retryable: boolean) {
    super(message, { cause: context.cause })
    this.code = code
    this.context = hiddenCause(context)
    this.details = details
    this.retryable = retryable
    Object.defineProperty(this, brand, { value: true })
  }

  toJSON(): object {
    return { code: this.code, message: this.message, retryable: this.retryable, details: this.details, context: this.context }
  }

  /** What Node's `util.inspect`, and so `console.log`, prints: all but the raw failure, which may hold a request with its credentials. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `${this.stack ?? `${this.name}: ${this.message}`}\n${JSON.stringify(this, undefined, 2)}`
  }
}

/** The raw failure can be read and is not enumerable: neither JSON nor a copy by spread holds it. */
const hiddenCause = ({ cause, ...context }: CloudErrorContext): CloudErrorContext =>
  Object.defineProperty(context, 'cause', { value: cause, enumerable: false })

/**
 * Why an operation failed. A union discriminated on `code`: switch on it, never test with `instanceof` (two copies of a package have two
 * classes). It is an `Error`, so that a script may throw it and a logger knows what to do.
 */
export type CloudError = { [Code in CloudErrorCode]: CloudErrorOf<Code> }[CloudErrorCode]

/** Says whether a value is a {@link CloudError}, whichever copy of core made it. */
export const isCloudError = (value: unknown): value is CloudError => typeof value === 'object' && value !== null && brand in value

/** Makes a {@link CloudError}; the details must fit the code. */
export const cloudError = <Code extends CloudErrorCode>(
  code: Code,
  message: string,
  context: CloudErrorContext,
  details: CloudErrorDetails[Code],
  retryable = false,
): CloudError =>
  // A class generic over the code is one member of the union; the compiler cannot see which.
  new CloudErrorOf(code, message, context, details, retryable) as CloudError
