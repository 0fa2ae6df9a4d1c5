import { errAsync, okAsync, safeTry } from 'neverthrow'
import { stackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'
import { takeLease } from './lease.ts'
import { loadJournal } from './load-journal.ts'
import type { StateMedium } from './state-medium.ts'
import type { StateRuntime } from './state-runtime.ts'
import { beginSession } from './state-session.ts'
import type { LeaseOptions, StackState, StateStore } from './state-store.ts'

/** How a store behaves, wherever it lies. */
export interface StateStoreOptions {
  readonly runtime?: StateRuntime | undefined
  /** A snapshot is written after so many entries, or twice as many as there are resources. 1,000 unless given. */
  readonly snapshotEvery?: number | undefined
}

/** Makes a store of any place that offers the primitives of a `StateMedium`. */
export const storeOnMedium = (
  mediumOf: (stack: string, environment: string) => StateMedium,
  runtime: StateRuntime,
  { snapshotEvery = 1000 }: StateStoreOptions,
): StateStore => ({
  open(stack, environment) {
    const fault = nameFault('stack', stack) ?? nameFault('environment', environment)
    return fault === undefined
      ? okAsync(stateOn(mediumOf(stack, environment), runtime, { stack, environment, snapshotEvery }))
      : errAsync(fault)
  },
})

interface Which {
  readonly stack: string
  readonly environment: string
  readonly snapshotEvery: number
}

const stateOn = (medium: StateMedium, runtime: StateRuntime, { stack, environment, snapshotEvery }: Which): StackState => ({
  read: () =>
    loadJournal(medium, stack, environment).map(({ stackId, origin, version, generation, resources }) => ({
      stackId,
      origin,
      version,
      generation,
      resources,
    })),
  lease: (options: LeaseOptions = {}) =>
    safeTry(async function* () {
      const lease = yield* takeLease(medium, runtime, `stack ${stack}, environment ${environment}`, options)
      // Read after the lease was taken: whatever an earlier writer was told is recorded was durable before that.
      const loaded = await loadJournal(medium, stack, environment)
      if (loaded.isErr()) return lease.release().andThen(() => errAsync(loaded.error))
      return beginSession({ medium, runtime, stack, environment, lease, loaded: loaded.value, snapshotEvery, origin: options.origin })
    }),
})

function nameFault(what: 'stack' | 'environment', name: string): StackError | undefined {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name)) return undefined
  const remedy = 'Use 1 to 63 letters, digits, ".", "_" and "-", beginning with a letter or digit.'
  return stackError(
    'InvalidInput',
    `${JSON.stringify(name)} cannot be the name of a${what === 'stack' ? ' stack' : 'n environment'}.`,
    { path: [what] },
    { remedy },
  )
}
