import { StoreRefusal, nameOf } from './refusal.ts'
import type { RecordName } from './refusal.ts'
import type { WriteTransaction } from './transaction.ts'

/** The record that something belongs to; what it holds is released when it is removed. */
export interface Holder {
  readonly seq: number
}

/** Numbers from `first` to `last`, both included. */
export interface NumberRange {
  readonly first: bigint
  readonly last: bigint
}

/** A pool of numbers of which each is given once: addresses, device slots, ports. */
export interface PoolDefinition {
  /** The name of the pool, unique in the store: `subnet/<id>`. */
  readonly pool: string
  /** All that may be asked for by value. */
  readonly bounds: NumberRange
  /** What is given out unasked, lowest first; apart from each other, within the bounds. */
  readonly free: readonly NumberRange[]
  /** The record that the pool goes away with. */
  readonly holder: Holder
}

/** How a refusal speaks of a pool and its numbers. */
export interface PoolWords {
  readonly exhausted: string
  readonly taken: (value: bigint) => string
  readonly outOfRange: (value: bigint) => string
}

/**
 * Creates a pool.
 *
 * A pool keeps its free numbers as gaps, so giving, asking for one and giving back cost a few look-ups in an index, however large the
 * pool (an IPv6 subnet is one gap) and however full.
 */
export const createPool = (tx: WriteTransaction, { pool, bounds, free, holder }: PoolDefinition): void => {
  if (tx.get('SELECT 1 FROM pools WHERE pool = ?', pool) !== undefined) throw new StoreRefusal('Taken', `there is a pool ${pool} already`)
  tx.run('INSERT INTO pools (pool, first, last, holder) VALUES (?, ?, ?, ?)', pool, toText(bounds.first), toText(bounds.last), holder.seq)
  for (const { first, last } of free) addGap(tx, pool, first, last)
}

/**
 * Gives the lowest free number of a pool, or the `wanted` one.
 *
 * Refuses `Exhausted` (none is left), `Taken` (the wanted one is given), `OutOfRange` (it is outside the bounds), `Missing` (no such pool).
 */
export const allocate = (
  tx: WriteTransaction,
  pool: string,
  holder: Holder,
  wanted?: bigint,
  words: PoolWords = numbersOf(pool),
): bigint => {
  const bounds = tx.get<{ first: string; last: string }>('SELECT first, last FROM pools WHERE pool = ?', pool)
  if (bounds === undefined) throw new StoreRefusal('Missing', `there is no pool ${pool}`)
  const gap =
    wanted === undefined
      ? tx.get<Gap>('SELECT first, last FROM pool_free WHERE pool = ? ORDER BY first LIMIT 1', pool)
      : gapAround(tx, pool, wanted)
  if (gap !== undefined) {
    const value = wanted ?? toNumber(gap.first)
    tx.run('DELETE FROM pool_free WHERE pool = ? AND first = ?', pool, gap.first)
    addGap(tx, pool, toNumber(gap.first), value - 1n)
    addGap(tx, pool, value + 1n, toNumber(gap.last))
    return take(tx, pool, holder, value, true)
  }
  if (wanted === undefined) throw new StoreRefusal('Exhausted', words.exhausted)
  if (wanted < toNumber(bounds.first) || wanted > toNumber(bounds.last)) throw new StoreRefusal('OutOfRange', words.outOfRange(wanted))
  const taker = holderOf(tx, pool, wanted)
  if (taker !== undefined) throw new StoreRefusal('Taken', `${words.taken(wanted)} by ${nameOf(taker)}`, { by: [taker] })
  return take(tx, pool, holder, wanted, false)
}

/** Gives a number back; it is free at once. Answers `false` where it was not given. */
export const release = (tx: WriteTransaction, pool: string, value: bigint): boolean => {
  const taken = tx.get<{ from_free: number }>('SELECT from_free FROM pool_taken WHERE pool = ? AND value = ?', pool, toText(value))
  if (taken === undefined) return false
  tx.run('DELETE FROM pool_taken WHERE pool = ? AND value = ?', pool, toText(value))
  tx.run('UPDATE pools SET taken = taken - 1 WHERE pool = ?', pool)
  if (taken.from_free === 1) widenGap(tx, pool, value)
  return true
}

/** Gives back everything that a record holds. */
export const releaseHeldBy = (tx: WriteTransaction, { seq }: Holder): void => {
  const held = tx.all<{ pool: string; value: string }>('SELECT pool, value FROM pool_taken WHERE holder = ?', seq)
  for (const { pool, value } of held) release(tx, pool, toNumber(value))
}

/** How many numbers of a pool are given; a running sum. */
export const takenOf = (tx: Pick<WriteTransaction, 'get'>, pool: string): number =>
  tx.get<{ taken: number }>('SELECT taken FROM pools WHERE pool = ?', pool)?.taken ?? 0

/** Whose a number of a pool is; `undefined` where it is nobody's. */
export const holderOf = (tx: Pick<WriteTransaction, 'get'>, pool: string, value: bigint): RecordName | undefined =>
  tx.get<RecordName>(
    'SELECT r.kind, r.id, r.name FROM pool_taken t JOIN records r ON r.seq = t.holder WHERE t.pool = ? AND t.value = ?',
    pool,
    toText(value),
  )

const numbersOf = (pool: string): PoolWords => ({
  exhausted: `pool ${pool} has no free number left`,
  taken: (value) => `${value} of pool ${pool} is taken`,
  outOfRange: (value) => `${value} is outside pool ${pool}`,
})

interface Gap {
  readonly first: string
  readonly last: string
}

const gapAround = (tx: WriteTransaction, pool: string, value: bigint): Gap | undefined => {
  const gap = tx.get<Gap>(
    'SELECT first, last FROM pool_free WHERE pool = ? AND first <= ? ORDER BY first DESC LIMIT 1',
    pool,
    toText(value),
  )
  return gap !== undefined && gap.last >= toText(value) ? gap : undefined
}

const addGap = (tx: WriteTransaction, pool: string, first: bigint, last: bigint): void => {
  if (first <= last) tx.run('INSERT INTO pool_free (pool, first, last) VALUES (?, ?, ?)', pool, toText(first), toText(last))
}

/** Frees one number and joins the gaps that it touches, so that a pool that was emptied is one gap again. */
const widenGap = (tx: WriteTransaction, pool: string, value: bigint): void => {
  const before = value === 0n ? undefined : gapAround(tx, pool, value - 1n)
  const after = tx.get<Gap>('SELECT first, last FROM pool_free WHERE pool = ? AND first = ?', pool, toText(value + 1n))
  for (const gap of [before, after]) if (gap !== undefined) tx.run('DELETE FROM pool_free WHERE pool = ? AND first = ?', pool, gap.first)
  addGap(tx, pool, before === undefined ? value : toNumber(before.first), after === undefined ? value : toNumber(after.last))
}

const take = (tx: WriteTransaction, pool: string, { seq }: Holder, value: bigint, fromFree: boolean): bigint => {
  tx.run('INSERT INTO pool_taken (pool, value, holder, from_free) VALUES (?, ?, ?, ?)', pool, toText(value), seq, fromFree ? 1 : 0)
  tx.run('UPDATE pools SET taken = taken + 1 WHERE pool = ?', pool)
  return value
}

const toText = (value: bigint): string => value.toString(16).padStart(32, '0')

const toNumber = (text: string): bigint => BigInt(`0x${text}`)
