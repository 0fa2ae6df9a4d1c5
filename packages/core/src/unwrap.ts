import type { Result } from 'neverthrow'

/**
 * The value of a result, or a throw of its error: for scripts and tests, where nobody would do anything else with it. It takes a result and
 * one that is still to come. Rejects with the error, a `CloudError` or whatever the result holds.
 *
 * @example
 * const cloud = await unwrap(openCloud(local()))
 */
export async function unwrap<T, E>(result: Result<T, E> | PromiseLike<Result<T, E>>): Promise<T> {
  const settled = await result
  if (settled.isErr()) throw settled.error
  return settled.value
}
