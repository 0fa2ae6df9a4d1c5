import type { LifecycleRule, ObjectHead, PutOptions } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import { recordsOf } from '../local-document.ts'
import type { StoredRecord } from '../store/record.ts'
import { Records } from '../store/records.ts'
import type { ReadTransaction } from '../store/transaction.ts'
import type { Piece } from './pieces.ts'

/** An object as it is kept. Its bytes are pieces: one of a put, many of an upload in parts. */
export interface ObjectDocument extends PutOptions {
  readonly pieces: readonly Piece[]
  readonly sizeBytes: number
  readonly etag: string
  readonly metadata: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  readonly modifiedAt: number
}

/** An object, or a version of one. Its id is its version's. */
export type ObjectRecord = StoredRecord<ObjectDocument>

/** What is there now, by bucket and key. */
export const objectRecords = new Records<ObjectDocument>('object', { uniqueName: 'inParent' })

/** What was there before, in buckets that keep it: by the id that it had as an object. */
export const versionRecords = new Records<ObjectDocument>('objectVersion')

/** Uploads under way, by bucket and key. They do not keep their bucket, as in S3. */
export const uploadRecords = new Records<PutOptions>('objectUpload')

/** A part that has arrived. */
export interface PartDocument {
  readonly number: number
  readonly etag: string
  readonly piece: Piece
}

/** Parts by upload and number. */
export const partRecords = new Records<PartDocument>('objectPart', { uniqueName: 'inParent' })

/** The measure of the bytes that objects, versions and parts take. */
export const objectBytes = 'objectBytes'

/** How a bucket treats its objects. */
export interface BucketRules {
  readonly versioning: boolean
  readonly lifecycle: readonly LifecycleRule[]
}

/** The rules of a bucket; refuses `NotFound`. */
export function rulesOf(tx: ReadTransaction, bucket: string): BucketRules {
  const record = recordsOf('bucket').get(tx, bucket)
  if (record === undefined) throw refuse('NotFound', `there is no bucket ${bucket}`, { kind: 'bucket', id: bucket })
  const { versioning = false, lifecycle = [] } = record.document.spec
  return { versioning, lifecycle }
}

/** What there is under a key; what its bucket lets go by now is not there. */
export function present(tx: ReadTransaction, bucket: string, key: string, rules: BucketRules): ObjectRecord | undefined {
  const record = objectRecords.byName(tx, key, bucket)
  return record === undefined || isExpired(record, rules, tx.now) ? undefined : record
}

/** The same; refuses `NotFound`. */
export function known(tx: ReadTransaction, bucket: string, key: string): { readonly record: ObjectRecord; readonly rules: BucketRules } {
  const rules = rulesOf(tx, bucket)
  const record = present(tx, bucket, key, rules)
  if (record === undefined) throw noObject(bucket, key)
  return { record, rules }
}

/** Whether a rule of the bucket has let an object go: it is judged whenever somebody looks. */
export const isExpired = ({ name, document }: ObjectRecord, { lifecycle }: BucketRules, now: number): boolean =>
  lifecycle.some(({ prefix, expireAfterDays }) => name.startsWith(prefix) && document.modifiedAt + expireAfterDays * 86_400_000 <= now)

/** Says that there is no such object, or no such version of it. */
export const noObject = (bucket: string, key: string, versionId?: string) =>
  refuse('NotFound', `there is no ${versionId === undefined ? 'object' : `version ${versionId} of object`} ${key} in bucket ${bucket}`, {
    kind: 'object',
    id: versionId ?? key,
  })

/** An object without its bytes. */
export const headOf = ({ id, name, document }: ObjectRecord, { versioning }: { readonly versioning: boolean }): ObjectHead => ({
  key: name,
  sizeBytes: document.sizeBytes,
  etag: document.etag,
  contentType: document.contentType,
  modifiedAt: new Date(document.modifiedAt),
  metadata: document.metadata,
  ...(versioning ? { versionId: id } : {}),
})
