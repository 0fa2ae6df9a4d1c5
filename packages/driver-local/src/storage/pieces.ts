import type { Bytes } from '../store/bytes.ts'

/** Some of the bytes of an object or volume, known by their digest. */
export interface Piece {
  readonly digest: string
  readonly size: number
}

/** From `start`, included, to `end`, excluded. */
interface Span {
  readonly start?: number | undefined
  readonly end?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Reads pieces one after another, or a span of what they are together. */
export async function* readPieces(
  bytes: Bytes,
  pieces: readonly Piece[],
  { start = 0, end = Infinity, signal }: Span = {},
): AsyncGenerator<Uint8Array> {
  let at = 0
  for (const { digest, size } of pieces) {
    const [from, to] = [Math.max(0, start - at), Math.min(size, end - at)]
    at += size
    if (from < to) yield* bytes.get(digest, { start: from, end: to, signal })
  }
}
