import type { CloudResultAsync } from '../result.ts'

/** The value of a call, or its error thrown: for verbs that core makes of others, inside the mechanism that catches once. */
export const orThrow = async <T>(call: CloudResultAsync<T>): Promise<T> => {
  const result = await call
  if (result.isErr()) throw result.error
  return result.value
}
