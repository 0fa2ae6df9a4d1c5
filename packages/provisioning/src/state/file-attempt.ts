import { ResultAsync } from 'neverthrow'
import { stackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'

/** Makes one reading step on the file system; what it throws becomes `StateUnreadable` with the path. */
export const attemptRead = <T>(path: string, run: () => Promise<T>): ResultAsync<T, StackError> =>
  ResultAsync.fromThrowable(run, (cause) => {
    const remedy = isCode(cause, 'EACCES', 'EPERM') ? `Give the user that runs this permission to read ${path}.` : undefined
    return stackError('StateUnreadable', `The state cannot be read: ${path}: ${describe(cause)}.`, { path }, { cause, remedy })
  })()

/** Makes one writing step on the file system; what it throws becomes `StateUnwritable` with the path and what can be done. */
export const attemptWrite = <T>(path: string, run: () => Promise<T>): ResultAsync<T, StackError> =>
  ResultAsync.fromThrowable(run, (cause) => {
    const reason = reasons.find(({ codes }) => isCode(cause, ...codes)) ?? otherReason
    return stackError(
      'StateUnwritable',
      `The state cannot be written: ${path}: ${describe(cause)}.`,
      { path, reason: reason.reason },
      { cause, remedy: reason.remedy },
    )
  })()

/** Whether a failure of the file system is one of these. */
export const isCode = (cause: unknown, ...codes: readonly string[]): boolean =>
  cause instanceof Error && 'code' in cause && codes.some((code) => code === cause.code)

const again = 'Nothing that was recorded is lost; run again.'
const otherReason = { codes: [], reason: 'other', remedy: `Look at the disk. ${again}` } as const
const reasons = [
  { codes: ['ENOSPC', 'EDQUOT'], reason: 'full', remedy: `Free some space on that disk, or raise the quota. ${again}` },
  { codes: ['EACCES', 'EPERM'], reason: 'denied', remedy: `Give the user that runs this permission to write there. ${again}` },
  { codes: ['EROFS'], reason: 'readOnly', remedy: `Mount that file system for writing, or keep the state elsewhere. ${again}` },
] as const

const words: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission is denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  EIO: 'the disk reports an input/output error',
  ENOTDIR: 'part of the path is not a folder',
  EISDIR: 'it is a folder',
}

function describe(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  return code === undefined ? String(cause) : `${words[code] ?? 'the file system answers'} (${code})`
}
