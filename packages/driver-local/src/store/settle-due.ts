import { eraseRecord } from './erase.ts'
import { recordOf } from './record.ts'
import type { RecordRow } from './record.ts'
import { settle } from './transitions.ts'
import type { ReadTransaction, WriteTransaction } from './transaction.ts'

/** Writes down what time has changed since the last write, oldest first, so that pages, counts and look-ups see it too. */
export const settleDue = (tx: WriteTransaction): void => {
  const rows = tx.all<RecordRow>('SELECT * FROM records WHERE change_at <= ? ORDER BY change_at, seq', tx.now)
  for (const record of rows.map((row) => recordOf<unknown>(row))) {
    const later = settle(tx.now, record)
    if (later === undefined) {
      eraseRecord(tx, record)
    } else {
      const changedAt = record.pending[record.pending.length - later.pending.length - 1]?.at ?? tx.now
      tx.run(
        'UPDATE records SET phase = ?, pending = ?, change_at = ?, updated_at = ? WHERE seq = ?',
        later.phase,
        JSON.stringify(later.pending),
        later.pending[0]?.at ?? null,
        changedAt,
        later.seq,
      )
    }
  }
}

/** When the next record of the folder changes by itself, in milliseconds since 1970. */
export const nextChangeIn = (tx: ReadTransaction): number | undefined =>
  tx.get<{ at: number | null }>('SELECT min(change_at) AS at FROM records WHERE change_at IS NOT NULL')?.at ?? undefined
