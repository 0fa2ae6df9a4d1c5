/** What a column may hold. */
export type SqlValue = string | number | bigint | null

/** A consistent view of the store, as it was at one instant. Usable only inside the function that it was handed to. */
export interface ReadTransaction {
  /** The instant (milliseconds since 1970) of everything that this transaction reads or writes. */
  readonly now: number
  /** The first row, or `undefined`. `Row` is what the statement selects; the caller vouches for it. */
  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined
  /** Every row; a statement that may match many says LIMIT. */
  all<Row>(sql: string, ...values: readonly SqlValue[]): readonly Row[]
}

/** The one writer of the store: everything that it does becomes visible at once, or nothing does. */
export interface WriteTransaction extends ReadTransaction {
  /** Runs a statement and says how many rows it changed. */
  run(sql: string, ...values: readonly SqlValue[]): number
}
