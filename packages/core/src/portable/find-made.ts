import { err, ok } from 'neverthrow'
import type { CloudErrorContext } from '../errors.ts'
import type { AnyKind } from '../kind/kind.ts'
import type { AnyResource } from '../resource.ts'
import type { CloudResult } from '../result.ts'
import { pageOf } from './checked-answer.ts'
import { callDriver } from './driver-call.ts'
import type { KindSetup } from './kind-setup.ts'
import { sealed } from './sealed.ts'

/** What is looked for. */
export interface Sought {
  readonly key: string
  /** What was asked for; kinds that carry no mark are recognised by it. */
  readonly spec: Readonly<Record<string, unknown>>
  readonly context: CloudErrorContext
  readonly signal: AbortSignal
}

/** The fields by which a kind without a mark is recognised. */
export const recognisedBy = (kind: AnyKind): readonly string[] => (kind.identity === 'named' ? ['name'] : (kind.joins ?? []))

/**
 * Finds everything that a create with a key has made, oldest first, as its kind is recognised: by mark, by name, or by what it joins. More
 * than one are twins: two processes made them on a cloud that knows no keys. A resource that shows another key is somebody else's.
 */
export async function findMade(setup: KindSetup, sought: Sought): Promise<CloudResult<readonly AnyResource[]>> {
  const found = setup.kind.identity === 'marked' ? await byMark(setup, sought) : await byWhatItIs(setup, sought)
  return found.map((resources) =>
    resources
      .filter(({ key }) => key === undefined || key === sought.key)
      .sort(oldestFirst)
      .map(sealed),
  )
}

async function byMark(setup: KindSetup, { key, context, signal }: Sought): Promise<CloudResult<AnyResource[]>> {
  const found = await callDriver(setup, { method: 'findByKey', args: [key, { signal }], context, signal })
  // What the driver's type says that it gives.
  return found.map((resources) => [...(resources as readonly AnyResource[])]).mapErr(({ error }) => error)
}

async function byWhatItIs(setup: KindSetup, { spec, context, signal }: Sought): Promise<CloudResult<AnyResource[]>> {
  const { kind } = setup
  const fields = recognisedBy(kind)
  const name = fields.includes('name') ? spec['name'] : undefined
  const where = kind.parent === undefined ? {} : { [kind.parent]: spec[kind.parent] }
  const seen = new Set<string>()
  for (let cursor: string | undefined; ; ) {
    const found = await callDriver(setup, { method: 'listPage', args: [{ name, where, cursor }, { signal }], context, signal })
    if (found.isErr()) return err(found.error.error)
    const page = pageOf(setup, context, found.value)
    if (page.isErr()) return err(page.error)
    const matches = page.value.items.filter((item) => fields.every((field) => valueOf(item, field) === spec[field]))
    if (matches.length > 0) return ok(matches)
    cursor = page.value.nextCursor
    if (cursor === undefined || seen.has(cursor)) return ok([])
    seen.add(cursor)
  }
}

const valueOf = (item: AnyResource, field: string): unknown =>
  field === 'name' ? item.name : (item.observed as Readonly<Record<string, unknown>>)[field]

/** Ties are broken by the id, so that two processes keep the same one. */
const oldestFirst = (a: AnyResource, b: AnyResource): number =>
  (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0) || (a.id < b.id ? -1 : 1)
