import type { CloudError } from '../errors.ts'
import type { CloudResult } from '../result.ts'

/** The value of a result that must be good; a test that finds an error shows it. */
export function valueOf<T>(result: CloudResult<T>): T {
  if (result.isErr()) throw result.error
  return result.value
}

/** The error of a result that must be none. */
export function errorOf(result: CloudResult<unknown>): CloudError {
  if (result.isOk()) throw new Error(`expected an error, got ${JSON.stringify(result.value)}`)
  return result.error
}
