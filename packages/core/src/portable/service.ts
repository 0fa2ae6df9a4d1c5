import type { DriverRuntime } from '../driver/runtime.ts'
import type { AnyKind } from '../kind/kind.ts'
import type { Verb } from '../kind/verb.ts'
import { verbsOf } from '../kind/verb.ts'
import type { PageRequest } from '../options.ts'
import type { Page, Pager } from '../pager.ts'
import { pagerOf } from '../pager.ts'
import type { AnyResource } from '../resource.ts'
import type { CloudResultAsync } from '../result.ts'
import type { Gets } from '../service.ts'
import { createUntil } from './create-until.ts'
import { findOne } from './find.ts'
import type { Invoke } from './invoke.ts'
import { withServiceParts } from './service-parts.ts'

/** A service as core builds it: methods by name. The types that people see stand in the services' own files. */
export type AnyService = Readonly<Record<string, Method>>

type Method = (...args: readonly unknown[]) => unknown

/** Makes the service of a kind: a method for each verb that this cloud has, and `find`. A capability that it lacks is a missing member. */
export function serviceOf(
  kind: AnyKind,
  invoke: Invoke,
  supports: Readonly<Record<string, true>>,
  driver: string,
  runtime: DriverRuntime,
): AnyService {
  const service: Record<string, Method> = {}
  for (const verb of verbsOf(kind)) {
    if (verb.needs !== undefined && supports[verb.needs] !== true) continue
    service[verb.name] = verb.effect === 'lists' ? listMethod(kind, verb, invoke, driver) : callMethod(kind, verb, invoke)
  }
  if (kind.verbs.includes('list')) service['find'] = (nameOrId, options) => findOne(kind, invoke, driver, nameOrId, options)
  const { create } = service
  if (create !== undefined) {
    // Both are methods of this very service.
    const on = {
      kind,
      driver,
      runtime,
      service: service as unknown as Gets<AnyResource>,
      create: create as (spec: unknown, options: object) => CloudResultAsync<AnyResource>,
    }
    service['create'] = (spec, options) => createUntil(on, spec, optionsOf(options))
  }
  return withServiceParts(service, { kind, driver, runtime })
}

const callMethod =
  (kind: AnyKind, verb: Verb, invoke: Invoke): Method =>
  (...args) =>
    invoke({ kind: kind.kind, verb: verb.name, args: args.slice(0, countOf(verb)), options: optionsOf(args[countOf(verb)]) })

const listMethod =
  (kind: AnyKind, verb: Verb, invoke: Invoke, driver: string): Method =>
  (...args): Pager<unknown> => {
    const options = optionsOf(args[countOf(verb)])
    return pagerOf(
      (request: PageRequest) =>
        // A list gives pages: kind-invoker makes them.
        invoke({
          kind: kind.kind,
          verb: verb.name,
          args: args.slice(0, countOf(verb)),
          options: { ...options, ...request },
        }) as CloudResultAsync<Page<unknown>>,
      { cursor: options['cursor'], pageSize: options['pageSize'] } as PageRequest,
      { driver, operation: `${kind.kind}.${verb.name}` },
    )
  }

/** How many arguments come before the options. */
const countOf = (verb: Verb): number => Object.keys(verb.takes).length + (verb.on === 'one' ? 1 : 0)

/** What a caller gave as options; anything that is none is left for the check of the call to refuse. */
const optionsOf = (options: unknown): Readonly<Record<string, unknown>> =>
  options === undefined || options === null
    ? {}
    : typeof options === 'object'
      ? (options as Readonly<Record<string, unknown>>)
      : { options }
