import type { LocalDocument } from '../local-kind.ts'
import { Records } from '../store/records.ts'

/** A repository as it is kept. */
export interface RepositoryDocument extends LocalDocument {
  /** The digests with which its folder has yet to catch up. */
  readonly behind?: readonly string[] | undefined
}

/** Repositories by name, which is their id. */
export const repositoryRecords = new Records<RepositoryDocument>('repository', { uniqueName: 'everywhere' })
