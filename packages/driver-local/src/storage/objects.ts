import type { ObjectHead } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { ObjectDriver } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import type { StoredRecord } from '../store/record.ts'
import { Records } from '../store/records.ts'
import type { ReadTransaction, WriteTransaction } from '../store/transaction.ts'

interface ObjectDocument {
  readonly digest: string
  readonly sizeBytes: number
  readonly etag: string
  readonly contentType?: string | undefined
  readonly metadata: Readonly<Record<string, string>>
}
type ObjectRecord = StoredRecord<ObjectDocument>

const largestPage = 1000

/** Objects: a record by bucket and key, its bytes stored once by digest. */
export function objects({ store, runtime }: LocalCloud): ObjectDriver {
  const records = new Records<ObjectDocument>('object', { uniqueName: 'inParent' })

  const known = (tx: ReadTransaction, bucket: string, key: string): ObjectRecord => {
    refuseMissingBucket(tx, bucket)
    const record = records.byName(tx, key, bucket)
    if (record === undefined) throw refuse('NotFound', `there is no object ${key} in bucket ${bucket}`, { kind: 'object', id: key })
    return record
  }

  /** Writes a record in place of the one that has the key: both in one transaction, so a reader sees either. */
  const replace = (tx: WriteTransaction, bucket: string, key: string, document: ObjectDocument, hold?: string): ObjectRecord => {
    const before = records.byName(tx, key, bucket)
    if (before !== undefined) records.remove(tx, before.id)
    const references = [{ field: 'bucket', kind: 'bucket', id: bucket }]
    const record = records.insert(tx, { id: runtime.randomUUID(), name: key, parent: bucket, references, document })
    store.bytes.use(tx, { digest: document.digest, hold }, record)
    return record
  }

  return {
    put: async (bucket, key, content, { contentType, metadata = {} }, { signal }) => {
      store.read((tx) => refuseMissingBucket(tx, bucket))
      const stored = await store.bytes.put(content, { md5: true, signal })
      const document = { digest: stored.digest, sizeBytes: stored.size, etag: stored.md5 ?? '', contentType, metadata: lowerCased(metadata) }
      return store.write((tx) => {
        refuseMissingBucket(tx, bucket)
        return headOf(replace(tx, bucket, key, document, stored.hold))
      })
    },
    get: async (bucket, key, { range }, { signal }) => {
      const record = store.read((tx) => known(tx, bucket, key))
      const { digest, sizeBytes } = record.document
      if (range !== undefined && range.start >= sizeBytes)
        throw refuse('InvalidArgument', `range: begins at ${range.start}, and ${key} has ${sizeBytes} bytes`, { path: ['range', 'start'] })
      const end = range?.end === undefined ? undefined : range.end + 1
      return { head: headOf(record), content: store.bytes.get(digest, { start: range?.start, end, signal }) }
    },
    head: async (bucket, key) => headOf(store.read((tx) => known(tx, bucket, key))),
    list: async (bucket, { prefix, cursor, pageSize }) => {
      const limit = Math.min(pageSize ?? largestPage, largestPage)
      const page = store.read((tx) => {
        refuseMissingBucket(tx, bucket)
        return records.pageByName(tx, { parent: bucket, prefix, after: cursor, limit })
      })
      return { items: page.records.map(headOf), nextCursor: page.next }
    },
    delete: async (bucket, key) =>
      store.write((tx) => {
        records.remove(tx, known(tx, bucket, key).id)
      }),
    copy: async (from, to) =>
      store.write((tx) => {
        const { document } = known(tx, from.bucket, from.key)
        refuseMissingBucket(tx, to.bucket)
        return headOf(replace(tx, to.bucket, to.key, document))
      }),
  }
}

function refuseMissingBucket(tx: ReadTransaction, bucket: string): void {
  if (tx.get("SELECT 1 FROM records WHERE kind = 'bucket' AND id = ?", bucket) === undefined)
    throw refuse('NotFound', `there is no bucket ${bucket}`, { kind: 'bucket', id: bucket })
}

const headOf = ({ name, document, createdAt }: ObjectRecord): ObjectHead => ({
  key: name,
  sizeBytes: document.sizeBytes,
  etag: document.etag,
  contentType: document.contentType,
  modifiedAt: new Date(createdAt),
  metadata: document.metadata,
})

const lowerCased = (metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]))
