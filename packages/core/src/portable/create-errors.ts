import type { CloudError, CloudErrorContext, ExistingResource } from '../errors.ts'
import { cloudError } from '../errors.ts'
import type { AnyResource } from '../resource.ts'

interface Asked {
  readonly key: string
  readonly specDigest: string
  readonly context: CloudErrorContext
}

/** The key stands for something else. */
export const otherSpecError = ({ key, specDigest, context }: Asked, made: AnyResource | undefined): CloudError =>
  cloudError(
    'FailedPrecondition',
    `the key ${key} was used for another spec${made === undefined ? '' : `, and made ${made.kind} ${made.id}`}`,
    made === undefined ? context : { ...context, exists: [existing(made)] },
    { expected: specDigest, actual: made?.specDigest },
  )

/** Nobody knows whether a create was carried out: says what is certain, and that the key makes it safe to ask again. */
export const againError = (error: CloudError, key: string, made: AnyResource | undefined): CloudError =>
  extended(
    error,
    made === undefined
      ? `; it may have been carried out all the same: the same call with key ${key} and again: true is safe`
      : `; ${made.kind} ${made.id} was made: the same call with key ${key} gives it`,
    { key, ...(made === undefined ? {} : { exists: [existing(made)] }) },
  )

/** It was made, and the cloud does not show it in the time in which it should. */
export const madeAndUnseen = ({ key, context }: Asked, made: AnyResource, last: CloudError, windowMs: number): CloudError =>
  cloudError(
    'Unavailable',
    `${made.kind} ${made.id} was made, and the cloud does not show it after ${windowMs} ms: ${last.message}`,
    { ...context, key, exists: [existing(made)], cause: last },
    {},
    true,
  )

const extended = (error: CloudError, more: string, context: Partial<CloudErrorContext>): CloudError =>
  // Code and details stay together: they are those of one error.
  cloudError(error.code, error.message + more, { ...error.context, ...context }, error.details as never, error.retryable)

const existing = ({ kind, id }: AnyResource): ExistingResource => ({ kind, id })
