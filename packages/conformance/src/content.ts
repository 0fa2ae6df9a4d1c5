/** Bytes that differ from place to place, so that a shifted or repeated block is seen. */
export function numbered(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  // A multiplicative sequence has no period shorter than a block of any store.
  let state = 0x2545f491
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[index] = state >>> 24
  }
  return bytes
}

/** The bytes of a stream. */
export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

/** The same bytes as a stream of chunks. */
export async function* streamOf(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
}

/** Whether two pieces are equal byte for byte. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.byteLength === b.byteLength && a.every((byte, index) => byte === b[index])

/** The SHA-256 of bytes, as OCI writes it. */
export async function sha256(bytes: Uint8Array): Promise<`sha256:${string}`> {
  // A view of a whole buffer of its own, as the type of `digest` asks.
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)))
  return `sha256:${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
