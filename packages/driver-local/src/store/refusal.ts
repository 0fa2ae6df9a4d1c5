/** Why the store refused: a closed list, so that a driver can translate each into an error of its contract. */
export type StoreRefusalCode =
  | 'Full' | 'Forbidden' | 'Corrupt' | 'Busy' | 'NewerVersion' // the place: disk, permissions, file, lock, format
  | 'Missing' | 'Taken' | 'InUse' | 'WrongPhase' | 'Invalid' // the records
  | 'Exhausted' | 'OutOfRange' // the pools
  | 'DigestMismatch' | 'SizeMismatch' // the bytes

/** A record as a message names it. */
export interface RecordName {
  readonly kind: string
  readonly id: string
  readonly name: string
}

/**
 * What the store answers instead of doing what it was asked.
 *
 * The message names what was refused and, where a person can do something, the remedy. Thrown inside `write`, it rolls the transaction back.
 */
export class StoreRefusal extends Error {
  override readonly name = 'StoreRefusal'
  readonly code: StoreRefusalCode
  /** The records that it is about: who uses it (`InUse`), who has it already (`Taken`), what is not there (`Missing`). */
  readonly by: readonly RecordName[]

  constructor(code: StoreRefusalCode, message: string, more: { readonly by?: readonly RecordName[]; readonly cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.by = more.by ?? []
  }
}

/** Says a record in a message: `server web (srv-1)`. */
export const nameOf = (record: RecordName): string =>
  record.name === '' || record.name === record.id ? `${record.kind} ${record.id}` : `${record.kind} ${record.name} (${record.id})`

/**
 * Turns what SQLite or the file system threw into a refusal that names `path` and the remedy.
 *
 * Anything it does not know (a fault in our code, a refusal already) comes back as it is.
 */
export const refusalOf = (error: unknown, path: string): unknown => {
  if (!(error instanceof Error) || error instanceof StoreRefusal) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = REFUSALS.find(([pattern]) => pattern.test(code) || (code === '' && pattern.test(error.message)))
  return known === undefined ? error : new StoreRefusal(known[1], `${path}: ${known[2]}`, { cause: error })
}

const REFUSALS: readonly (readonly [RegExp, StoreRefusalCode, string])[] = [
  [/^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL)$/, 'Full', 'no space is left; free some or choose another folder'],
  [
    /^(EACCES|EPERM|EROFS|SQLITE_READONLY.*|SQLITE_CANTOPEN.*|SQLITE_PERM)$|Unable to open connection/,
    'Forbidden',
    'may not be written; give this user write permission on the folder and its files, or choose another folder',
  ],
  [/^(ENOTDIR|EEXIST|EISDIR|ELOOP)$/, 'Invalid', 'is not a folder; choose a path that is one, or that does not exist yet'],
  [/^(SQLITE_CORRUPT.*|SQLITE_NOTADB)$/, 'Corrupt', 'is not a readable store; restore it from a copy or choose another folder'],
  [/^SQLITE_(BUSY|LOCKED).*$/, 'Busy', 'another process keeps it locked; let that one finish, then try again'],
]
