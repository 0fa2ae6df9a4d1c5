import type { Classification } from '../driver/classification.ts'
import { isRefusal } from '../driver/classification.ts'
import type { CloudError, CloudErrorContext } from '../errors.ts'
import { cloudError, isCloudError, isCloudErrorCode } from '../errors.ts'
import { messageOf } from '../result.ts'

/** A raw failure, classified. */
export interface Failure {
  readonly error: CloudError
  /** The request may have been carried out all the same. */
  readonly ambiguous: boolean
}

/** Makes an error of what a driver raised: of its own refusal, of what its table says, or, if even that fails, of a fault. */
export function toFailure(cause: unknown, context: CloudErrorContext, classify: (cause: unknown) => Classification): Failure {
  if (isCloudError(cause)) return { error: cause, ambiguous: cause.code === 'Unavailable' || cause.code === 'Unknown' }
  const found = isRefusal(cause) ? cause.classification : classifySafely(cause, classify)
  const retryable = found.retryable ?? (found.code === 'RateLimited' || found.code === 'Unavailable')
  const { providerCode, requestId, exists } = found
  const error = cloudError(
    found.code,
    found.message,
    {
      ...context,
      ...(providerCode === undefined ? {} : { providerCode }),
      ...(requestId === undefined ? {} : { requestId }),
      ...(exists === undefined ? {} : { exists }),
      cause,
    },
    found.details,
    retryable,
  )
  return { error, ambiguous: found.ambiguous ?? (found.code === 'Unavailable' || found.code === 'Unknown') }
}

const classifySafely = (cause: unknown, classify: (cause: unknown) => Classification): Classification => {
  try {
    const found = classify(cause)
    if (isCloudErrorCode(found.code)) return found
  } catch {
    // A table that fails must not hide the failure that it was asked about.
  }
  return { code: 'Unknown', message: messageOf(cause), details: {} }
}
