import { ResultAsync } from 'neverthrow'
import type { Result } from 'neverthrow'
import { cloudError } from './errors.ts'
import type { CloudError, CloudErrorContext } from './errors.ts'

/** What an operation gave: a value, or the error that says why not. */
export type CloudResult<T> = Result<T, CloudError>

/** The same, later. It never rejects: awaiting it gives a {@link CloudResult}. */
export type CloudResultAsync<T> = ResultAsync<T, CloudError>

/**
 * Runs code that may throw or reject and gives what it did as a value. This is core's only catch: every portable verb passes through it,
 * so that a fault in a driver arrives as an `Err` and never as a rejection.
 */
export const attempt = <T>(run: () => Promise<T>, toError: (cause: unknown) => CloudError): CloudResultAsync<T> =>
  ResultAsync.fromThrowable(run, toError)()

/** What {@link attempt} makes of a failure that nobody has classified: a fault of ours, or of a driver. */
export const unclassified =
  (context: CloudErrorContext) =>
  (cause: unknown): CloudError =>
    cloudError('Unknown', cause instanceof Error ? cause.message : String(cause), { ...context, cause }, {})
