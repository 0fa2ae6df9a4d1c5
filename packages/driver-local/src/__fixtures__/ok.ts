import type { CloudError, CloudResult, CloudResultAsync } from '@hanse/core'

/** A call of a portable verb, or several after each other. */
export type Call<T> = CloudResultAsync<T> | Promise<CloudResult<T>>

/** The value of a call that must succeed. */
export async function ok<T>(call: Call<T>): Promise<T> {
  const result = await call
  if (result.isErr()) throw result.error
  return result.value
}

/** The error of a call that must fail. */
export async function failure(call: Call<unknown>): Promise<CloudError> {
  const result = await call
  if (result.isOk()) throw new Error(`it succeeded: ${JSON.stringify(result.value)}`)
  return result.error
}

/** Bytes in pieces. */
export async function* piecesOf(...pieces: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? new TextEncoder().encode(piece) : piece
}

/** A public key that was made for these tests; its private half was thrown away. */
export const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINl+cJ65tQYkHrltJ121Lfxxpe7G0LMEDeQuaPmckmFD test'
