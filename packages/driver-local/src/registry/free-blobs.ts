import type { WriteTransaction } from '../store/transaction.ts'
import { blobPhases, blobRecords } from './registry-records.ts'

/** How long a blob that no manifest names is kept: whoever pushes a large image sends its first blob long before its manifest. */
const keptForMs = 86_400_000

/** Removes blobs of a repository that have been named by nothing for a day, and gives their digests. */
export function freeBlobs(tx: WriteTransaction, repository: string): readonly string[] {
  const { records } = blobRecords.page(tx, { parent: repository, phase: blobPhases.free, limit: 1000 })
  const due = records.filter(({ updatedAt }) => updatedAt + keptForMs <= tx.now)
  for (const { id } of due) blobRecords.remove(tx, id)
  return due.map(({ name }) => name)
}
