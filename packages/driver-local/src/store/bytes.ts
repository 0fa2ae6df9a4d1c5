import type { Holder } from './allocator.ts'
import type { BlobFiles, ByteRange, StagedBlob } from './blob-files.ts'
import { BlobHash } from './blob-hash.ts'
import type { Database } from './database.ts'
import { StoreRefusal } from './refusal.ts'
import type { ReadTransaction, WriteTransaction } from './transaction.ts'

/** Bytes that were stored and are held for whoever stored them, until a record uses them or an hour has passed. */
export interface StoredBytes {
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string
  readonly size: number
  /** 32 hexadecimal digits, where it was asked for. */
  readonly md5: string | undefined
  /** The hold; `use` and `drop` give it up. */
  readonly hold: string
}

/** What a put is checked against. */
export interface PutOptions {
  readonly expectedDigest?: string | undefined
  readonly expectedSize?: number | undefined
  /** Also answer the MD5 (the ETag of an object). */
  readonly md5?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** How long bytes that no record uses yet are kept for their uploader. */
const HOLD_MS = 3_600_000

/** How long bytes that were just replaced or removed are kept for those who are about to read them. */
const LINGER_MS = 60_000

/**
 * Bytes known by their digest, each stored once, however many records use them.
 *
 * They become visible whole or not at all; a killed process leaves nothing that another would read.
 */
export class Bytes {
  readonly #db: Database
  readonly #files: BlobFiles
  readonly #randomUUID: () => string

  constructor(db: Database, files: BlobFiles, randomUUID: () => string) {
    this.#db = db
    this.#files = files
    this.#randomUUID = randomUUID
  }

  /**
   * Stores a stream, hashed on the way, with bounded memory. Nothing is stored unless all of it came and was as expected.
   *
   * Refuses `DigestMismatch`, `SizeMismatch`, `Full`, `Forbidden`. What the source throws, and the signal's reason, pass through.
   */
  async put(source: AsyncIterable<Uint8Array>, { expectedDigest, expectedSize, md5, signal }: PutOptions = {}): Promise<StoredBytes> {
    const staged = await this.#files.stage(source, { maxSize: expectedSize, md5, signal })
    try {
      refuseUnexpected(staged, expectedDigest, expectedSize)
      // The hold comes first: from here on nobody sweeps this digest away, and a crash before `keep` leaves a row that the sweep removes.
      const hold = this.#hold(staged)
      await this.#files.keep(staged)
      return { digest: staged.digest, size: staged.size, md5: staged.md5, hold }
    } catch (error) {
      await this.#files.discard(staged)
      throw error
    }
  }

  /** The size of stored bytes; `undefined` where there are none. */
  sizeOf(tx: ReadTransaction, digest: string): number | undefined {
    const row = tx.get<{ size: number }>('SELECT size FROM blobs WHERE digest = ?', digest)
    return row !== undefined && this.#files.sizeOf(digest) === row.size ? row.size : undefined
  }

  /** Whether these bytes are stored, whole. */
  has(tx: ReadTransaction, digest: string): boolean {
    return this.sizeOf(tx, digest) !== undefined
  }

  /** Says that a record uses stored bytes, as long as it exists. Refuses `Missing`. */
  use(tx: WriteTransaction, { digest, hold }: { readonly digest: string; readonly hold?: string | undefined }, holder: Holder): void {
    if (!this.has(tx, digest)) throw new StoreRefusal('Missing', `there are no bytes ${digest}`)
    tx.run('INSERT OR IGNORE INTO blob_uses (holder, digest) VALUES (?, ?)', holder.seq, digest)
    if (hold !== undefined) this.drop(tx, { hold })
  }

  /** The bytes that a record uses. */
  usedBy(tx: ReadTransaction, holder: Holder): readonly { readonly digest: string; readonly size: number }[] {
    return tx
      .all<{ digest: string; size: number }>(
        'SELECT b.digest, b.size FROM blob_uses u JOIN blobs b ON b.digest = u.digest WHERE u.holder = ?',
        holder.seq,
      )
      .map(({ digest, size }) => ({ digest, size }))
  }

  /** Says that a record uses these bytes no more. A record that is removed says so by itself. */
  unuse(tx: WriteTransaction, digest: string, holder: Holder): void {
    tx.run('DELETE FROM blob_uses WHERE holder = ? AND digest = ?', holder.seq, digest)
  }

  /** Gives up the hold of a put whose bytes are not wanted after all. */
  drop(tx: WriteTransaction, { hold }: { readonly hold: string }): void {
    tx.run('DELETE FROM blob_holds WHERE hold = ?', hold)
  }

