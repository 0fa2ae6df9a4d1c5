import { err, ok } from 'neverthrow'
import type { Capability } from '../cloud.ts'
import type { CloudError, CloudErrorContext } from '../errors.ts'
import { cloudError } from '../errors.ts'
import type { BoundDriver, CloudSource } from '../open-cloud.ts'
import { attempt, messageOf } from '../result.ts'
import type { CloudResult } from '../result.ts'
import type { Deadline } from './deadline.ts'
import { untilAborted } from './until-aborted.ts'

/** Loads the driver of a source, and makes sure that it follows the contract that this core knows. */
export async function loadDriver(
  source: CloudSource,
  context: CloudErrorContext,
  deadline: Deadline,
): Promise<CloudResult<BoundDriver<Capability, Capability, unknown>>> {
  const bound = await attempt(
    () => untilAborted(source.load(), deadline.signal),
    (cause) => deadline.error({ ...context, cause }) ?? notLoaded(source.driver, { ...context, cause }),
  )
  if (bound.isErr()) return err(bound.error)
  // A source may come from JavaScript, or from a package of another time.
  const specification: unknown = (bound.value as Partial<typeof bound.value> | undefined)?.driver?.specification
  if (specification === 'v1' && typeof bound.value.open === 'function') return ok(bound.value)
  const message =
    specification === undefined || specification === 'v1'
      ? `what the source ${source.driver} loads is no driver; expected what bindDriver gives`
      : `the driver ${source.driver} follows version ${messageOf(specification)} of the contract, and this core v1; install versions that fit`
  return err(cloudError('FailedPrecondition', message, context, { expected: 'v1', actual: messageOf(specification) }))
}

/** The raw message of a failed import holds paths of this machine; what helps is the name of the package that is missing. */
function notLoaded(driver: string, context: CloudErrorContext): CloudError {
  const missing = missingPackage(context.cause)
  const message =
    missing === undefined
      ? `the driver ${driver} could not be loaded: ${messageOf(context.cause)}`
      : `the driver ${driver} needs the package ${missing}, which is not installed: npm install ${missing}`
  return cloudError('FailedPrecondition', message, context, {})
}

/** As Node, Bun and Deno say it. A path is no package. */
function missingPackage(cause: unknown): string | undefined {
  const [, specifier] =
    /(?:Cannot find (?:package|module)|relative import path|Could not (?:resolve|find)(?: npm package)?) ["'](?!\.|\/|file:|node:)([^"']+)["']/.exec(
      messageOf(cause),
    ) ?? []
  return specifier === undefined ? undefined : /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0]
}
