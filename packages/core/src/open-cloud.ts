import { err, ok } from 'neverthrow'
import type { Capability, CloudWith } from './cloud.ts'
import type { Driver, OpenDriver } from './driver/driver.ts'
import type { DriverRuntime } from './driver/runtime.ts'
import { cloudError } from './errors.ts'
import type { CloudErrorContext } from './errors.ts'
import type { CallOptions } from './options.ts'
import { assembleCloud } from './portable/assemble-cloud.ts'
import { checkOpening } from './portable/check-opening.ts'
import { startDeadline } from './portable/deadline.ts'
import { loadDriver } from './portable/load-driver.ts'
import { partsOf } from './portable/parts-of-driver.ts'
import { readOnly } from './portable/read-only.ts'
import { runtimeWith } from './portable/runtime-with.ts'
import { toFailure } from './portable/to-cloud-error.ts'
import { untilAborted } from './portable/until-aborted.ts'
import { attempt, settled, unclassified } from './result.ts'
import type { CloudResult, CloudResultAsync } from './result.ts'

/** A driver with the configuration of one cloud. */
export interface BoundDriver<Always extends Capability, Probed extends Capability, Native> {
  readonly driver: Omit<Driver<never, Always, Probed, Native>, 'open'>
  readonly open: (runtime: DriverRuntime, signal: AbortSignal) => Promise<OpenDriver<Always, Probed, Native>>
}

/**
 * A cloud that is not open yet: a light value, made by a driver's factory (`local({ path })`) without loading any SDK; `load` does that.
 * `Always` is what every cloud of this driver can do, `Probed` what some can: an OpenStack without Octavia has no load balancers.
 */
export interface CloudSource<Always extends Capability = Capability, Probed extends Capability = Capability, Native = unknown> {
  readonly driver: string
  readonly always: readonly Always[]
  readonly probed: readonly Probed[]
  readonly load: () => Promise<BoundDriver<Always, Probed, Native>>
}

/** How a cloud is opened. `signal` and `timeoutMs` are for the opening, not for the calls that follow. */
export interface OpenOptions extends CallOptions {
  /** Refuses every verb that changes something, before a request leaves, with `PermissionDenied`. */
  readonly readOnly?: boolean | undefined
  /** Stands in for parts of the world: a clock, a transport with a certificate of the house. */
  readonly runtime?: Partial<DriverRuntime> | undefined
}

/** An open cloud: what it promises, and the typed way to what is not portable. */
export type OpenCloud<C extends Capability, Native> = CloudWith<C> & { readonly native: Native }

/**
 * Opens a cloud and finds out what it has. Its type promises what its driver always has; `supports()` opens the rest; `require` makes
 * sure of more and promises it. Err: `Unsupported` naming what is missing; `InvalidArgument` for its configuration or the options;
 * `Unauthenticated`; `Unavailable`; `FailedPrecondition` when the driver cannot be loaded, with what to install; `Cancelled`;
 * `DeadlineExceeded`.
 *
 * @example
 * const opened = await openCloud(local({ path: './cloud' }))
 */
export function openCloud<Always extends Capability, Probed extends Capability, Native>(
  source: CloudSource<Always, Probed, Native>,
  options?: OpenOptions,
): CloudResultAsync<OpenCloud<Always, Native>>
export function openCloud<Always extends Capability, Probed extends Capability, Native, const Required extends Always | Probed>(
  source: CloudSource<Always, Probed, Native>,
  options: OpenOptions & { readonly require: readonly Required[] },
): CloudResultAsync<OpenCloud<Always | Required, Native>>
export function openCloud(
  source: CloudSource,
  options: OpenOptions & { readonly require?: readonly Capability[] } = {},
): CloudResultAsync<never> {
  const opened = settled(() => open(source, options), { driver: 'core', operation: 'openCloud' })
  // The overloads say what comes out; what is put together at run time has no type of its own.
  return opened as CloudResultAsync<never>
}

async function open(
  source: CloudSource,
  options: OpenOptions & { readonly require?: readonly Capability[] },
): Promise<CloudResult<unknown>> {
  const wrong = checkOpening(source, options)
  if (wrong !== undefined) return err(wrong)
  const context: CloudErrorContext = { driver: source.driver, operation: 'openCloud' }
  const runtime = runtimeWith(options.runtime)
  const deadline = startDeadline(runtime, { signal: options.signal, timeoutMs: options.timeoutMs })
  const early = deadline.error(context)
  if (early !== undefined) return err(early)

  const bound = await loadDriver(source, context, deadline)
  if (bound.isErr()) {
    deadline.release()
    return err(bound.error)
  }
  const { driver } = bound.value
  let isAwaited = true
  const opened = await attempt(
    () => {
      const opening = bound.value.open(runtime, deadline.signal)
      // One that comes after its caller has left holds connections that nobody else would give back.
      opening.then((late) => (isAwaited ? undefined : late.close())).catch(() => {})
      return untilAborted(opening, deadline.signal)
    },
    (cause) => deadline.error({ ...context, cause }) ?? toFailure(cause, context, (raw) => driver.classify(raw)).error,
  )
  deadline.release()
  if (opened.isErr()) {
    isAwaited = false
    return err(opened.error)
  }

  const found = opened.value.found.filter((capability) => driver.probed.includes(capability))
  const supports = Object.fromEntries([...driver.always, ...found].map((capability) => [capability, true as const]))
  const missing = (options.require ?? []).filter((capability) => supports[capability] !== true)
  const [first] = missing
  if (first !== undefined) {
    await attempt(() => opened.value.close(), unclassified(context)).unwrapOr(undefined) // What it cannot do matters more than how it closed.
    return err(cloudError('Unsupported', `this cloud (${source.driver}) has no ${missing.join(', ')}`, context, { capability: first }))
  }
  const cloud = assembleCloud(partsOf(driver, opened.value, supports, runtime))
  return ok(options.readOnly === true ? readOnly(cloud) : cloud)
}
