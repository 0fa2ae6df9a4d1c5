import { err, ok, ResultAsync } from 'neverthrow'
import type { Capability, CloudWith } from './cloud.ts'
import type { Classification } from './driver/classification.ts'
import { defaultRuntime } from './driver/default-runtime.ts'
import type { Driver, OpenDriver } from './driver/driver.ts'
import type { DriverRuntime } from './driver/runtime.ts'
import { cloudError } from './errors.ts'
import type { CloudError } from './errors.ts'
import { kinds } from './kinds.ts'
import type { AnyKind } from './kind/kind.ts'
import type { CallOptions } from './options.ts'
import { assembleCloud } from './portable/assemble-cloud.ts'
import { checkSpec } from './portable/check-call.ts'
import type { KindPart } from './portable/cloud-parts.ts'
import { startDeadline } from './portable/deadline.ts'
import type { PortableCall } from './portable/invoke.ts'
import type { DriverMethods, KindSetup } from './portable/kind-invoker.ts'
import { kindInvoker } from './portable/kind-invoker.ts'
import { toFailure } from './portable/to-cloud-error.ts'
import type { CloudResult, CloudResultAsync } from './result.ts'
import { interceptCloud } from './intercept-cloud.ts'

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

/** How a cloud is opened. */
export interface OpenOptions extends CallOptions {
  /** Refuses every verb that changes something, before a request leaves, with `PermissionDenied`. */
  readonly readOnly?: boolean | undefined
  /** Stands in for parts of the world: a clock, a transport with a certificate of the house. */
  readonly runtime?: Partial<DriverRuntime> | undefined
}

/** An open cloud: what it promises, and the typed way to what is not portable. */
export type OpenCloud<C extends Capability, Native> = CloudWith<C> & { readonly native: Native }

/**
 * Opens a cloud and finds out what it has. Its type promises what its driver always has; {@link supports} opens the rest; `require` makes
 * sure of more and promises it. Err: `Unsupported` naming what is missing; `Unauthenticated`; `Unavailable`; `InvalidArgument` for its
 * configuration; `FailedPrecondition` when the driver cannot be loaded.
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
export function openCloud(source: CloudSource, options: OpenOptions & { readonly require?: readonly Capability[] } = {}): CloudResultAsync<never> {
  // The overloads say what comes out; what is put together at run time has no type of its own.
  return new ResultAsync(open(source, options)) as CloudResultAsync<never>
}

async function open(source: CloudSource, options: OpenOptions & { readonly require?: readonly Capability[] }): Promise<CloudResult<unknown>> {
  const context = { driver: source.driver, operation: 'openCloud' }
  // A spread would read `environment` now, it is read when it is asked for; and an assignment could not replace it, for it is a getter.
  const runtime = Object.create(defaultRuntime, Object.getOwnPropertyDescriptors({ ...options.runtime })) as DriverRuntime
  const bound = await ResultAsync.fromThrowable(source.load, (cause) =>
    cloudError('FailedPrecondition', `the driver ${source.driver} could not be loaded: ${String(cause)}`, { ...context, cause }, {}),
  )()
  if (bound.isErr()) return err(bound.error)
  const { driver } = bound.value
  if (driver.specification !== 'v1') {
    const message = `the driver ${source.driver} follows version ${String(driver.specification)} of the contract, and this core v1; install versions that fit`
    return err(cloudError('FailedPrecondition', message, context, { expected: 'v1', actual: String(driver.specification) }))
  }

  const deadline = startDeadline(runtime, { ...options })
  const opened = await ResultAsync.fromThrowable(
    () => bound.value.open(runtime, deadline.signal),
    (cause) => deadline.error({ ...context, cause }) ?? toFailure(cause, context, (raw) => driver.classify(raw)).error,
  )()
  deadline.release()
  if (opened.isErr()) return err(opened.error)

  const supports = Object.fromEntries([...driver.always, ...opened.value.found].map((capability) => [capability, true as const]))
  const missing = (options.require ?? []).filter((capability) => supports[capability] !== true)
  const [first] = missing
  if (first !== undefined) {
    await opened.value.close().catch(() => {}) // What it cannot do matters more than how it closed.
    return err(cloudError('Unsupported', `this cloud (${source.driver}) has no ${missing.join(', ')}`, context, { capability: first }))
  }
  const cloud = assembleCloud(partsOf(driver, opened.value, supports, runtime))
  return ok(options.readOnly === true ? interceptCloud(cloud, refuseChanges) : cloud)
}

function partsOf(
  driver: BoundDriver<Capability, Capability, unknown>['driver'],
  opened: OpenDriver<Capability, Capability, unknown>,
  supports: Readonly<Record<string, true>>,
  runtime: DriverRuntime,
) {
  let closed = false
  const parts: Record<string, KindPart> = {}
  const known: Readonly<Record<string, AnyKind>> = { ...kinds, ...driver.kinds }
  for (const kind of Object.values(known)) {
    if (supports[kind.kind] !== true) continue
    // By kind, as DriverKinds says; here any of them.
    const methods = ((opened.kinds as Readonly<Record<string, DriverMethods & { readonly fields?: readonly string[] }>>)[kind.kind] ?? {}) as DriverMethods
    const setup: KindSetup = {
      kind,
      driver: driver.name,
      limits: opened.limits[kind.kind] ?? {},
      supports,
      handled: handledFields(methods),
      methods,
      runtime,
      consistency: opened.consistency ?? {},
      classify: (cause: unknown): Classification => driver.classify(cause),
      isClosed: () => closed,
      peers: (peer, filter, cursor) => listPeers(peer, filter, cursor),
    }
    parts[kind.kind] = {
      kind,
      driver: driver.name,
      limits: setup.limits,
      runtime,
      invoke: kindInvoker(setup),
      check: (spec, isLater) => checkSpec(setup, spec, isLater),
    }
  }
  const listPeers: KindSetup['peers'] = (peer, filter, cursor) => {
    const call: PortableCall = { kind: peer, verb: 'list', args: [filter], options: { cursor } }
    // A list gives pages: kind-invoker makes them.
    return (parts[peer]?.invoke(call) ?? new ResultAsync(Promise.resolve(err(noPeer(driver.name, peer))))) as ReturnType<KindSetup['peers']>
  }
  return {
    driver: driver.name,
    supports,
    kinds: parts,
    native: opened.native,
    close: (): CloudResultAsync<void> => {
      closed = true
      const context = { driver: driver.name, operation: 'close' }
      return ResultAsync.fromThrowable(
        () => opened.close(),
        (cause) => toFailure(cause, context, (raw) => driver.classify(raw)).error,
      )()
    },
  }
}

const handledFields = (methods: unknown): readonly string[] | undefined =>
  typeof methods === 'object' && methods !== null && 'fields' in methods && Array.isArray(methods.fields) ? methods.fields : undefined

const noPeer = (driver: string, kind: string): CloudError =>
  cloudError('Unsupported', `this cloud (${driver}) has no ${kind} to choose from; give an id`, { driver, operation: `${kind}.list` }, { capability: kind })

const refuseChanges: Parameters<typeof interceptCloud>[1] = (call, next) =>
  call.effect === 'reads' || call.effect === 'lists'
    ? next(call)
    : new ResultAsync(
        Promise.resolve(
          err(
            cloudError('PermissionDenied', `${call.kind}.${call.verb}: this cloud was opened read-only`, { driver: call.driver, operation: `${call.kind}.${call.verb}` }, {}),
          ),
        ),
      )
