import type { Reference } from './record.ts'
import { StoreRefusal, nameOf } from './refusal.ts'
import type { RecordName } from './refusal.ts'
import { isLeaving } from './transitions.ts'
import type { ReadTransaction, WriteTransaction } from './transaction.ts'

/** Somebody who uses a record, and the field that says so. */
export interface Referrer extends RecordName {
  readonly field: string
}

/** Which of those who use a record are asked for. */
export interface ReferrerQuery {
  /** At most so many; 5 unless told. */
  readonly limit?: number | undefined
  /** Only those that are not on their way out. */
  readonly staying?: boolean | undefined
  /** Only those of this kind … */
  readonly by?: string | undefined
  /** … who say so in this field. */
  readonly field?: string | undefined
}

/** Who uses a record; one indexed look-up. */
export const referrersOf = (
  tx: ReadTransaction,
  { kind, id }: { readonly kind: string; readonly id: string },
  { limit = 5, staying = false, by, field }: ReferrerQuery = {},
): readonly Referrer[] =>
  tx
    .all<Referrer>(
      `SELECT r.kind, r.id, r.name, f.field FROM record_references f JOIN records r ON r.seq = f.from_seq
     WHERE f.to_kind = ? AND f.to_id = ? AND (? = 0 OR coalesce(json_extract(r.pending, '$[#-1].phase'), '') <> '' OR r.pending = '[]')
       AND r.kind = coalesce(?, r.kind) AND f.field = coalesce(?, f.field)
     ORDER BY f.from_seq LIMIT ?`,
      kind,
      id,
      staying ? 1 : 0,
      by ?? null,
      field ?? null,
      limit,
    )
    .map(({ kind, id, name, field }) => ({ kind, id, name, field }))

/** What a record refers to, in the order of fields. */
export const referencesOf = (tx: ReadTransaction, { seq }: { readonly seq: number }): readonly Reference[] =>
  tx
    .all<Reference>(
      'SELECT field, to_kind AS kind, to_id AS id FROM record_references WHERE from_seq = ? ORDER BY field, to_kind, to_id',
      seq,
    )
    .map(({ field, kind, id }) => ({ field, kind, id }))

/** Refuses (`Missing`) a target that does not exist or is on its way out. */
export const refuseMissing = (tx: ReadTransaction, { field, kind, id }: Reference): void => {
  const target = tx.get<{ phase: string; pending: string }>('SELECT phase, pending FROM records WHERE kind = ? AND id = ?', kind, id)
  const by = [{ kind, id, name: '' }]
  if (target === undefined) throw new StoreRefusal('Missing', `${field}: there is no ${kind} ${id}`, { by })
  if (isLeaving({ phase: target.phase, pending: JSON.parse(target.pending) })) {
    throw new StoreRefusal('Missing', `${field}: ${kind} ${id} is being deleted`, { by })
  }
}

/** Replaces what a record refers to. Refuses as {@link refuseMissing}. */
export const setReferences = (tx: WriteTransaction, { seq }: { readonly seq: number }, references: readonly Reference[]): void => {
  tx.run('DELETE FROM record_references WHERE from_seq = ?', seq)
  for (const reference of references) {
    const { field, kind, id } = reference
    refuseMissing(tx, reference)
    tx.run('INSERT OR IGNORE INTO record_references (to_kind, to_id, from_seq, field) VALUES (?, ?, ?, ?)', kind, id, seq, field)
  }
}

/** Refuses (`InUse`) where a record uses this one (with `staying`: one that is to stay), and names up to five of them. */
export const refuseIfUsed = (
  tx: ReadTransaction,
  record: RecordName,
  { staying = true }: { readonly staying?: boolean | undefined } = {},
): void => {
  const by = referrersOf(tx, record, { limit: 6, staying })
  if (by.length === 0) return
  const named = by.slice(0, 5).map((user) => `${nameOf(user)} in ${user.field}`)
  throw new StoreRefusal('InUse', `${nameOf(record)} is in use by ${named.join(', ')}${by.length > 5 ? ' and more' : ''}`, {
    by: by.slice(0, 5),
  })
}
