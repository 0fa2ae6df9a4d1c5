import type { LocalCloud } from '../local-cloud.ts'
import type { WriteTransaction } from '../store/transaction.ts'
import { retire } from './keep-object.ts'
import type { BucketRules } from './object-records.ts'
import { isExpired, objectRecords, partRecords, rulesOf, uploadRecords } from './object-records.ts'

/** Takes away some objects that their bucket lets go: what a list has come across. Looks again, for another process may have been faster. */
export function letGo(tx: WriteTransaction, cloud: LocalCloud, ids: readonly string[], rules: BucketRules): void {
  for (const id of ids) {
    const record = objectRecords.get(tx, id)
    if (record !== undefined && isExpired(record, rules, tx.now)) retire(tx, cloud, record, rules)
  }
}

/** What keeps no bucket: uploads under way, and objects that it lets go. Stops at the first object that stays. */
export function emptyBucket(tx: WriteTransaction, cloud: LocalCloud, bucket: string): void {
  for (
    let page = uploadRecords.page(tx, { parent: bucket, limit: 100 }).records;
    page.length > 0;
    page = uploadRecords.page(tx, { parent: bucket, limit: 100 }).records
  )
    for (const { id } of page) removeUpload(tx, id)
  const rules = rulesOf(tx, bucket)
  if (rules.lifecycle.length === 0 || rules.versioning) return
  for (;;) {
    const { records } = objectRecords.page(tx, { parent: bucket, limit: 100 })
    const due = records.filter((record) => isExpired(record, rules, tx.now))
    for (const record of due) retire(tx, cloud, record, rules)
    if (due.length === 0 || due.length < records.length) return
  }
}

/** Removes an upload with its parts. */
export function removeUpload(tx: WriteTransaction, id: string): void {
  for (
    let page = partRecords.page(tx, { parent: id, limit: 100 }).records;
    page.length > 0;
    page = partRecords.page(tx, { parent: id, limit: 100 }).records
  )
    for (const part of page) partRecords.remove(tx, part.id)
  uploadRecords.remove(tx, id)
}
