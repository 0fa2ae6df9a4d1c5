import type { Store } from './store/store.ts'

/** What is under the embedded cloud, for those who must see it: its store. */
export interface LocalNative {
  readonly store: Store
}
