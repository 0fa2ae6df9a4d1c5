import { ResultAsync } from 'neverthrow'
import type { CloudError, CloudErrorContext } from '../errors.ts'
import { hideSecrets } from './hide-secrets.ts'
import type { KindSetup } from './kind-setup.ts'
import type { Failure } from './to-cloud-error.ts'
import { toFailure } from './to-cloud-error.ts'
import { untilAborted } from './until-aborted.ts'

/** One call of a driver's method. */
export interface DriverCall {
  readonly method: string
  /** The arguments, the call's own (`Call`, `MutationCall`, `CreateCall`) last. */
  readonly args: readonly unknown[]
  readonly context: CloudErrorContext
  readonly signal: AbortSignal
  /** What an end by that signal means to the caller. */
  readonly ended?: ((context: CloudErrorContext) => CloudError | undefined) | undefined
}

/**
 * Calls a driver: the only way out of this house. Whatever it throws, rejects with or never answers comes back as a failure, classified by
 * its own table; an aborted signal ends the wait even if the driver does not listen to it.
 */
export function callDriver(setup: KindSetup, { method, args, context, signal, ended }: DriverCall): ResultAsync<unknown, Failure> {
  const run = (): Promise<unknown> => {
    const found = setup.methods[method]
    if (typeof found !== 'function')
      throw new TypeError(`the driver ${setup.driver} declares ${setup.kind.kind} and has no method ${method}`)
    signal.throwIfAborted()
    return untilAborted(Promise.resolve(found.apply(setup.methods, [...args])), signal)
  }
  return ResultAsync.fromThrowable(run, (cause): Failure => {
    const end = signal.aborted ? ended?.({ ...context, cause }) : undefined
    if (end !== undefined) return { error: end, ambiguous: true }
    const failure = toFailure(cause, context, setup.classify)
    return { ...failure, error: hideSecrets(failure.error, args) }
  })()
}
