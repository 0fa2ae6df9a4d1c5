import Libsql from 'libsql'
import { StoreRefusal, refusalOf } from './refusal.ts'
import { SCHEMA } from './schema.ts'
import type { ReadTransaction, SqlValue, WriteTransaction } from './transaction.ts'

/** An SQLite file, or a database in memory, with the tables of a store in it. */
export interface Database {
  /** Runs `work` on a consistent view. Writers are not kept waiting. */
  read<T>(work: (tx: ReadTransaction) => T): T
  /**
   * Runs `work` alone among all writers of all processes; commits when it returns, rolls back when it throws.
   *
   * Waits at most `busyTimeoutMs` for its turn, then refuses (`Busy`). `work` is synchronous: the lock is never held across an `await`.
   */
  write<T>(work: (tx: WriteTransaction) => T): T
  /** Closes the file. A second call does nothing. */
  close(): void
}

/** How a database is opened. */
export interface DatabaseOptions {
  /** The file, whose folder exists; or `'memory'`. */
  readonly path: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** How long a writer waits for others, in milliseconds; 10,000 unless told. The thread sleeps meanwhile. */
  readonly busyTimeoutMs?: number | undefined
}

/**
 * Opens or creates a database and brings its tables to this version.
 *
 * Refuses with `NewerVersion`, `Forbidden`, `Corrupt`, `Full` or `Busy`, naming the path and the remedy.
 */
export const openDatabase = (options: DatabaseOptions): Database => new SqliteDatabase(options)

class SqliteDatabase implements Database {
  readonly #path: string
  readonly #now: () => number
  readonly #db: Libsql.Database
  readonly #statements = new Map<string, Libsql.Statement>()
  #state: 'idle' | 'inTransaction' | 'closed' = 'idle'

  constructor({ path, now, busyTimeoutMs = 10_000 }: DatabaseOptions) {
    this.#path = path === 'memory' ? 'the store in memory' : path
    this.#now = now
    this.#db = this.#guarded(() => new Libsql(path === 'memory' ? ':memory:' : path))
    this.#guarded(() => {
      this.#db.exec(`PRAGMA busy_timeout = ${Math.max(0, Math.trunc(busyTimeoutMs))}`)
      enterWal(this.#db)
      // With a write-ahead log, NORMAL keeps every commit when the process is killed: it is with the operating system by then. When the
      // machine loses power the newest commits may be lost, but the file is never torn. FULL would make each commit wait for the disk.
      this.#db.exec('PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON')
    })
    this.#migrate()
  }

  read<T>(work: (tx: ReadTransaction) => T): T {
    return this.#transaction('BEGIN', work)
  }

  write<T>(work: (tx: WriteTransaction) => T): T {
    return this.#transaction('BEGIN IMMEDIATE', work)
  }

  close(): void {
    if (this.#state === 'closed') return
    if (this.#state === 'inTransaction') throw new Error('close() was called inside a transaction')
    this.#state = 'closed'
    try {
      // libsql frees a connection when the last of its statements is garbage, so SQLite's own tidying at close comes late: do it here.
      this.#db.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(PASSIVE)')
    } catch {
      // Nothing is lost: on a full disk, say, the log stays beside the file and the next opening reads it.
    }
    this.#statements.clear()
    this.#db.close()
  }

  #transaction<T>(begin: string, work: (tx: WriteTransaction) => T): T {
    if (this.#state === 'inTransaction') throw new Error('a transaction is open already: pass its `tx` on instead of opening another')
    if (this.#state === 'closed') throw new Error(`${this.#path} is closed`)
    this.#guarded(() => this.#db.exec(begin))
    this.#state = 'inTransaction'
    const tx = new SqliteTransaction(this.#now(), (sql) => this.#prepare(sql))
    try {
      const result = work(tx)
      if (isPromise(result)) throw new TypeError('the work of a transaction is synchronous; it returned a promise')
      this.#db.exec('COMMIT')
      return result
    } catch (error) {
      // A full disk or a corrupt page makes SQLite roll back by itself.
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK')
      throw refusalOf(error, this.#path)
    } finally {
      this.#state = 'idle'
      tx.end()
    }
  }

  #prepare(sql: string): Libsql.Statement {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #migrate(): void {
    if (this.#version() === SCHEMA.length) return
    this.write((tx) => {
      // Another process may have done it while this one waited.
      const version = this.#version()
      if (version > SCHEMA.length) {
        throw new StoreRefusal(
          'NewerVersion',
          `${this.#path} was written by a newer version of this package (format ${version}; this one knows ${SCHEMA.length}); ` +
            'update @hanse/driver-local, or choose another folder',
        )
      }
      if (version === 0 && tx.get('SELECT 1 FROM sqlite_schema') !== undefined) {
        throw new StoreRefusal('Corrupt', `${this.#path} is a database of another program; choose another folder`)
      }
      for (const step of SCHEMA.slice(version)) this.#db.exec(step)
      this.#db.exec(`PRAGMA user_version = ${SCHEMA.length}`)
    })
  }

  #version(): number {
    const row = this.#guarded(() => this.#db.prepare('PRAGMA user_version').all()[0])
    // The pragma answers one row with one integer.
    return (row as { readonly user_version: number }).user_version
  }

  #guarded<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw refusalOf(error, this.#path)
    }
  }
}

class SqliteTransaction implements WriteTransaction {
  readonly now: number
  #prepare: (sql: string) => Libsql.Statement

  constructor(now: number, prepare: (sql: string) => Libsql.Statement) {
    this.now = now
    this.#prepare = prepare
  }

  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined {
    // The statement's author vouches for the row's type: SQL carries none.
    return this.#prepare(sql).get(values) as Row | undefined
  }

  all<Row>(sql: string, ...values: readonly SqlValue[]): readonly Row[] {
    return this.#prepare(sql).all(values) as Row[]
  }

  run(sql: string, ...values: readonly SqlValue[]): number {
    return this.#prepare(sql).run(values).changes
  }

  end(): void {
    this.#prepare = () => {
      throw new Error('this transaction has ended: use `tx` only inside the function that it was handed to')
    }
  }
}

const isPromise = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

const SQLITE_BUSY = 5

/** Switches to the write-ahead log. Of several processes that create one file, SQLite tells all but one "busy" without waiting. */
const enterWal = (db: Libsql.Database): void => {
  for (let attempt = 1; ; attempt++) {
    try {
      db.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      if (attempt === 100 || !(error instanceof Libsql.SqliteError) || ((error.rawCode ?? 0) & 0xff) !== SQLITE_BUSY) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}
