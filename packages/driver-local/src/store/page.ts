import { recordOf } from './record.ts'
import type { RecordRow, Reference, StoredRecord } from './record.ts'
import { StoreRefusal } from './refusal.ts'
import type { ReadTransaction, SqlValue } from './transaction.ts'

/** Some records, and where the next page starts. */
export interface Page<Document> {
  readonly records: readonly StoredRecord<Document>[]
  /** Opaque; give it back as `after`. Absent on the last page. */
  readonly next?: string
}

/** Which records a page shows, in order of creation. */
export interface PageQuery {
  readonly parent?: string | undefined
  readonly name?: string | undefined
  readonly phase?: string | undefined
  readonly owner?: { readonly stack: string; readonly environment?: string | undefined } | undefined
  /** Every one of these labels, with this value. */
  readonly labels?: Readonly<Record<string, string>> | undefined
  /** Those that refer to each of these, in that field. */
  readonly refersTo?: readonly Reference[] | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Which children of one parent a page shows, in order of their names. */
export interface NamePageQuery {
  readonly parent: string
  readonly prefix?: string | undefined
  /** A cursor, or … */
  readonly after?: string | undefined
  /** … the name after which to start; it need not exist. */
  readonly afterName?: string | undefined
  readonly limit: number
}

/**
 * Reads a page of one kind, ordered by `seq`.
 *
 * The page walks the index of the filter that matches the fewest records and checks the other filters on the way.
 */
export const pageOf = <Document>(tx: ReadTransaction, kind: string, query: PageQuery): Page<Document> => {
  const after = query.after === undefined ? 0 : Number(cursorPart('s', query.after))
  if (!Number.isSafeInteger(after)) throw badCursor()
  const filters = filtersOf(kind, query)
  const walked = filters.length < 2 ? filters[0] : fewest(tx, filters)
  const source = walked ?? { ...column('records_by_kind', 'r.kind = ?', kind), seq: 'r.seq' }
  const others = filters.filter((filter) => filter !== walked)
  const rows = tx.all<RecordRow>(
    `SELECT r.* FROM ${source.from} WHERE ${[source.where, ...others.map((other) => other.check)].join(' AND ')} AND ${source.seq} > ?
     ORDER BY ${source.seq} LIMIT ?`,
    ...source.values,
    ...others.flatMap((other) => other.values),
    after,
    query.limit + 1,
  )
  return toPage(rows, query.limit, (last) => cursor('s', String(last.seq)))
}

/** Reads a page of one parent's children, ordered by name. A page that starts in the middle costs what the first one costs. */
export const pageByName = <Document>(tx: ReadTransaction, kind: string, query: NamePageQuery): Page<Document> => {
  const { parent, prefix = '', limit } = query
  const after = query.after === undefined ? query.afterName : cursorPart('n', query.after)
  const inside = after !== undefined && Buffer.compare(Buffer.from(after), Buffer.from(prefix)) >= 0
  const end = firstBeyond(prefix)
  const rows = tx.all<RecordRow>(
    `SELECT * FROM records INDEXED BY records_by_parent_and_name
     WHERE kind = ? AND parent = ? AND name ${inside ? '>' : '>='} ? ${end === undefined ? '' : 'AND name < ?'} ORDER BY name LIMIT ?`,
    kind,
    parent,
    inside ? after : prefix,
    ...(end === undefined ? [] : [end]),
    limit + 1,
  )
  return toPage(rows, limit, (last) => cursor('n', last.name))
}

/** A filter as the source that a page walks (`from`, `where`, `seq`) and as a check on records found another way. */
interface Filter {
  readonly from: string
  /** `from` without the records, where counting can do without them. */
  readonly counted: string
  readonly where: string
  readonly seq: string
  readonly check: string
  readonly values: readonly SqlValue[]
}

const filtersOf = (kind: string, { parent, name, phase, owner, labels = {}, refersTo = [] }: PageQuery): readonly Filter[] => [
  ...(name === undefined ? [] : [column('records_by_name', 'r.kind = ? AND r.name = ?', kind, name)]),
  ...Object.entries(labels).map(([label, value]) => labelled(kind, label, value)),
  ...(parent === undefined ? [] : [column('records_by_parent', 'r.kind = ? AND r.parent = ?', kind, parent)]),
  ...(phase === undefined ? [] : [column('records_by_phase', 'r.kind = ? AND r.phase = ?', kind, phase)]),
  ...(owner === undefined ? [] : [owned(kind, owner)]),
  ...refersTo.map((reference) => referring(kind, reference)),
]

const column = (index: string, where: string, ...values: readonly SqlValue[]): Filter => ({
  from: `records r INDEXED BY ${index}`,
  counted: `records r INDEXED BY ${index}`,
  where,
  seq: 'r.seq',
  check: where,
  values,
})

const owned = (kind: string, { stack, environment }: NonNullable<PageQuery['owner']>): Filter =>
  environment === undefined
    ? column('records_by_stack', 'r.kind = ? AND r.owner_stack = ?', kind, stack)
    : column('records_by_owner', 'r.kind = ? AND r.owner_stack = ? AND r.owner_environment = ?', kind, stack, environment)

const labelled = (kind: string, label: string, value: string): Filter => ({
  from: 'record_labels l CROSS JOIN records r ON r.seq = l.seq',
  counted: 'record_labels l',
  where: 'l.kind = ? AND l.name = ? AND l.value = ?',
  seq: 'l.seq',
  check: 'EXISTS (SELECT 1 FROM record_labels c WHERE c.kind = ? AND c.name = ? AND c.value = ? AND c.seq = r.seq)',
  values: [kind, label, value],
})

const referring = (kind: string, { field, kind: to, id }: Reference): Filter => ({
  from: 'record_references f CROSS JOIN records r ON r.seq = f.from_seq',
  counted: 'record_references f CROSS JOIN records r ON r.seq = f.from_seq',
  where: 'f.to_kind = ? AND f.to_id = ? AND f.field = ? AND r.kind = ?',
  seq: 'f.from_seq',
  check: `EXISTS (SELECT 1 FROM record_references g WHERE g.to_kind = ? AND g.to_id = ? AND g.field = ? AND g.from_seq = r.seq) AND r.kind = ?`,
  values: [to, id, field, kind],
})

/** The filter with the fewest matches. Counting stops at `limit`, so the choice costs little however many there are. */
const fewest = (tx: ReadTransaction, filters: readonly Filter[], limit = 100): Filter | undefined => {
  const count = ({ counted, where, values }: Filter) =>
    tx.get<{ n: number }>(`SELECT count(*) AS n FROM (SELECT 1 FROM ${counted} WHERE ${where} LIMIT ${limit})`, ...values)?.n ?? 0
  const counts = filters.map((filter) => ({ filter, n: count(filter) }))
  const least = counts.reduce((a, b) => (b.n < a.n ? b : a))
  // All are common: look closer once, for among 100,000 records the right choice saves most.
  return least.n < limit || limit > 100 ? least.filter : fewest(tx, filters, 2_000)
}

const toPage = <Document>(rows: readonly RecordRow[], limit: number, next: (last: RecordRow) => string): Page<Document> => {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const records = shown.map((row) => recordOf<Document>(row))
  return rows.length > limit && last !== undefined ? { records, next: next(last) } : { records }
}

const cursor = (order: 's' | 'n', at: string): string => Buffer.from(`${order}:${at}`).toString('base64url')

const cursorPart = (order: 's' | 'n', text: string): string => {
  const plain = Buffer.from(text, 'base64url').toString()
  if (!plain.startsWith(`${order}:`)) throw badCursor()
  return plain.slice(2)
}

const badCursor = () => new StoreRefusal('Invalid', 'the cursor is not one that a page of this order answered')

/** The smallest text that sorts after every text with this prefix; `undefined` where there is none. */
const firstBeyond = (prefix: string): string | undefined => {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0)
  while (points.at(-1) === 0x10ffff) points.pop()
  const last = points.pop()
  // The code points from D800 to DFFF have no UTF-8 form.
  return last === undefined ? undefined : String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1)
}
