import type { ResultAsync } from 'neverthrow'
import type { StackError } from '../stack-error.ts'
import type { ProcessIdentity } from './state-runtime.ts'

/**
 * Where the state of one stack and environment lies: the few things that a place must offer.
 * What a journal means, who may write and when, is the same everywhere and is written once, on top of this.
 */
export interface StateMedium {
  /** Where a journal file is, as a person would look for it. */
  pathOf(journal: string): string

  /** The lease of the highest epoch, released or not. */
  newestLease(): ResultAsync<LeaseRecord | undefined, StackError>
  /** The highest epoch; the cheap question, asked after every write. */
  newestEpoch(): ResultAsync<number | undefined, StackError>
  /** Creates the lease of that epoch if nobody has: of many callers exactly one is answered `true`. Durable. */
  claim(epoch: number, claim: LeaseClaim, now: number): ResultAsync<boolean, StackError>
  /** Sets when the lease was last renewed; 0 releases it. Never creates one. */
  renew(epoch: number, now: number): ResultAsync<void, StackError>
  /** Removes leases and unfinished files of earlier epochs. The highest lease always stays, so that epochs only grow. */
  tidyBelow(epoch: number): ResultAsync<void, StackError>

  /** The names of all journal files, in the order of their epochs. */
  journals(): ResultAsync<readonly string[], StackError>
  read(name: string): ResultAsync<Buffer, StackError>
  /** Creates a file with this text, wholly or not at all, durable before it resolves; what follows is appended to it. */
  begin(name: string, text: string): ResultAsync<JournalWriter, StackError>
}

/** Appends to one journal file. */
export interface JournalWriter {
  /** Resolves when the text is durable. After a failure nothing more can be appended. */
  append(text: string): ResultAsync<void, StackError>
  close(): ResultAsync<void, StackError>
}

/** What a writer says about itself when it takes a lease. */
export interface LeaseClaim {
  readonly owner: ProcessIdentity
  /** Random; tells two writers apart whatever else they share. */
  readonly token: string
  /** Milliseconds since 1970. */
  readonly since: number
  readonly ttlMs: number
}

/** A lease as it stands. */
export interface LeaseRecord {
  readonly epoch: number
  /** Milliseconds since 1970; 0 when released. */
  readonly renewedAt: number
  /** Absent while the holder is still writing it down, or if it was killed at that. */
  readonly claim?: LeaseClaim | undefined
}
