import type { CloudError } from '@hanse/core'
import type { StackError } from '@hanse/provisioning'
import { exitCode } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'

/** Why a command did not do what it was asked to. */
export interface Failure {
  /** A code of the command (`Usage`, `ConfigNotFound`, `ConfigUnusable`), of a stack error or of a cloud error. */
  readonly code: string
  readonly exit: Exclude<ExitCode, 0 | 2>
  readonly message: string
  /** The field that is wrong. */
  readonly path?: readonly (string | number)[] | undefined
  /** What to do about it, in the imperative. */
  readonly remedy?: string | undefined
  /** The error of a library, with everything that it knows. */
  readonly error?: StackError | CloudError | undefined
  /** What was thrown, shown with HANSE_DEBUG only. */
  readonly cause?: unknown
}

/** The command line cannot be used. */
export const usage = (message: string, remedy?: string): Failure => ({ code: 'Usage', exit: exitCode.usage, message, remedy })

/** A failure of work on a stack. */
export const stackFailure = (error: StackError): Failure => ({
  code: error.code,
  exit: error.code === 'Cancelled' ? exitCode.interrupted : exitCode.failed,
  message: error.message,
  remedy: error.remedy,
  path: 'path' in error.details && Array.isArray(error.details.path) ? error.details.path : undefined,
  error,
})

/** A failure of a cloud. */
export const cloudFailure = (error: CloudError): Failure => ({
  code: error.code,
  exit: error.code === 'Cancelled' ? exitCode.interrupted : exitCode.failed,
  message: error.message,
  path: 'path' in error.details ? error.details.path : undefined,
  error,
})
