import type { PutOptions } from '@hanse/core'
import { kinds } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { refuseBeyondQuota, usedOf } from '../location/quota-limits.ts'
import type { ReadTransaction } from '../store/transaction.ts'
import { objectBytes } from './object-records.ts'

/** S3's limits: a key in bytes of UTF-8, and the words of a user, names and values together. */
const longestKeyBytes = 1024
const largestMetadataBytes = 2048

/** Refuses a key that stores do not take: too long, or no UTF-8 at all. */
export function refuseBadKey(key: string): void {
  const wrong = (why: string) => refuse('InvalidArgument', `key: ${why}`, { path: ['key'] })
  const bytes = Buffer.byteLength(key)
  if (bytes > longestKeyBytes) throw wrong(`has at most ${longestKeyBytes} bytes of UTF-8, and this one ${bytes}`)
  if (/\p{Surrogate}/u.test(key)) throw wrong('holds half a character, which has no UTF-8')
  if (key.includes('\0')) throw wrong('holds the character NUL')
}

/** The words of a user as a store keeps them: names in lower case, and not too many. */
export function settled({ contentType, metadata = {} }: PutOptions): PutOptions & { readonly metadata: Readonly<Record<string, string>> } {
  const lowerCased = Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]))
  const bytes = Object.entries(lowerCased).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0)
  if (bytes > largestMetadataBytes)
    throw refuse('InvalidArgument', `metadata: has at most ${largestMetadataBytes} bytes, names and values together, and this ${bytes}`, {
      path: ['metadata'],
    })
  return { ...(contentType === undefined ? {} : { contentType }), metadata: lowerCased }
}

/** Refuses bytes that go beyond the quota of the account; `before` is what they replace. */
export const refuseBeyondBytes = (tx: ReadTransaction, { quotas }: LocalCloud, more: number, before = 0): void =>
  refuseBeyondQuota(tx, quotas, kinds.object, { [objectBytes]: more }, { [objectBytes]: before })

/** Passes bytes on as long as they fit into the quota, so that what will be refused does not fill the disk first. */
export function withinQuota({ store, quotas }: LocalCloud, content: AsyncIterable<Uint8Array>, replaced = 0): AsyncIterable<Uint8Array> {
  const limit = quotas[objectBytes]
  if (limit === undefined) return content
  const left = limit - store.read((tx) => usedOf(tx, objectBytes)) + replaced
  return stopping(content, left, () =>
    refuse('QuotaExceeded', `the account may have ${limit} ${objectBytes}, and has room for ${left}`, { quota: objectBytes, limit }),
  )
}

async function* stopping(content: AsyncIterable<Uint8Array>, left: number, refusal: () => Error): AsyncGenerator<Uint8Array> {
  let seen = 0
  for await (const chunk of content) {
    seen += chunk.byteLength
    if (seen > left) throw refusal()
    yield chunk
  }
}
