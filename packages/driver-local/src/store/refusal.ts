/** Why the store refused: a closed list, so that a driver can translate each into an error of its contract. */
export type StoreRefusalCode =
  | 'Full'
  | 'Forbidden'
  | 'Corrupt'
  | 'Busy'
  | 'NewerVersion' // the place: disk, permissions, file, lock, format
  | 'Missing'
  | 'Taken'
  | 'InUse'
  | 'WrongPhase'
  | 'Invalid' // the records
  | 'Exhausted'
  | 'OutOfRange' // the pools
  | 'DigestMismatch'
  | 'SizeMismatch' // the bytes

/** A record as a message names it. */
export interface RecordName {
  readonly kind: string
  readonly id: string
  readonly name: string
}

/**
 * What the store answers instead of doing what it was asked.
 *
 * The message names what was refused and, where a person can do something, the remedy. Thrown inside `write`, it rolls everything back.
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
  const code = codeOf(error)
  const known = REFUSALS.find(({ codes }) => codes.includes(code))
  return known === undefined ? error : new StoreRefusal(known.refusal, `${path}: ${known.text}`, { cause: error })
}

/** The system's word (`ENOSPC`), or SQLite's primary result code (sqlite.org/rescode.html): libsql has no names for many extended ones. */
const codeOf = (error: Error): string | number => {
  if ('rawCode' in error && typeof error.rawCode === 'number') return error.rawCode & 0xff
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code
  // A failed open carries SQLite's code in its text only.
  return Number(/Unable to open connection .*: (\d+)/.exec(error.message)?.[1] ?? NaN) & 0xff
}

const REFUSALS: readonly { readonly refusal: StoreRefusalCode; readonly codes: readonly (string | number)[]; readonly text: string }[] = [
  { refusal: 'Full', codes: ['ENOSPC', 'EDQUOT', 'EFBIG', 13], text: 'no space is left; free some or choose another folder' },
  {
    refusal: 'Forbidden',
    codes: ['EACCES', 'EPERM', 'EROFS', 3, 8, 14],
    text: 'may not be written; give this user write permission on the folder and its files, or choose another folder',
  },
  {
    refusal: 'Missing',
    codes: ['ENOENT'],
    text: 'is not there; if something removed it while the store was in use, restore it from a copy',
  },
  {
    refusal: 'Invalid',
    codes: ['ENOTDIR', 'EEXIST', 'EISDIR', 'ELOOP', 'ENAMETOOLONG'],
    text: 'is not a folder; choose a path that is one, or that does not exist yet',
  },
  { refusal: 'Corrupt', codes: [11, 26], text: 'is not a readable store; restore it from a copy or choose another folder' },
  { refusal: 'Corrupt', codes: ['EIO', 10], text: 'cannot be read or written; check the disk and that it has room' },
  { refusal: 'Busy', codes: [5, 6], text: 'another process keeps it locked; let that one finish, then try again' },
]
