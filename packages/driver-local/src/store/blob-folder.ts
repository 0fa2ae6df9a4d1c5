import { constants, copyFileSync, createReadStream, linkSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { abortable } from './abortable.ts'
import type { BlobFiles, ByteRange, StageOptions, StagedBlob } from './blob-files.ts'
import { BlobHash } from './blob-hash.ts'
import { refusalOf } from './refusal.ts'

/** What a process says of itself in the names of its unfinished uploads. */
export interface UploadIdentity {
  /** Milliseconds since 1970. */
  now(): number
  randomUUID(): string
  readonly pid: number
  readonly host: string
}

/** How old an unfinished upload of another host must be before it counts as abandoned. */
const ABANDONED_AFTER_MS = 3_600_000

/**
 * Opens the bytes of a folder: `blobs/sha256/<hex>`, the blobs of an OCI image layout, and `uploads/` for what is still coming.
 *
 * Removes the uploads of processes that were killed: those of this host whose process is gone, and any that is an hour old.
 */
export const openBlobFolder = async (folder: string, identity: UploadIdentity): Promise<BlobFiles> => {
  const blobs = join(folder, 'blobs', 'sha256')
  const uploads = join(folder, 'uploads')
  return orRefuse(folder, async () => {
    await mkdir(blobs, { recursive: true })
    await mkdir(uploads, { recursive: true })
    removeAbandoned(uploads, identity)
    return new BlobFolder(blobs, uploads, identity)
  })
}

class BlobFolder implements BlobFiles {
  readonly #blobs: string
  readonly #uploads: string
  readonly #identity: UploadIdentity

  constructor(blobs: string, uploads: string, identity: UploadIdentity) {
    this.#blobs = blobs
    this.#uploads = uploads
    this.#identity = identity
  }

  stage(source: AsyncIterable<Uint8Array>, { maxSize, md5, signal }: StageOptions): Promise<StagedBlob> {
    const at = this.#upload()
    return orRefuse(at, async () => {
      // Not to be written again: a layout shows this very file to other tools.
      const file = await open(at, 'wx', 0o444)
      try {
        const hash = new BlobHash({ maxSize, md5 })
        for await (const chunk of abortable(source, signal)) {
          hash.update(chunk)
          await file.writeFile(chunk)
        }
        await file.sync()
        await file.close()
        return { ...hash.result(), at }
      } catch (error) {
        await file.close()
        await rm(at, { force: true })
        throw error
      }
    })
  }

  keep(staged: StagedBlob): Promise<void> {
    const path = this.#path(staged.digest)
    return orRefuse(path, async () => {
      // Stored once: what has this name and this size has these bytes. (Windows would not replace a file that somebody reads.)
      if (this.sizeOf(staged.digest) === staged.size) return this.discard(staged)
      await rename(staged.at, path)
      await syncFolder(this.#blobs)
    })
  }

  discard(staged: StagedBlob): Promise<void> {
    return rm(staged.at, { force: true })
  }

  sizeOf(digest: string): number | undefined {
    return statSync(this.#path(digest), { throwIfNoEntry: false })?.size
  }

  async *read(digest: string, { start = 0, end = Infinity }: ByteRange, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    if (end <= start) return
    try {
      // Node's `end` is the last byte that is read.
      for await (const chunk of abortable(createReadStream(this.#path(digest), { start, end: end - 1 }), signal)) yield chunk
    } catch (error) {
      throw refusalOf(error, this.#path(digest))
    }
  }

  link(digest: string, path: string): void {
    if (statSync(path, { throwIfNoEntry: false })?.size === this.sizeOf(digest)) return
    rmSync(path, { force: true })
    try {
      linkSync(this.#path(digest), path)
    } catch {
      // No hard links here, or too many of this file: a copy serves as well. It gets its name when it is whole.
      const at = this.#upload()
      copyFileSync(this.#path(digest), at, constants.COPYFILE_FICLONE)
      renameSync(at, path)
    }
  }

  remove(digest: string): void {
    rmSync(this.#path(digest), { force: true })
  }

  /** A name for bytes that are still coming, which tells whose they are. */
  #upload(): string {
    return join(this.#uploads, `${this.#identity.host}.${this.#identity.pid}.${this.#identity.randomUUID()}`)
  }

  #path(digest: string): string {
    return join(this.#blobs, digest.slice('sha256:'.length))
  }
}

const removeAbandoned = (uploads: string, { host, now }: UploadIdentity): void => {
  for (const name of readdirSync(uploads)) {
    const path = join(uploads, name)
    const [, owner, pid] = /^(.*)\.(\d+)\.[^.]+$/.exec(name) ?? []
    const changedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
    // Of another host (or container) only the age can be told: its process numbers mean nothing here.
    const abandoned = owner === host ? !isAlive(Number(pid)) : now() - changedAt > ABANDONED_AFTER_MS
    if (abandoned) rmSync(path, { force: true })
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // A process of another user is alive too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Makes a rename durable. Windows neither can nor needs to. */
const syncFolder = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return
  const folder = await open(path)
  await folder.sync().finally(() => folder.close())
}

const orRefuse = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw refusalOf(error, path)
  }
}
