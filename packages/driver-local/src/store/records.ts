import { eraseRecord } from './erase.ts'
import { pageByName, pageOf } from './page.ts'
import type { NamePageQuery, Page, PageQuery } from './page.ts'
import type { OwnerMark, RecordRow, Reference, StoredRecord } from './record.ts'
import { recordOf } from './record.ts'
import { refuseIfUsed, setReferences } from './references.ts'
import { StoreRefusal, nameOf } from './refusal.ts'
import type { RecordName } from './refusal.ts'
import { begin, isLeaving } from './transitions.ts'
import type { Phased, TransitionTable } from './transitions.ts'
import type { ReadTransaction, SqlValue, WriteTransaction } from './transaction.ts'

/** A record that does not exist yet. */
export interface RecordDraft<Document> {
  readonly id: string
  readonly name?: string | undefined
  readonly parent?: string | undefined
  readonly key?: string | undefined
  readonly owner?: OwnerMark | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly usage?: Readonly<Record<string, number>> | undefined
  readonly references?: readonly Reference[] | undefined
  /** Where it starts, mostly what `begin(table, 'create', …)` answered; without it the phase is `''`. */
  readonly state?: Phased | undefined
  readonly document: Document
}

/** What may change of a record; what is absent stays. */
export type RecordChanges<Document> = Partial<Omit<RecordDraft<Document>, 'id' | 'parent' | 'key'>>

/**
 * The records of one kind in the one table that holds every kind.
 *
 * Gets, look-ups, pages, counts and sums go through an index each: their cost does not grow with the folder. Everything refuses by
 * throwing a `StoreRefusal`, which rolls the transaction back.
 */
export class Records<Document> {
  readonly kind: string
  readonly #uniqueName: 'everywhere' | 'inParent' | 'no'

  /** `uniqueName`: where two records of the kind may not share a name. */
  constructor(kind: string, { uniqueName = 'no' }: { readonly uniqueName?: 'everywhere' | 'inParent' | 'no' | undefined } = {}) {
    this.kind = kind
    this.#uniqueName = uniqueName
  }

