import type { PutCondition } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import type { ReadTransaction, WriteTransaction } from '../store/transaction.ts'
import { refuseBeyondBytes } from './object-limits.ts'
import type { BucketRules, ObjectDocument, ObjectRecord } from './object-records.ts'
import { objectBytes, objectRecords, present, versionRecords } from './object-records.ts'

/** What is to be under a key. */
interface Kept {
  readonly bucket: string
  readonly key: string
  readonly document: ObjectDocument
  /** Holds of bytes that were just stored; whoever stored them gives them up. */
  readonly condition?: PutCondition | undefined
  /** How many of these bytes count against the quota already, as parts. */
  readonly counted?: number | undefined
}

/** Puts an object in the place of what has its key: both in one transaction, so a reader sees either. */
export function keepObject(
  tx: WriteTransaction,
  cloud: LocalCloud,
  rules: BucketRules,
  { bucket, key, document, condition, counted = 0 }: Kept,
): ObjectRecord {
  refuseUnmet(tx, bucket, key, rules, condition)
  const before = objectRecords.byName(tx, key, bucket)
  const freed = before === undefined || rules.versioning ? 0 : before.document.sizeBytes
  refuseBeyondBytes(tx, cloud, document.sizeBytes, freed + counted)
  if (before !== undefined) retire(tx, cloud, before, rules)
  return insert(tx, cloud, objectRecords, { id: cloud.runtime.randomUUID(), bucket, key, document })
}

/** Takes an object away: into the versions of its bucket, where that keeps them. */
export function retire(
  tx: WriteTransaction,
  cloud: LocalCloud,
  { id, parent: bucket, name: key, document }: ObjectRecord,
  rules: BucketRules,
): void {
  if (rules.versioning) insert(tx, cloud, versionRecords, { id, bucket, key, document })
  // Those who have just been told of it may still read it.
  else cloud.store.bytes.linger(tx, digestsOf(document))
  objectRecords.remove(tx, id)
}

/** Refuses a write whose condition is not met by what is there now. */
export function refuseUnmet(
  tx: ReadTransaction,
  bucket: string,
  key: string,
  rules: BucketRules,
  { ifMatch, ifNoneMatch }: PutCondition = {},
): void {
  if (ifMatch === undefined && ifNoneMatch === undefined) return
  const actual = present(tx, bucket, key, rules)?.document.etag
  if (ifNoneMatch === '*' && actual !== undefined)
    throw refuse('FailedPrecondition', `ifNoneMatch: there is an object ${key} already`, { expected: 'nothing', actual })
  // As HTTP writes a tag, or without its quotes (RFC 9110, section 8.8.3).
  const expected = ifMatch?.replace(/^"(.*)"$/, '$1')
  if (expected !== undefined && expected !== actual)
    throw refuse('FailedPrecondition', `ifMatch: object ${key} is ${actual === undefined ? 'not there' : 'another'}`, {
      expected,
      actual: actual ?? 'nothing',
    })
}

/** The bytes that an object uses, each once. */
const digestsOf = ({ pieces }: Pick<ObjectDocument, 'pieces'>): readonly string[] => [...new Set(pieces.map(({ digest }) => digest))]

function insert(
  tx: WriteTransaction,
  { store }: LocalCloud,
  records: typeof objectRecords,
  { id, bucket, key, document }: { readonly id: string; readonly bucket: string; readonly key: string; readonly document: ObjectDocument },
): ObjectRecord {
  const references = [{ field: 'bucket', kind: 'bucket', id: bucket }]
  const record = records.insert(tx, { id, name: key, parent: bucket, usage: { [objectBytes]: document.sizeBytes }, references, document })
  for (const digest of digestsOf(document)) store.bytes.use(tx, { digest }, record)
  return record
}
