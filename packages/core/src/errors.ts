/** What each code tells beside its message. */
export interface CloudErrorDetails {
  /**
   * The request is wrong in itself. `path` names the field, as in `['size', 'vcpus']`.
   *
   * @retryable no
   * @remedy Correct the field. Nothing was sent, or the cloud has refused it; the same call again is refused again.
   */
  readonly InvalidArgument: { readonly path: readonly (string | number)[] }
  /**
   * The credentials are missing, wrong or expired.
   *
   * @retryable no
   * @remedy Sign in again, or renew the credentials, and open the cloud anew.
   */
  readonly Unauthenticated: object
  /**
   * The credentials are good and may not do this.
   *
   * @retryable no
   * @remedy Use an account that may do it, or ask whoever gives permissions. A cloud that was opened with `readOnly` answers this to every change.
   */
  readonly PermissionDenied: object
  /**
   * There is no such resource, or none that these credentials may see.
   *
   * @retryable no
   * @remedy Look whether the id is of this cloud, region and project. After a delete it is what you were waiting for.
   */
  readonly NotFound: { readonly kind: string; readonly id: string }
  /**
   * Another resource stands where this one would.
   *
   * @retryable no
   * @remedy Take another name, or use what is there: `find` gives it.
   */
  readonly AlreadyExists: { readonly kind: string; readonly id: string }
  /**
   * The state of a resource forbids it now: a subnet in use, a volume attached elsewhere, a key used for another spec.
   *
   * @retryable no
   * @remedy Bring the resource that the message names into the expected state, or wait until it is, and call again.
   */
  readonly FailedPrecondition: { readonly expected?: string | undefined; readonly actual?: string | undefined }
  /**
   * A limit of the account or of the pool is reached.
   *
   * @retryable no
   * @remedy Remove what is not needed, choose another cloud, or ask the provider for more.
   */
  readonly QuotaExceeded: { readonly quota?: string | undefined; readonly limit?: number | undefined }
  /**
   * Too many requests; `retryAfterMs` is the cloud's own wish, in milliseconds.
   *
   * @retryable yes
   * @remedy Wait `retryAfterMs`, then call again with the same key.
   */
  readonly RateLimited: { readonly retryAfterMs?: number | undefined }
  /**
   * The cloud cannot be reached or answers that it cannot serve.
   *
   * @retryable yes
   * @remedy Call again later with the same key. `context.exists` names what the call has made all the same.
   */
  readonly Unavailable: object
  /**
   * The time given to the call has passed. `timeoutMs` is that time, in milliseconds.
   *
   * @retryable yes
   * @remedy Give more time, or call again with the same key and `again: true`: the cloud may have done it.
   */
  readonly DeadlineExceeded: { readonly timeoutMs?: number | undefined }
  /**
   * The caller's signal was aborted.
   *
   * @retryable yes
   * @remedy Nothing, if that was the wish. The cloud may have done it: the same key and `again: true` find out.
   */
  readonly Cancelled: object
  /**
   * This cloud does not offer it. `capability` names what it would need.
   *
   * @retryable no
   * @remedy Ask with `supports` before, open the cloud with `require`, or leave the field out.
   */
  readonly Unsupported: { readonly capability: string }
  /**
   * A failure that nobody has classified yet, or a fault in Hanse itself; `cause` holds the raw failure.
   *
   * @retryable no
   * @remedy Read the message and `context.cause`. If the cloud's answer is a plain one, the driver should classify it: report it.
   */
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
