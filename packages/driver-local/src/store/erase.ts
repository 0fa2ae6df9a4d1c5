import { releaseHeldBy } from './allocator.ts'
import type { WriteTransaction } from './transaction.ts'

/** Deletes a record's row and everything that belongs to it, without asking who uses it. */
export const eraseRecord = (tx: WriteTransaction, record: { readonly seq: number; readonly kind: string; readonly id: string }): void => {
  releaseHeldBy(tx, record)
  tx.run('DELETE FROM record_references WHERE to_kind = ? AND to_id = ?', record.kind, record.id)
  // Labels, references, pools and uses of bytes go with the row: the schema says so.
  tx.run('DELETE FROM records WHERE seq = ?', record.seq)
}
