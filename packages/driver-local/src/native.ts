import type { StoredRecord } from './store/record.ts'
import type { Store } from './store/store.ts'

/** What is under the embedded cloud, for those who must see it: its store. */
export interface LocalNative {
  readonly store: Store
}

/** What a resource of the embedded cloud is made of: its record in the store. */
export type LocalNativeRecord = StoredRecord

/** Says whether the `native` of a resource is a record of the embedded cloud. */
export const isLocalRecord = (native: unknown): native is LocalNativeRecord =>
  typeof native === 'object' && native !== null && 'seq' in native && 'document' in native && 'phase' in native
