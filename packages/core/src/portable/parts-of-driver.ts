import type { Capability } from '../cloud.ts'
import type { OpenDriver } from '../driver/driver.ts'
import type { DriverRuntime } from '../driver/runtime.ts'
import { kinds as kindsOfCore } from '../kinds.ts'
import type { AnyKind } from '../kind/kind.ts'
import type { BoundDriver } from '../open-cloud.ts'
import { attempt } from '../result.ts'
import type { CloudResultAsync } from '../result.ts'
import { checkSpec } from './check-spec.ts'
import type { CloudParts, KindPart } from './cloud-parts.ts'
import { kindInvoker } from './kind-invoker.ts'
import type { DriverMethods, KindSetup, Peer } from './kind-setup.ts'
import { rememberChoices } from './remembered-choices.ts'
import { toFailure } from './to-cloud-error.ts'
import { withWrittenMethods } from './written-methods.ts'

/** Makes the parts of a cloud of an open driver: for each kind that it has, what invokes and what checks. */
export function partsOf(
  driver: BoundDriver<Capability, Capability, unknown>['driver'],
  opened: OpenDriver<Capability, Capability, unknown>,
  supports: Readonly<Record<string, true>>,
  runtime: DriverRuntime,
): CloudParts {
  const known: Readonly<Record<string, AnyKind>> = { ...kindsOfCore, ...driver.kinds }
  const had = Object.values(known).filter((kind) => supports[kind.kind] === true)
  const choices = rememberChoices(had)
  // By kind, as DriverKinds says; here any of them.
  const methodsOf = opened.kinds as Readonly<Record<string, DriverMethods & { readonly fields?: readonly string[] }>>
  const peers = new Map<string, Peer>()
  let closing: CloudResultAsync<void> | undefined

  const partOf = (kind: AnyKind): KindPart => {
    const methods = methodsOf[kind.kind] ?? {}
    const setup: KindSetup = {
      kind,
      driver: driver.name,
      limits: opened.limits[kind.kind] ?? {},
      supports,
      handled: Array.isArray(methods.fields) ? methods.fields : undefined,
      methods,
      runtime,
      consistency: opened.consistency ?? {},
      classify: (cause) => driver.classify(cause),
      isClosed: () => closing !== undefined,
      peer: (name) => peers.get(name),
      choices,
    }
    const invoke = kindInvoker(setup)
    peers.set(kind.kind, { setup, invoke })
    return {
      kind,
      driver: driver.name,
      limits: setup.limits,
      runtime,
      invoke: withWrittenMethods(setup, invoke),
      check: (spec, isLater) => checkSpec(setup, spec, isLater),
    }
  }

  return {
    driver: driver.name,
    supports,
    kinds: Object.fromEntries(had.map((kind) => [kind.kind, partOf(kind)])),
    native: opened.native,
    close: () =>
      (closing ??= attempt(
        () => opened.close(),
        (cause) => toFailure(cause, { driver: driver.name, operation: 'close' }, (raw) => driver.classify(raw)).error,
      )),
  }
}
