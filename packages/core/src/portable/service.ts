import { err, ok, ResultAsync } from 'neverthrow'
import type { DriverRuntime } from '../driver/runtime.ts'
import { cloudError } from '../errors.ts'
import type { AnyKind } from '../kind/kind.ts'
import type { Verb } from '../kind/verb.ts'
import { verbsOf } from '../kind/verb.ts'
import type { PageRequest } from '../options.ts'
import type { Page, Pager } from '../pager.ts'
import { pagerOf } from '../pager.ts'
import type { AnyResource } from '../resource.ts'
import type { CloudResult, CloudResultAsync } from '../result.ts'
import type { Gets } from '../service.ts'
import { waitFor } from '../wait-for.ts'
import type { Invoke } from './invoke.ts'
import { withServiceParts } from './service-parts.ts'

/** A service as core builds it: methods by name. The types that people see stand in the services' own files. */
export type AnyService = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

/** Makes the service of a kind: a method for each verb that this cloud has, and `find`. A capability that it lacks is a missing member. */
export function serviceOf(kind: AnyKind, invoke: Invoke, supports: Readonly<Record<string, true>>, driver: string, runtime: DriverRuntime): AnyService {
  const service: Record<string, (...args: readonly unknown[]) => unknown> = {}
  for (const verb of verbsOf(kind)) {
    if (verb.needs !== undefined && supports[verb.needs] !== true) continue
    service[verb.name] = method(kind, verb, invoke, driver)
  }
  if (kind.verbs.includes('list')) service['find'] = (nameOrId, options) => find(kind, invoke, driver, String(nameOrId), optionsOf(options))
  const { create } = service
  if (create !== undefined) {
    service['create'] = (spec, options) => {
      const { until, ...rest } = optionsOf(options)
      // Both are methods of this very service.
      const created = create(spec, rest) as CloudResultAsync<AnyResource>
      if (typeof until !== 'string') return created
      return created.andThen((made) => waitFor(service as unknown as Gets<AnyResource>, made.id, { phase: until }, rest))
    }
  }
  return withServiceParts(service, { kind, driver, runtime })
}

function method(kind: AnyKind, verb: Verb, invoke: Invoke, driver: string): (...args: readonly unknown[]) => unknown {
  const count = Object.keys(verb.takes).length + (verb.on === 'one' ? 1 : 0)
  const call = (args: readonly unknown[], options: Readonly<Record<string, unknown>>) =>
    invoke({ kind: kind.kind, verb: verb.name, args: args.slice(0, count), options })
  if (verb.effect !== 'lists') return (...args) => call(args, optionsOf(args[count]))
  return (...args): Pager<unknown> => {
    const { cursor, pageSize, ...rest } = optionsOf(args[count])
    return pagerOf(
      // A list gives pages: kind-invoker makes them.
      (request: PageRequest) => call(args, { ...rest, ...request }) as CloudResultAsync<Page<unknown>>,
      { cursor, pageSize } as PageRequest,
      { driver, operation: `${kind.kind}.${verb.name}` },
    )
  }
}

function find(kind: AnyKind, invoke: Invoke, driver: string, nameOrId: string, options: Readonly<Record<string, unknown>>): CloudResultAsync<AnyResource> {
  const context = { driver, operation: `${kind.kind}.find` }
  const search = async (): Promise<CloudResult<AnyResource>> => {
    const listed = await pagerOf(
      (request) =>
        invoke({ kind: kind.kind, verb: 'list', args: [{ name: nameOrId }], options: { ...options, ...request } }) as CloudResultAsync<Page<AnyResource>>,
      {},
      context,
    ).toArray()
    if (listed.isErr()) return err(listed.error)
    const [first, second] = listed.value
    if (first !== undefined && second === undefined) return ok(first)
    if (first !== undefined) {
      const ids = listed.value.map((item) => item.id).join(', ')
      return err(cloudError('FailedPrecondition', `several ${kind.plural} are called ${nameOrId}; use an id: ${ids}`, context, {}))
    }
    if (kind.verbs.includes('get'))
      return (await invoke({ kind: kind.kind, verb: 'get', args: [nameOrId], options })) as CloudResult<AnyResource>
    return err(cloudError('NotFound', `there is no ${kind.kind} ${nameOrId}`, context, { kind: kind.kind, id: nameOrId }))
  }
  return new ResultAsync(search())
}

/** What a caller gave as options; anything else is left for the check of the call to refuse. */
const optionsOf = (options: unknown): Readonly<Record<string, unknown>> =>
  options === undefined || options === null ? {} : typeof options === 'object' ? (options as Readonly<Record<string, unknown>>) : { options }
