import { abortable } from './abortable.ts'
import type { BlobFiles, ByteRange, StageOptions, StagedBlob } from './blob-files.ts'
import { BlobHash } from './blob-hash.ts'

/** Bytes of a store that lives in memory. */
export class BlobMemory implements BlobFiles {
  readonly #staged = new Map<string, readonly Uint8Array[]>()
  readonly #kept = new Map<string, { readonly size: number; readonly chunks: readonly Uint8Array[] }>()
  #uploads = 0

  async stage(source: AsyncIterable<Uint8Array>, { maxSize, md5, signal }: StageOptions): Promise<StagedBlob> {
    const hash = new BlobHash({ maxSize, md5 })
    const chunks: Uint8Array[] = []
    for await (const chunk of abortable(source, signal)) {
      hash.update(chunk)
      // A copy: the source may use its buffer again.
      chunks.push(Uint8Array.from(chunk))
    }
    const at = String(++this.#uploads)
    this.#staged.set(at, chunks)
    return { ...hash.result(), at }
  }

  async keep(staged: StagedBlob): Promise<void> {
    this.#kept.set(staged.digest, { size: staged.size, chunks: this.#staged.get(staged.at) ?? [] })
    this.#staged.delete(staged.at)
  }

  async discard(staged: StagedBlob): Promise<void> {
    this.#staged.delete(staged.at)
  }

  sizeOf(digest: string): number | undefined {
    return this.#kept.get(digest)?.size
  }

  async *read(digest: string, { start = 0, end = Infinity }: ByteRange, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    let at = 0
    for (const chunk of this.#kept.get(digest)?.chunks ?? []) {
      signal?.throwIfAborted()
      const part = chunk.slice(Math.max(0, start - at), Math.max(0, end - at))
      at += chunk.byteLength
      if (part.byteLength > 0) yield part
    }
  }

  link(): void {}

  remove(digest: string): void {
    this.#kept.delete(digest)
  }
}
