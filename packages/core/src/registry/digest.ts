import { sha256 as portableSha256, sha512 as portableSha512 } from '@noble/hashes/sha2.js'
import { cloudError } from '../errors.ts'
import type { CloudError, CloudErrorContext } from '../errors.ts'
import type { Digest } from './descriptor.ts'

/** Hashes bytes as they come. */
interface Hasher {
  update(chunk: Uint8Array): unknown
  digest(): Uint8Array
}

// Core imports nothing of Node's; where there is one, its hash is several times as fast (ADR 0011).
const native = globalThis.process?.getBuiltinModule?.('node:crypto')

const hashers: Readonly<Record<string, () => Hasher>> = {
  sha256: () => native?.createHash('sha256') ?? portableSha256.create(),
  sha512: () => native?.createHash('sha512') ?? portableSha512.create(),
}

/** The digest of bytes that are there. */
export function digestOf(bytes: Uint8Array, algorithm: 'sha256' | 'sha512' = 'sha256'): Digest {
  const hasher = hasherOf(algorithm)
  hasher.update(bytes)
  return `${algorithm}:${hex(hasher.digest())}`
}

/** What went through a {@link counted} stream. */
export interface Counted {
  readonly digest: Digest
  readonly size: number
}

/** Passes a stream on and tells, once all of it has gone through, its digest (of the algorithm of `like`, SHA-256 unless told) and its size. */
export async function* counted(
  content: AsyncIterable<Uint8Array>,
  told: (whole: Counted) => void,
  like?: Digest,
): AsyncGenerator<Uint8Array> {
  const algorithm = algorithmOf(like)
  const hasher = hasherOf(algorithm)
  let size = 0
  for await (const chunk of content) {
    hasher.update(chunk)
    size += chunk.byteLength
    yield chunk
  }
  told({ digest: `${algorithm}:${hex(hasher.digest())}`, size })
}

/** Passes a stream on and throws at its end, before the reader takes it for whole, if the bytes were not those of the digest. */
export async function* verified(
  content: AsyncIterable<Uint8Array>,
  digest: Digest,
  mismatch: (actual: Digest) => CloudError,
): AsyncGenerator<Uint8Array> {
  let seen: Counted | undefined
  yield* counted(content, (whole) => (seen = whole), digest)
  if (seen !== undefined && seen.digest !== digest) throw mismatch(seen.digest)
}

/** What verification answers when bytes and digest differ. */
export const digestMismatch = (expected: Digest, actual: Digest, context: CloudErrorContext): CloudError =>
  cloudError('FailedPrecondition', `the bytes of ${expected} are damaged: they have the digest ${actual}`, context, { expected, actual })

/** Whether this package can verify digests of this algorithm; others are passed on unverified. */
export const canVerify = (digest: Digest): boolean => algorithmOf(digest) in hashers

const algorithmOf = (digest: Digest | undefined): string => (digest === undefined ? 'sha256' : digest.slice(0, digest.indexOf(':')))

const hasherOf = (algorithm: string): Hasher => {
  const make = hashers[algorithm]
  if (make === undefined) throw new Error(`there is no hash ${algorithm}; ask canVerify first`)
  return make()
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
