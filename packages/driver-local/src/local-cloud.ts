import type { DriverRuntime } from '@hanse/core'
import type { Store } from './store/store.ts'
import type { Quotas } from './location/quota-limits.ts'
import type { WriteTransaction } from './store/transaction.ts'

/** What every kind of an open embedded cloud stands on. */
export interface LocalCloud {
  readonly store: Store
  readonly runtime: DriverRuntime
  /** How long a transition takes, in ms. */
  readonly delayMs: number
  readonly quotas: Quotas
  /** How a kind removes a record that goes with another, by kind. Each kind enters its own. */
  readonly removers: Map<string, (tx: WriteTransaction, id: string) => void>
}
