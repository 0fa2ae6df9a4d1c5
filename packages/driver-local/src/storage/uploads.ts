import { createHash } from 'node:crypto'
import type { MultipartUpload, UploadedPart } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { MultipartDriver } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import type { ReadTransaction } from '../store/transaction.ts'
import { keepObject } from './keep-object.ts'
import { removeUpload } from './let-go.ts'
import { refuseBadKey, refuseBeyondBytes, settled, withinQuota } from './object-limits.ts'
import type { PartDocument } from './object-records.ts'
import { headOf, objectBytes, partRecords, rulesOf, uploadRecords } from './object-records.ts'

/** What S3 asks of every part but the last: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const smallestPartBytes = 5 * 1024 * 1024

/** Uploads in parts, as S3 has them. Parts are bytes like others: joining them moves none. */
export function uploads(cloud: LocalCloud): MultipartDriver {
  const { store, runtime } = cloud

  return {
    createUpload: async (bucket, key, options) => {
      refuseBadKey(key)
      const document = settled(options)
      return store.write((tx) => {
        rulesOf(tx, bucket)
        const { id } = uploadRecords.insert(tx, { id: runtime.randomUUID(), name: key, parent: bucket, document })
        return { bucket, key, uploadId: id }
      })
    },

    putPart: async (upload, number, content, { signal }) => {
      store.read((tx) => knownUpload(tx, upload))
      const stored = await store.bytes.put(withinQuota(cloud, content), { md5: true, signal })
      const etag = stored.md5 ?? ''
      store.bytes.settle([stored], () =>
        store.write((tx) => {
          const { id } = knownUpload(tx, upload)
          const name = nameOf(number)
          const before = partRecords.byName(tx, name, id)
          refuseBeyondBytes(tx, cloud, stored.size, before?.document.piece.size)
          if (before !== undefined) partRecords.remove(tx, before.id)
          const document = { number, etag, piece: { digest: stored.digest, size: stored.size } }
          const part = partRecords.insert(tx, {
            id: runtime.randomUUID(),
            name,
            parent: id,
            usage: { [objectBytes]: stored.size },
            document,
          })
          store.bytes.use(tx, stored, part)
        }),
      )
      store.bytes.sweep()
      return { number, etag }
    },

    completeUpload: async (upload, parts) => {
      refuseDisorder(parts)
      const head = store.write((tx) => {
        const { id, document } = knownUpload(tx, upload)
        const arrived = parts.map((part) => knownPart(tx, id, part))
        refuseSmall(arrived)
        const pieces = arrived.map(({ piece }) => piece)
        const sizeBytes = pieces.reduce((sum, { size }) => sum + size, 0)
        const rules = rulesOf(tx, upload.bucket)
        const { metadata = {}, ...words } = document
        const joined = { ...words, metadata, pieces, sizeBytes, etag: etagOf(arrived), modifiedAt: tx.now }
        const record = keepObject(tx, cloud, rules, { bucket: upload.bucket, key: upload.key, document: joined, counted: sizeBytes })
        removeUpload(tx, id)
        return headOf(record, rules)
      })
      store.bytes.sweep()
      return head
    },

    abortUpload: async (upload) => {
      store.write((tx) => {
        rulesOf(tx, upload.bucket)
        // One that is gone is what was asked for.
        if (isUpload(tx, upload)) removeUpload(tx, upload.uploadId)
      })
      store.bytes.sweep()
    },
  }
}

const isUpload = (tx: ReadTransaction, { bucket, key, uploadId }: MultipartUpload): boolean => {
  const found = uploadRecords.get(tx, uploadId)
  return found?.parent === bucket && found.name === key
}

function knownUpload(tx: ReadTransaction, upload: MultipartUpload) {
  rulesOf(tx, upload.bucket)
  const record = isUpload(tx, upload) ? uploadRecords.get(tx, upload.uploadId) : undefined
  if (record === undefined)
    throw refuse('NotFound', `there is no upload ${upload.uploadId} of ${upload.key}`, { kind: 'upload', id: upload.uploadId })
  return record
}

function knownPart(tx: ReadTransaction, upload: string, { number, etag }: UploadedPart): PartDocument {
  const part = partRecords.byName(tx, nameOf(number), upload)?.document
  const expected = etag.replace(/^"(.*)"$/, '$1')
  if (part === undefined) throw refuse('FailedPrecondition', `parts: part ${number} has not arrived`, { expected, actual: 'nothing' })
  if (part.etag !== expected)
    throw refuse('FailedPrecondition', `parts: part ${number} is another than named`, { expected, actual: part.etag })
  return part
}

function refuseSmall(parts: readonly PartDocument[]): void {
  const small = parts.slice(0, -1).find(({ piece }) => piece.size < smallestPartBytes)
  if (small === undefined) return
  const message = `parts: part ${small.number} has ${small.piece.size} bytes, and every part but the last at least ${smallestPartBytes}`
  throw refuse('InvalidArgument', message, { path: ['parts'] })
}

function refuseDisorder(parts: readonly UploadedPart[]): void {
  const at = parts.findIndex(({ number }, index) => number <= (parts[index - 1]?.number ?? 0))
  if (at !== -1)
    throw refuse('InvalidArgument', `parts: are named in the order of their numbers, each once, and number ${parts[at]?.number} is not`, {
      path: ['parts', at, 'number'],
    })
}

/** As S3 makes it: the MD5 of the MD5s of the parts, and how many they are. */
const etagOf = (parts: readonly { readonly etag: string }[]): string => {
  const hash = createHash('md5')
  for (const { etag } of parts) hash.update(Buffer.from(etag, 'hex'))
  return `${hash.digest('hex')}-${parts.length}`
}

const nameOf = (number: number): string => String(number).padStart(5, '0')
