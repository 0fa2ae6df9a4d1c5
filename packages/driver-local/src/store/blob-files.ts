/** Bytes that were received whole but are not kept yet. */
export interface StagedBlob {
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string
  readonly size: number
  /** 32 hexadecimal digits, where it was asked for. */
  readonly md5: string | undefined
  /** Where they wait; only the `BlobFiles` that answered it knows its meaning. */
  readonly at: string
}

/** What is known about the bytes before they come. */
export interface StageOptions {
  /** Stop as soon as more than this many bytes came. */
  readonly maxSize?: number | undefined
  readonly md5?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** From `start`, included, to `end`, excluded; to the end unless told. */
export interface ByteRange {
  readonly start?: number | undefined
  readonly end?: number | undefined
}

/** Where bytes lie: in files of a folder, or in memory. It knows digests; who uses them is the business of `Bytes`. */
export interface BlobFiles {
  /** Receives bytes and hashes them on the way. A call that fails or is aborted leaves nothing behind. */
  stage(source: AsyncIterable<Uint8Array>, options: StageOptions): Promise<StagedBlob>
  /** Makes staged bytes readable under their digest, all at once. They are durable when it resolves. */
  keep(staged: StagedBlob): Promise<void>
  /** Forgets staged bytes. */
  discard(staged: StagedBlob): Promise<void>
  /** The size of what is kept under a digest. */
  sizeOf(digest: string): number | undefined
  /** Reads with bounded memory. Ends early only by throwing. */
  read(digest: string, range: ByteRange, signal: AbortSignal | undefined): AsyncIterable<Uint8Array>
  /**
   * Makes what is kept under a digest be readable at a path of the same disk too, all at once, without storing it again where the file
   * system can do that. Does nothing in memory.
   */
  link(digest: string, path: string): void
  /** Removes what is kept under a digest; nothing there is fine. */
  remove(digest: string): void
}
