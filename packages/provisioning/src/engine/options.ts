import type { Plan } from '../plan/plan.ts'
import type { StateKey } from '../state/state-key.ts'
import type { StateStore } from '../state/state-store.ts'
import type { StackEvent } from './stack-event.ts'

/** How a stack is worked on. */
export interface StackOptions {
  /** Which instance of the stack. */
  readonly environment: string
  /** Where its state lies. */
  readonly state: StateStore
  /**
   * Which program this is: a text of its own, such as the name of its package. The first that says so has the stack's name in this state; a
   * stack of the same name from another program is then refused instead of deleting what it does not know. Left out, nobody is refused.
   */
  readonly origin?: string | undefined
  /** What its secrets are encrypted with. Needed as soon as the stack has one. */
  readonly stateKey?: StateKey | undefined
  /** Aborting it begins nothing new; what is under way is finished, and `Cancelled` says what is left. */
  readonly signal?: AbortSignal | undefined
  /** Told everything as it happens. What it throws is its own affair and stops nothing. */
  readonly onEvent?: ((event: StackEvent) => void) | undefined
}

/** How many calls run at a time on one cloud when nobody says otherwise. */
export const defaultParallelism = 10

/** How a stack is applied or destroyed. */
export interface ApplyOptions extends StackOptions {
  /** How many calls run at a time on one cloud; 10 when left out. Waiting for a resource to be ready takes no place. */
  readonly parallelism?: number | undefined
  /** How long a resource may take to be ready, in ms; half an hour when left out. */
  readonly readyTimeoutMs?: number | undefined
  /** The longest time between two looks at a resource that is not ready, in ms; five seconds when left out. */
  readonly pollMs?: number | undefined
  /** How long to wait for another run that holds the lease, in ms; when left out it fails at once. */
  readonly leaseWaitMs?: number | undefined
  /** Asked with the plan before anything is changed; `false` ends the run with nothing done. */
  readonly confirm?: ((plan: Plan) => boolean | Promise<boolean>) | undefined
}
