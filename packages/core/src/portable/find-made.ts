import { err, ok, ResultAsync } from 'neverthrow'
import type { CloudErrorContext } from '../errors.ts'
import type { Page } from '../pager.ts'
import type { AnyResource } from '../resource.ts'
import type { CloudResult } from '../result.ts'
import type { Deadline } from './deadline.ts'
import type { KindSetup } from './kind-invoker.ts'
import { seal } from './seal.ts'
import { toFailure } from './to-cloud-error.ts'

interface Sought {
  readonly key: string
  readonly spec: Readonly<Record<string, unknown>>
  readonly context: CloudErrorContext
  readonly deadline: Deadline
}

/**
 * Finds what a create has made, as each kind is recognised: by its mark, its name, or what it joins. Of twins, which two processes on a
 * cloud without keys of its own may make, the oldest stays and the others are removed.
 */
export async function findMade(setup: KindSetup, sought: Sought): Promise<CloudResult<AnyResource | undefined>> {
  const { kind, methods } = setup
  const call = { signal: sought.deadline.signal }
  const ask = (method: string, args: readonly unknown[]): ResultAsync<unknown, ReturnType<typeof toFailure>> =>
    ResultAsync.fromThrowable(
      async () => methods[method]?.(...args),
      (cause) => toFailure(cause, sought.context, setup.classify),
    )()

  if (kind.identity === 'marked') {
    const found = await ask('findByKey', [sought.key, call])
    if (found.isErr()) return err(found.error.error)
    const [oldest, ...younger] = [...(found.value as readonly AnyResource[])].sort(byAge)
    // A twin that stays for now is found again by the next look-up.
    for (const twin of younger) await ask('delete', [twin.id, { ...call, key: sought.key }]).unwrapOr(undefined)
    return ok(oldest === undefined ? undefined : (seal(oldest) as AnyResource))
  }

  const fields = kind.identity === 'named' ? ['name'] : (kind.joins ?? [])
  const name = kind.identity === 'named' ? sought.spec['name'] : undefined
  const parent = kind.parent === undefined ? undefined : sought.spec[kind.parent]
  const where = kind.parent === undefined || parent === undefined ? {} : { [kind.parent]: parent }
  let cursor: string | undefined
  do {
    const found = await ask('listPage', [{ name, where, cursor }, call])
    if (found.isErr()) return err(found.error.error)
    const page = found.value as Page<AnyResource>
    const match = page.items.find((item) => fields.every((field) => valueOf(item, field) === sought.spec[field]))
    if (match !== undefined) return ok(seal(match) as AnyResource)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return ok(undefined)
}

const valueOf = (item: AnyResource, field: string): unknown =>
  field === 'name' ? item.name : (item.observed as Readonly<Record<string, unknown>>)[field]

const byAge = (a: AnyResource, b: AnyResource): number =>
  (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0) || (a.id < b.id ? -1 : 1)
