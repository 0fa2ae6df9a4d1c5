import type { CloudError } from '@hanse/core'

/** Who holds a lease, as far as it can be told to a person. */
export interface LeaseHolderDetails {
  readonly host: string
  readonly pid: number
  /** When the lease was taken, ISO 8601. */
  readonly since: string
  /** When it lapses unless it is renewed, ISO 8601. */
  readonly expires: string
}

/** What each code of a `StackError` carries besides its message. */
export interface StackErrorDetails {
  /**
   * Somebody else writes to this stack and environment.
   *
   * @retryable yes
   * @remedy Wait until the other run has ended, or give `leaseWaitMs`. A lease of a process that died lapses by itself.
   */
  LeaseHeld: { readonly holder: LeaseHolderDetails | undefined }
  /**
   * This writer's lease has passed; nothing it appends counts any more.
   *
   * @retryable yes
   * @remedy Run it again: it goes on from what is recorded. If it comes back, look why the process stood still for so long, or whose clock is wrong.
   */
  LeaseLost: { readonly epoch: number; readonly holder: LeaseHolderDetails | undefined }
  /**
   * What a saved plan relied on has changed since.
   *
   * @retryable no
   * @remedy Plan again, look at the new plan, and apply that.
   */
  PlanStale: { readonly planned: string; readonly actual: string }
  /**
   * The state is there and cannot be understood. `line` counts from 1.
   *
   * @retryable no
   * @remedy Do what the message says. A newer format needs a newer Hanse; a damaged journal needs its copy. Never edit a state by hand.
   */
  StateUnreadable: {
    readonly path: string
    readonly line?: number | undefined
    readonly format?: { readonly found: number; readonly known: number } | undefined
  }
  /**
   * The state could not be written; what was acknowledged before still stands.
   *
   * @retryable yes
   * @remedy Make room, or give the right to write, and run it again: it goes on from what is recorded.
   */
  StateUnwritable: { readonly path: string; readonly reason: 'full' | 'denied' | 'readOnly' | 'other' }
  /**
   * The key of the state is missing, or is not the one that its secrets were encrypted with.
   *
   * @retryable no
   * @remedy Bring the key that the state was written with. Nothing can read its secrets without it.
   */
  WrongStateKey: { readonly needed: string | undefined; readonly given: string | undefined }
  /**
   * A resource could not be brought to what was asked; the cloud's own error is inside.
   *
   * @retryable as the error inside says
   * @remedy Mend what the cloud's error says and run it again. What does not depend on it was finished.
   */
  ResourceFailed: { readonly address: string; readonly error: CloudError }
  /**
   * The stack itself is not sound; `path` leads to the place.
   *
   * @retryable no
   * @remedy Correct the place that `path` names, in the program.
   */
  InvalidStack: { readonly path: readonly (string | number)[] }
  /**
   * A cloud lacks what the stack needs; `path` leads to what needs it.
   *
   * @retryable no
   * @remedy Take what needs it out of the stack, or choose a cloud that has it.
   */
  Unsupported: { readonly capability: string; readonly path: readonly (string | number)[] }
  /**
   * An argument is not sound; `path` leads to the place.
   *
   * @retryable no
   * @remedy Correct the argument that `path` names.
   */
  InvalidInput: { readonly path: readonly (string | number)[] }
  /**
   * The caller asked to stop; `unfinished` are the addresses that were not reached.
   *
   * @retryable yes
   * @remedy Run it again: it goes on with what `unfinished` names.
   */
  Cancelled: { readonly unfinished: readonly string[] }
}

/** Every way in which work on a stack can fail. */
export type StackErrorCode = keyof StackErrorDetails

/** What a person can do about an error, and what caused it. */
export interface StackErrorContext {
  /** One or two sentences in the imperative. */
  readonly remedy?: string | undefined
  readonly cause?: unknown
}

const brand = Symbol.for('hanse.StackError')

class StackErrorOf<Code extends StackErrorCode> extends Error {
  override readonly name = 'StackError'
  readonly [brand] = true as const
  readonly code: Code
  readonly details: StackErrorDetails[Code]
  readonly remedy: string | undefined
  constructor(code: Code, message: string, details: StackErrorDetails[Code], context: StackErrorContext) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause })
    this.code = code
    this.details = details
    this.remedy = context.remedy
  }
}

/** A failure of work on a stack, discriminated on `code`; test with `isStackError`, never with `instanceof`. */
export type StackError = { [Code in StackErrorCode]: StackErrorOf<Code> }[StackErrorCode]

/** Makes a `StackError`. The message says what is wrong; the remedy says what to do. */
export const stackError = <Code extends StackErrorCode>(
  code: Code,
  message: string,
  details: StackErrorDetails[Code],
  context: StackErrorContext = {},
): StackErrorOf<Code> => new StackErrorOf(code, message, details, context)

/** Whether a value is a `StackError`, of this copy of the package or of another. */
export const isStackError = (value: unknown): value is StackError => typeof value === 'object' && value !== null && brand in value