  /** Adds a record. Refuses `Taken` (id, key or name), `Missing` (a reference) and `Invalid` (a character that the store cannot keep). */
  insert(tx: WriteTransaction, draft: RecordDraft<Document>): StoredRecord<Document> {
    const { id, name = '', parent = '', key, owner, labels = {}, usage = {}, references = [], state = { phase: '', pending: [] } } = draft
    refuseNul(id, name, parent, key)
    const same = this.get(tx, id)
    if (same !== undefined) throw new StoreRefusal('Taken', `there is a ${this.kind} ${id} already`, { by: [same] })
    const twin = key === undefined ? undefined : this.byKey(tx, key)
    if (twin !== undefined) throw new StoreRefusal('Taken', `the key was used already to create ${nameOf(twin)}`, { by: [twin] })
    this.#refuseTakenName(tx, name, parent)
    tx.run(
      `INSERT INTO records (kind, id, parent, name, key, owner_stack, owner_environment, owner_key,
         labels, usage, document, phase, pending, change_at, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      this.kind,
      id,
      parent,
      name,
      key ?? null,
      ...ownerColumns(owner),
      JSON.stringify(labels),
      usageColumn(usage),
      JSON.stringify(draft.document),
      ...stateColumns(state),
      tx.now,
      tx.now,
    )
    const added = this.#known(tx, id)
    indexLabels(tx, added)
    setReferences(tx, added, references)
    return added
  }

  /** The record with this id. */
  get(tx: ReadTransaction, id: string): StoredRecord<Document> | undefined {
    return this.#one(tx.get('SELECT * FROM records WHERE kind = ? AND id = ?', this.kind, id))
  }

  /** The record that was created under this idempotency key. */
  byKey(tx: ReadTransaction, key: string): StoredRecord<Document> | undefined {
    return this.#one(tx.get('SELECT * FROM records WHERE kind = ? AND key = ?', this.kind, key))
  }

  /** The oldest record with this name, of one parent or of any. */
  byName(tx: ReadTransaction, name: string, parent?: string): StoredRecord<Document> | undefined {
    const row =
      parent === undefined
        ? tx.get<RecordRow>(
            'SELECT * FROM records INDEXED BY records_by_name WHERE kind = ? AND name = ? ORDER BY seq LIMIT 1',
            this.kind,
            name,
          )
        : tx.get<RecordRow>(
            `SELECT * FROM records INDEXED BY records_by_parent_and_name
             WHERE kind = ? AND parent = ? AND name = ? ORDER BY seq LIMIT 1`,
            this.kind,
            parent,
            name,
          )
    return this.#one(row)
  }

  /** One page in order of creation. Filters are equality and are combined with "and". */
  page(tx: ReadTransaction, query: PageQuery): Page<Document> {
    return pageOf(tx, this.kind, query)
  }

  /** One page of a parent's children in order of their names: by the bytes of their UTF-8 form, as S3 lists objects. */
  pageByName(tx: ReadTransaction, query: NamePageQuery): Page<Document> {
    return pageByName(tx, this.kind, query)
  }

  /** How many there are, of one parent or in all: a running sum, nothing is counted. */
  count(tx: ReadTransaction, parent?: string): number {
    return this.total(tx, 'count', parent)
  }

  /** The sum of one measure of `usage`, over one parent's children or over all. */
  total(tx: ReadTransaction, measure: string, parent?: string): number {
    const scope = parent === undefined ? '*' : `=${parent}`
    const row = tx.get<{ amount: number }>(
      'SELECT amount FROM totals WHERE kind = ? AND scope = ? AND measure = ?',
      this.kind,
      scope,
      measure,
    )
    return row?.amount ?? 0
  }

  /** Changes a record. Refuses `Missing`, `Taken` (name or a reference's target), and `InUse` where it is to go but is used. */
  update(tx: WriteTransaction, id: string, changes: RecordChanges<Document>): StoredRecord<Document> {
    const before = this.#known(tx, id)
    const { name, owner, labels, usage, references, state } = changes
    const set = (columns: string, ...values: readonly SqlValue[]) =>
      tx.run(`UPDATE records SET ${columns}, updated_at = ? WHERE seq = ?`, ...values, tx.now, before.seq)
    if (name !== undefined && name !== before.name) {
      refuseNul(name)
      this.#refuseTakenName(tx, name, before.parent)
      set('name = ?', name)
    }
    if (owner !== undefined) set('owner_stack = ?, owner_environment = ?, owner_key = ?', ...ownerColumns(owner))
    if (usage !== undefined) set('usage = ?', usageColumn(usage))
    if (changes.document !== undefined) set('document = ?', JSON.stringify(changes.document))
    if (state !== undefined) {
      if (isLeaving(state)) refuseIfUsed(tx, before)
      set('phase = ?, pending = ?, change_at = ?', ...stateColumns(state))
    }
    if (labels !== undefined) {
      set('labels = ?', JSON.stringify(labels))
      indexLabels(tx, { ...before, labels })
    }
    if (references !== undefined) setReferences(tx, before, references)
    return this.#known(tx, id)
  }

  /**
   * Starts an action of a table of transitions. Answers the record, or `undefined` where it is gone at once.
   *
   * Refuses `Missing`, `WrongPhase`, and `InUse` where it is to go but is used.
   */
  begin<Action extends string>(
    tx: WriteTransaction,
    id: string,
    table: TransitionTable<Action>,
    action: Action,
    { delayMs }: { readonly delayMs: number },
  ): StoredRecord<Document> | undefined {
    const before = this.#known(tx, id)
    const state = begin(table, action, before, { now: tx.now, delayMs })
    if (state !== undefined) return this.update(tx, id, { state })
    this.remove(tx, id)
    return undefined
  }

  /**
   * Removes a record with all that it held: labels, references, numbers of pools, bytes.
   *
   * Answers `false` where there is none. Refuses (`InUse`) where another record uses it, and names it.
   */
  remove(tx: WriteTransaction, id: string): boolean {
    const record = this.get(tx, id)
    if (record === undefined) return false
    refuseIfUsed(tx, record)
    eraseRecord(tx, record)
    return true
  }

  #one(row: RecordRow | undefined): StoredRecord<Document> | undefined {
    return row === undefined ? undefined : recordOf<Document>(row)
  }

  #known(tx: ReadTransaction, id: string): StoredRecord<Document> {
    const record = this.get(tx, id)
    if (record === undefined) throw new StoreRefusal('Missing', `there is no ${this.kind} ${id}`)
    return record
  }

  #refuseTakenName(tx: ReadTransaction, name: string, parent: string): void {
    if (this.#uniqueName === 'no') return
    const holder: RecordName | undefined = this.byName(tx, name, this.#uniqueName === 'inParent' ? parent : undefined)
    if (holder !== undefined) throw new StoreRefusal('Taken', `the name ${name} belongs to ${nameOf(holder)}`, { by: [holder] })
  }
}

/** Writes a record's labels into the table in which pages look for them. */
const indexLabels = (tx: WriteTransaction, { seq, kind, labels }: Pick<StoredRecord, 'seq' | 'kind' | 'labels'>): void => {
  refuseNul(...Object.entries(labels).flat())
  tx.run('DELETE FROM record_labels WHERE seq = ?', seq)
  for (const [name, value] of Object.entries(labels)) {
    tx.run('INSERT INTO record_labels (kind, name, value, seq) VALUES (?, ?, ?, ?)', kind, name, value, seq)
  }
}

const ownerColumns = (owner: OwnerMark | undefined): readonly SqlValue[] => {
  refuseNul(owner?.stack, owner?.environment, owner?.key)
  return [owner?.stack ?? null, owner?.environment ?? null, owner?.key ?? null]
}

const stateColumns = ({ phase, pending }: Phased): readonly SqlValue[] => [phase, JSON.stringify(pending), pending[0]?.at ?? null]

const usageColumn = (usage: Readonly<Record<string, number>>): string => {
  const bad = Object.entries(usage).find(([, amount]) => !Number.isSafeInteger(amount))
  if (bad !== undefined) throw new StoreRefusal('Invalid', `usage ${bad[0]} is not a whole number: ${bad[1]}`)
  return JSON.stringify({ ...usage, count: 1 })
}

/** libsql cuts a text at its first NUL, so a name with one would come back as another name. */
const refuseNul = (...texts: readonly (string | undefined)[]): void => {
  const bad = texts.find((text) => text?.includes('\0'))
  if (bad !== undefined) throw new StoreRefusal('Invalid', `${JSON.stringify(bad)} contains the character NUL`)
}
