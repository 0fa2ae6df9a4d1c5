/** Makes a stream of whatever a caller gave as bytes. */
export async function* toStream(source: unknown): AsyncGenerator<Uint8Array> {
  if (typeof source === 'string') yield new TextEncoder().encode(source)
  else if (source instanceof Uint8Array) yield source
  else yield* source as AsyncIterable<Uint8Array>
}
