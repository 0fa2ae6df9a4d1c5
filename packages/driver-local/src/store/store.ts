import { mkdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { BlobFiles } from './blob-files.ts'
import { openBlobFolder } from './blob-folder.ts'
import type { UploadIdentity } from './blob-folder.ts'
import { BlobMemory } from './blob-memory.ts'
import { Bytes } from './bytes.ts'
import { openDatabase } from './database.ts'
import type { Database } from './database.ts'
import { refusalOf, StoreRefusal } from './refusal.ts'
import { nextChangeIn, settleDue } from './settle-due.ts'
import type { ReadTransaction, WriteTransaction } from './transaction.ts'

/**
 * Everything that an embedded cloud keeps: records and numbers in one database, bytes beside it.
 *
 * Several processes may have the same folder open; each sees what the others have committed. A process that is killed loses nothing that
 * was committed and leaves nothing half done.
 */
export interface Store {
  /** Reads a consistent state of `tx.now`: what time has changed by then is written down first. Refuses `Busy`, `Full`, `Forbidden`. */
  read<T>(work: (tx: ReadTransaction) => T): T
  /**
   * Reads and changes alone among all processes; a throw undoes all of it. Bytes that nothing uses afterwards are removed.
   *
   * Refuses `Busy`, `Full`, `Forbidden`.
   */
  write<T>(work: (tx: WriteTransaction) => T): T
  readonly bytes: Bytes
  /** Where it lies; `undefined` in memory. */
  readonly folder: string | undefined
  /** When something next changes by itself, in milliseconds since 1970: what to sleep for instead of asking again and again. */
  nextChangeAt(): number | undefined
  close(): void
}

/** What is impure and comes from outside: clock, randomness, and who this process is. */
export type StoreRuntime = UploadIdentity

/** Where a store lies. */
export type StorePlace = { readonly folder: string } | 'memory'

/**
 * Opens or creates a store.
 *
 * A folder holds `cloud.db` (SQLite, with its `-wal` and `-shm`), `blobs/sha256/` and `uploads/`. It must lie on a disk of this machine:
 * SQLite's locks do not hold over network file systems. Refuses `NewerVersion`, `Forbidden`, `Corrupt`, `Full`, `Busy`, `Invalid`.
 */
export const openStore = async (
  place: StorePlace,
  runtime: StoreRuntime,
  { busyTimeoutMs }: { readonly busyTimeoutMs?: number | undefined } = {},
): Promise<Store> => {
  if (place !== 'memory') await makeFolder(place.folder)
  const path = place === 'memory' ? place : join(place.folder, 'cloud.db')
  const db = openDatabase({ path, now: () => runtime.now(), busyTimeoutMs })
  const files = place === 'memory' ? new BlobMemory() : await openBlobFolder(place.folder, runtime)
  return new FolderStore(db, files, runtime, place === 'memory' ? undefined : place.folder)
}

class FolderStore implements Store {
  readonly bytes: Bytes
  readonly folder: string | undefined
  readonly #db: Database

  constructor(db: Database, files: BlobFiles, runtime: StoreRuntime, folder: string | undefined) {
    this.folder = folder
    this.#db = db
    this.bytes = new Bytes(db, files, () => runtime.randomUUID())
    this.bytes.sweep()
  }

  read<T>(work: (tx: ReadTransaction) => T): T {
    const answer = this.#db.read((tx) => (isDue(tx) ? DUE : work(tx)))
    return answer === DUE ? this.write(work) : answer
  }

  write<T>(work: (tx: WriteTransaction) => T): T {
    let unused = false
    const value = this.#db.write((tx) => {
      settleDue(tx)
      const result = work(tx)
      unused = tx.get('SELECT 1 FROM blobs WHERE uses = 0') !== undefined
      return result
    })
    if (unused) this.#sweep()
    return value
  }

  #sweep(): void {
    try {
      this.bytes.sweep()
    } catch {
      // The write has happened and must not look as if it had not. What could not be removed is tried again at the next one.
    }
  }

  nextChangeAt(): number | undefined {
    return this.read(nextChangeIn)
  }

  close(): void {
    this.#db.close()
  }
}

const DUE: unique symbol = Symbol('something is due')

const isDue = (tx: ReadTransaction): boolean => (nextChangeIn(tx) ?? Infinity) <= tx.now

const makeFolder = async (folder: string): Promise<void> => {
  try {
    // What a cloud holds is its owner's business; who shares a folder opens it up.
    await makeEach(resolve(folder))
  } catch (error) {
    throw refusalOf(error, folder)
  }
}

/** Makes a folder and those above it. One by one: Node's own `recursive` never ends where a file system (such as /proc) takes no folders. */
const makeEach = async (folder: string, madeParent = false): Promise<void> => {
  const failed = await mkdir(folder, { mode: 0o700 }).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  )
  if (failed === undefined || (failed.code === 'EEXIST' && (await stat(folder)).isDirectory())) return
  const parent = dirname(folder)
  // Missing below one that was just made or found: this file system makes none here.
  if (failed.code === 'ENOENT' && madeParent)
    throw new StoreRefusal('Invalid', `${folder}: no folder can be made there; choose a path on a disk`)
  if (failed.code !== 'ENOENT' || parent === folder) throw failed
  await makeEach(parent)
  await makeEach(folder, true)
}
