import type { Impurity, ImpureUse } from './impurities.ts'

/** What one file may do that others may not, and why. */
export interface Exception {
  readonly may: readonly Impurity[]
  readonly because: string
}

/** The few files of `packages` that may be impure. Everything else gets time, chance and the network from its caller, and errors as values. */
const impureFiles: Readonly<Record<string, Exception>> = {
  'packages/conformance/src/run-case.ts': { may: ['catch'], because: 'a case says by a throw that it failed' },
  'packages/conformance/src/vitest.ts': { may: ['environment'], because: 'a person narrows a run of the kit with HANSE_ONLY' },
  'packages/cli/src/node-host.ts': {
    may: ['clock', 'environment', 'timer'],
    because: 'this is the world as the command sees it; everybody else is handed it',
  },
  'packages/core/src/driver/default-runtime.ts': {
    may: ['catch', 'clock', 'environment', 'fetch', 'random', 'timer'],
    because: 'this is the world as it is; everybody else is handed it',
  },
  'packages/core/src/open-cloud.ts': {
    may: ['catch'],
    because: 'a cloud that opens after its caller has left is closed, however that goes',
  },
  'packages/core/src/portable/create-once.ts': {
    may: ['catch'],
    because: 'tells the caller’s own abort from a failure of the shared work',
  },
  'packages/core/src/portable/guarded-stream.ts': { may: ['catch'], because: 'what a driver’s stream throws becomes an error of core' },
  'packages/core/src/portable/poll-while.ts': { may: ['catch'], because: 'an aborted pause ends the loop by its signal' },
  'packages/core/src/portable/shared-work.ts': { may: ['catch'], because: 'work whose askers have all left has nobody to tell' },
  'packages/core/src/portable/to-cloud-error.ts': { may: ['catch'], because: 'a driver’s table may throw and must not hide the failure' },
  'packages/core/src/result.ts': { may: ['catch'], because: 'this is where a throw becomes a value' },
  'packages/core/src/wait-for.ts': { may: ['catch'], because: 'an aborted pause ends the wait by its deadline' },
  'packages/driver-local/src/registry/layout.ts': {
    may: ['catch'],
    because: 'where the files of a layout fail: says it in words of the store',
  },
  'packages/driver-local/src/store/abortable.ts': { may: ['catch'], because: 'a source that ends after an abort has nobody to tell' },
  'packages/driver-local/src/store/blob-folder.ts': {
    may: ['catch'],
    because: 'where files fail: cleans up and says it in words of the store',
  },
  'packages/driver-local/src/store/bytes.ts': { may: ['catch'], because: 'gives staged bytes back before the failure passes on' },
  'packages/driver-local/src/store/database.ts': {
    may: ['catch'],
    because: 'where SQLite fails: rolls back and says it in words of the store',
  },
  'packages/driver-local/src/store/store.ts': { may: ['catch'], because: 'where the folder cannot be made' },
  'packages/provisioning/src/state/file-medium.ts': {
    may: ['catch'],
    because: 'where files fail: tells what is missing or taken from what is broken',
  },
  'packages/provisioning/src/state/state-key.ts': { may: ['catch'], because: 'of several first starts one key file wins' },
  'packages/provisioning/src/state/state-runtime.ts': {
    may: ['catch', 'clock', 'random', 'timer'],
    because: 'this is the world as the state sees it; everybody else is handed it',
  },
}

/** Impure places outside the list, and entries of the list that no longer need what they are allowed. */
export function unlistedImpurities(
  uses: readonly ImpureUse[],
  allowed: Readonly<Record<string, Exception>> = impureFiles,
): readonly string[] {
  const unlisted = uses
    .filter((use) => allowed[use.path]?.may.includes(use.impurity) !== true)
    .map((use) => `${use.path}:${use.line} ${use.impurity}`)
  const stale = Object.entries(allowed).flatMap(([path, { may }]) =>
    may
      .filter((impurity) => !uses.some((use) => use.path === path && use.impurity === impurity))
      .map((impurity) => `${path} is allowed ${impurity} and does not need it`),
  )
  return [...unlisted, ...stale]
}
