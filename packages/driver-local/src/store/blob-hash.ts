import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { StoreRefusal } from './refusal.ts'

/** Hashes and counts bytes while they come. */
export class BlobHash {
  readonly #sha256 = createHash('sha256')
  readonly #md5: Hash | undefined
  readonly #maxSize: number
  #size = 0

  constructor({ md5 = false, maxSize = Infinity }: { readonly md5?: boolean | undefined; readonly maxSize?: number | undefined } = {}) {
    // Only on demand: a machine in FIPS mode has no MD5.
    this.#md5 = md5 ? createHash('md5') : undefined
    this.#maxSize = maxSize
  }

  /** Refuses (`SizeMismatch`) as soon as more came than was announced. */
  update(chunk: Uint8Array): void {
    this.#size += chunk.byteLength
    if (this.#size > this.#maxSize) throw new StoreRefusal('SizeMismatch', `more than the announced ${this.#maxSize} bytes came`)
    this.#sha256.update(chunk)
    this.#md5?.update(chunk)
  }

  /** Ends the count; no more bytes may follow. */
  result(): { readonly digest: string; readonly size: number; readonly md5: string | undefined } {
    return {
      digest: `sha256:${this.#sha256.digest('hex')}`,
      size: this.#size,
      md5: this.#md5?.digest('hex'),
    }
  }
}
