import type { ResultAsync } from 'neverthrow'
import type { StackError } from '../stack-error.ts'
import type { RecordedResource } from './recorded-resource.ts'
import type { StateEvent } from './state-event.ts'

/** Where the states of stacks lie: a folder, a database, a bucket, memory. */
export interface StateStore {
  /**
   * The state of one stack in one environment. Touches nothing yet.
   * Names are 1 to 63 letters, digits, `.`, `_` and `-`, the first a letter or digit; others are answered `InvalidInput`.
   */
  open(stack: string, environment: string): ResultAsync<StackState, StackError>
}

/** The state of one stack in one environment: read by anybody at any time, written by the one who holds its lease. */
export interface StackState {
  /** What is recorded now. Needs no lease, waits for nobody and writes nothing. Fails with `StateUnreadable`. */
  read(): ResultAsync<StateView, StackError>
  /** Takes the lease and reads what is recorded. Fails with `LeaseHeld`, `StateUnreadable`, `StateUnwritable`, `Cancelled`. */
  lease(options?: LeaseOptions): ResultAsync<StateSession, StackError>
}

/** What is recorded at one moment. */
export interface StateView {
  /** A UUID, the identity of the stack for ever; absent as long as nobody has written. */
  readonly stackId: string | undefined
  /** The program that the stack belongs to, if any has said so. */
  readonly origin: string | undefined
  /** Equal if and only if nothing was recorded in between. Not to be ordered. */
  readonly version: string
  /** The highest generation that was ever given out; the next create or replace takes a greater one. */
  readonly generation: number
  /** By address, in the order in which they were first recorded. */
  readonly resources: ReadonlyMap<string, RecordedResource>
}

/** How a lease is taken. */
export interface LeaseOptions {
  /** How long it stands without being renewed, 100 ms to a day; renewed every third of that. 30 seconds unless given. */
  readonly ttlMs?: number | undefined
  /** How long to wait for another holder. 0 unless given: fails at once. */
  readonly waitMs?: number | undefined
  /** The program that takes it; recorded if none was before. */
  readonly origin?: string | undefined
  /** Ends the waiting with `Cancelled`. */
  readonly signal?: AbortSignal | undefined
}

/** The state while one holds its lease. `resources` and `generation` follow at once, `version` when it is written. */
export interface StateSession extends StateView {
  readonly stackId: string
  /** Grows with every lease. */
  readonly epoch: number
  /**
   * Records one event. Resolves when it is durable **and** the lease was still held after that: what is acknowledged counts for ever, and
   * the call that it announces may be made. Many appends at a time share one sync, in the order of the calls.
   * Fails with `InvalidInput` when the event cannot follow what is recorded (nothing was written), and with `LeaseLost` or
   * `StateUnwritable`, after which the session is of no more use: take the lease again. What was not acknowledged may count or not.
   */
  append(event: StateEvent): ResultAsync<void, StackError>
  /** Whether the lease still stands; ask before a call that comes long after its intent. Fails with `LeaseLost`. */
  stillHeld(): ResultAsync<void, StackError>
  /** Aborted, with a `LeaseLost` as its reason, as soon as the loss of the lease is noticed. */
  readonly lost: AbortSignal
  /** How often the disk was synced for appends so far; far fewer than appends when many are under way. */
  readonly syncs: number
  /** Waits for the appends under way and gives the lease back. */
  release(): ResultAsync<void, StackError>
}
