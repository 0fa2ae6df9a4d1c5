import type { Classification } from '../driver/classification.ts'
import type { Consistency } from '../driver/driver.ts'
import type { DriverRuntime } from '../driver/runtime.ts'
import type { Acceptance } from './check-spec.ts'
import type { Invoke } from './invoke.ts'
import type { RememberedChoices } from './remembered-choices.ts'

/** The methods of a driver for one kind, as core calls them. Their types stand in `DriverMap`. */
export type DriverMethods = Readonly<Record<string, ((...args: readonly unknown[]) => PromiseLike<unknown>) | undefined>>

/** What one kind of one open cloud stands on. */
export interface KindSetup extends Acceptance {
  readonly methods: DriverMethods
  readonly runtime: DriverRuntime
  readonly consistency: Consistency
  readonly classify: (cause: unknown) => Classification
  readonly isClosed: () => boolean
  /** The other kinds of the same cloud; undefined for one that it lacks. */
  readonly peer: (kind: string) => Peer | undefined
  /** What this cloud's choices came out as. */
  readonly choices: RememberedChoices
}

/** Another kind of the same cloud, for a choice among its resources or a look for what an action has made. */
export interface Peer {
  readonly setup: KindSetup
  readonly invoke: Invoke
}
