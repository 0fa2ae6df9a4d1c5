import { err, ok } from 'neverthrow'
import { cloudError } from '../errors.ts'
import type { AnyKind } from '../kind/kind.ts'
import type { Page } from '../pager.ts'
import { pagerOf } from '../pager.ts'
import type { AnyResource } from '../resource.ts'
import { settled } from '../result.ts'
import type { CloudResult, CloudResultAsync } from '../result.ts'
import type { Invoke } from './invoke.ts'

/** The one resource of a name, or of an id. The name is asked for first: it costs one request, and people type names. */
export function findOne(kind: AnyKind, invoke: Invoke, driver: string, nameOrId: unknown, options: unknown): CloudResultAsync<AnyResource> {
  const context = { driver, operation: `${kind.kind}.find` }
  const given = (options ?? {}) as Readonly<Record<string, unknown>>

  async function search(): Promise<CloudResult<AnyResource>> {
    if (typeof nameOrId !== 'string' || nameOrId === '')
      return err(cloudError('InvalidArgument', 'nameOrId: expected a name or an id', context, { path: ['nameOrId'] }))
    const named = await pagerOf(
      ({ cursor }) =>
        // A list gives pages: kind-invoker makes them.
        invoke({ kind: kind.kind, verb: 'list', args: [{ name: nameOrId }], options: { ...given, cursor } }) as CloudResultAsync<
          Page<AnyResource>
        >,
      {},
      context,
    ).toArray()
    // A text that cannot be a name can still be an id.
    const isNoName = named.isErr() && named.error.code === 'InvalidArgument' && named.error.details.path[0] === 'name'
    if (named.isErr() && !isNoName) return err(named.error)
    const [first, second] = named.isOk() ? named.value : []
    if (first !== undefined && second === undefined) return ok(first)
    if (first !== undefined) return err(severalError(named.unwrapOr([])))
    return byId(nameOrId)
  }

  async function byId(id: string): Promise<CloudResult<AnyResource>> {
    const absent = cloudError('NotFound', `there is no ${kind.kind} ${id}`, context, { kind: kind.kind, id })
    if (!kind.verbs.includes('get')) return err(absent)
    const got = await invoke({ kind: kind.kind, verb: 'get', args: [id], options: given })
    // What some clouds call malformed is to a person not there.
    if (got.isErr()) return err(got.error.code === 'NotFound' || got.error.code === 'InvalidArgument' ? absent : got.error)
    return ok(got.value as AnyResource)
  }

  const severalError = (all: readonly AnyResource[]) => {
    const ids = all.map(({ id }) => id).join(', ')
    return cloudError('FailedPrecondition', `several ${kind.plural} are called ${String(nameOrId)}; use an id: ${ids}`, context, {})
  }

  return settled(search, context)
}
