import type { DriverRuntime } from '@hanse/core'
import type { Store } from './store/store.ts'

/** What every kind of an open embedded cloud stands on. */
export interface LocalCloud {
  readonly store: Store
  readonly runtime: DriverRuntime
  /** How long a transition takes, in ms. */
  readonly delayMs: number
  readonly quotas: Readonly<Record<string, number>>
}
