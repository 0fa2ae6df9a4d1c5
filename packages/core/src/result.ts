import { err, ResultAsync } from 'neverthrow'
import type { Result } from 'neverthrow'
import { cloudError, isCloudError } from './errors.ts'
import type { CloudError, CloudErrorContext } from './errors.ts'

/** What an operation gave: a value, or the error that says why not. */
export type CloudResult<T> = Result<T, CloudError>

/** The same, later. It never rejects: awaiting it gives a {@link CloudResult}. */
export type CloudResultAsync<T> = ResultAsync<T, CloudError>

/**
 * Runs code that may throw or reject and gives what it did as a value. Everything that is not core's own passes through it (drivers,
 * interceptors, callbacks), so that a fault arrives as an `Err` and never as a rejection. Not even a `toError` that fails gets out.
 */
export const attempt = <T>(run: () => PromiseLike<T> | T, toError: (cause: unknown) => CloudError): CloudResultAsync<T> =>
  new ResultAsync(
    Promise.resolve(ResultAsync.fromThrowable(async () => run(), toError)()).catch(() =>
      err(cloudError('Unknown', 'a failure that cannot be described', { driver: 'core', operation: 'attempt' }, {})),
    ),
  )

/** The same for code that gives a result itself, and ought not to fail otherwise: what it gives is what comes out. */
export const settled = <T>(run: () => PromiseLike<CloudResult<T>>, context: CloudErrorContext): CloudResultAsync<T> =>
  attempt(async () => {
    const result: unknown = await run()
    if (typeof result === 'object' && result !== null && 'isErr' in result) return result as CloudResult<T>
    throw new TypeError(`${context.operation} was answered with something that is no result`)
  }, unclassified(context)).andThen((result) => result)

/** What {@link attempt} makes of a failure that nobody has classified: a fault of ours, or of a driver. */
export const unclassified =
  (context: CloudErrorContext) =>
  (cause: unknown): CloudError =>
    isCloudError(cause) ? cause : cloudError('Unknown', messageOf(cause), { ...context, cause }, {})

/** What a raw failure says of itself. Anything may be thrown; most of it cannot be made a text of. */
export const messageOf = (cause: unknown): string => {
  if (cause instanceof Error) return cause.message === '' ? cause.name : cause.message
  if (typeof cause === 'string') return cause
  return cause === undefined || cause === null ? `a failure without a reason (${String(cause)})` : `a failure that is a ${typeof cause}`
}
