import { join } from 'node:path'
import { fileMedium } from './file-medium.ts'
import { nodeStateRuntime } from './state-runtime.ts'
import type { StateStore } from './state-store.ts'
import { storeOnMedium } from './store-on-medium.ts'
import type { StateStoreOptions } from './store-on-medium.ts'

/**
 * A store in a folder: `<folder>/<stack>/<environment>/journal` and `…/lease`, readable as JSON lines.
 * Its promises hold on a file system that has exclusive create, atomic rename and fsync, for processes whose clocks agree within a quarter
 * of a lease. A folder has no compare-and-append; instead an append is acknowledged only if the lease still stood after its sync.
 */
export function fileStateStore(folder: string, options: StateStoreOptions = {}): StateStore {
  const runtime = options.runtime ?? nodeStateRuntime
  return storeOnMedium((stack, environment) => fileMedium(join(folder, stack, environment), runtime.fs), runtime, options)
}