  /**
   * Runs `work`, which makes records use bytes that were put, and gives the holds up whatever comes of it: what it refused to use is swept.
   */
  settle<T>(stored: readonly { readonly hold: string }[], work: () => T): T {
    try {
      return work()
    } finally {
      const held = this.#db.read((tx) => stored.some(({ hold }) => tx.get('SELECT 1 FROM blob_holds WHERE hold = ?', hold) !== undefined))
      if (held) this.#db.write((tx) => stored.forEach(({ hold }) => this.drop(tx, { hold })))
    }
  }

  /** Keeps bytes for a minute longer, for readers who have just been told of them: for what is replaced or removed while others read it. */
  linger(tx: WriteTransaction, digests: readonly string[]): void {
    for (const digest of digests)
      tx.run('INSERT INTO blob_holds (hold, digest, expires_at) VALUES (?, ?, ?)', this.#randomUUID(), digest, tx.now + LINGER_MS)
  }

  /** Makes stored bytes be readable at a path of the same disk too. Whoever made the path removes it. */
  linkTo(digest: string, path: string): void {
    this.#files.link(digest, path)
  }

  /**
   * Reads stored bytes, or a range of them, with bounded memory.
   *
   * Refuses `Missing` at once; while reading, `Corrupt` where the file ends too early. A reader that has begun goes on when the bytes are
   * removed meanwhile (on Windows the removal waits).
   */
  get(digest: string, range: ByteRange & { readonly signal?: AbortSignal | undefined } = {}): AsyncIterable<Uint8Array> {
    const size = this.#db.read((tx) => this.sizeOf(tx, digest))
    if (size === undefined) throw new StoreRefusal('Missing', `there are no bytes ${digest}`)
    const { start = 0, end = size, signal } = range
    return whole(this.#files.read(digest, { start, end: Math.min(end, size) }, signal), Math.max(0, Math.min(end, size) - start), digest)
  }

  /** Reads all of stored bytes, and refuses (`Corrupt`) at their end where they are not what their digest says. Refuses `Missing` at once. */
  getVerified(digest: string, { signal }: { readonly signal?: AbortSignal | undefined } = {}): AsyncIterable<Uint8Array> {
    return verifying(this.get(digest, { signal }), digest)
  }

  /** Reads stored bytes again and refuses (`Corrupt`, `Missing`) where they are not what their digest says. */
  async verify(digest: string, { signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    for await (const _ of this.getVerified(digest, { signal })); // Reading to the end is what checks.
  }

  /** Removes bytes that nothing uses or holds, and says how many. Cheap where there are none. */
  sweep(): number {
    const idle = this.#db.read(
      (tx) =>
        tx.get('SELECT 1 FROM blobs WHERE uses = 0') === undefined &&
        tx.get('SELECT 1 FROM blob_holds WHERE expires_at <= ?', tx.now) === undefined,
    )
    if (idle) return 0
    return this.#db.write((tx) => {
      tx.run('DELETE FROM blob_holds WHERE expires_at <= ?', tx.now)
      const unused = tx.all<{ digest: string }>('SELECT digest FROM blobs WHERE uses = 0')
      // Inside the transaction: a put that wants the same digest waits for its hold and then stores the file anew.
      for (const { digest } of unused) this.#files.remove(digest)
      return tx.run('DELETE FROM blobs WHERE uses = 0')
    })
  }

  #hold({ digest, size }: StagedBlob): string {
    const hold = this.#randomUUID()
    this.#db.write((tx) => {
      tx.run('INSERT OR IGNORE INTO blobs (digest, size) VALUES (?, ?)', digest, size)
      tx.run('INSERT INTO blob_holds (hold, digest, expires_at) VALUES (?, ?, ?)', hold, digest, tx.now + HOLD_MS)
    })
    return hold
  }
}

const refuseUnexpected = ({ digest, size }: StagedBlob, expectedDigest: string | undefined, expectedSize: number | undefined): void => {
  if (expectedSize !== undefined && size !== expectedSize)
    throw new StoreRefusal('SizeMismatch', `${size} bytes came, announced were ${expectedSize}`)
  if (expectedDigest !== undefined && digest !== expectedDigest) {
    throw new StoreRefusal('DigestMismatch', `the bytes have the digest ${digest}, announced was ${expectedDigest}`)
  }
}

async function* whole(chunks: AsyncIterable<Uint8Array>, size: number, digest: string): AsyncGenerator<Uint8Array> {
  let read = 0
  for await (const chunk of chunks) {
    read += chunk.byteLength
    yield chunk
  }
  if (read !== size)
    throw new StoreRefusal('Corrupt', `the bytes stored as ${digest} end after ${read} of ${size}; restore them from a copy`)
}

async function* verifying(chunks: AsyncIterable<Uint8Array>, digest: string): AsyncGenerator<Uint8Array> {
  const hash = new BlobHash()
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
  const { digest: found } = hash.result()
  if (found !== digest)
    throw new StoreRefusal('Corrupt', `the bytes stored as ${digest} have the digest ${found}; restore them from a copy`)
}
