import { cloudError, kindAction, kindService, waitFor } from '@hanse/core'
import type { AnyKind, AnyResource, Cloud, CloudResult, CloudResultAsync, Gets, KindService, Owner } from '@hanse/core'
import { err, errAsync, ok, okAsync, ResultAsync } from 'neverthrow'
import type { Operations, Seen } from './operations.ts'
import { toJson } from './to-json.ts'

type Spec = Readonly<Record<string, unknown>>
type Service = Required<Pick<KindService, 'create' | 'findByKey' | 'get' | 'delete'>> & KindService

/** What the engine can do to a kind of core, from its description and its portable service. Undefined when the cloud lacks the kind. */
export function kindOperations(cloud: Cloud, kind: AnyKind): Operations | undefined {
  const found = kindService(cloud, kind.kind)
  if (found?.create === undefined || found.get === undefined || found.delete === undefined || found.findByKey === undefined)
    return undefined
  // Looked at just now.
  const service = found as Service
  const seen = (resource: AnyResource): Seen => seenOf(kind, resource)
  const bySeen = (all: ReadonlyMap<string, AnyResource> | undefined): ReadonlyMap<string, Seen> | undefined =>
    all && new Map([...all].map(([id, resource]) => [id, seen(resource)]))

  return {
    create: (spec, call) => service.create(spec, call).map(seen),
    findMade: (spec, { key, signal }) =>
      service
        .findByKey(key, { spec, signal })
        .map((resource): Seen | undefined => seen(resource))
        .orElse((error) => (error.code === 'NotFound' ? okAsync(undefined) : errAsync(error))),
    read: (id, _, signal) => absentIsFine(service.get(id as AnyResource['id'], { signal }).map(seen)),
    readAll:
      found.list === undefined
        ? undefined
        : (recorded, how) => new ResultAsync(readAll(found, kind, recorded, how).then((all) => all.map(bySeen))),
    update: (id, { fields, actions }, _, call) => {
      let result: CloudResultAsync<AnyResource> | undefined
      if (Object.keys(fields).length > 0)
        result = service.update?.(id as AnyResource['id'], fields, call) ?? errAsync(lacks(cloud, kind, 'update'))
      for (const { action, value } of actions) {
        const run = (): CloudResultAsync<AnyResource> => {
          const act = kindAction(cloud, kind.kind, action)
          // Actions that change a resource give it, as their services say.
          return act === undefined
            ? errAsync(lacks(cloud, kind, action))
            : (act(id, value, { key: `${call.key}/${action}`, signal: call.signal }) as CloudResultAsync<AnyResource>)
        }
        result = result === undefined ? run() : result.andThen(run)
      }
      return (result ?? service.get(id as AnyResource['id'])).map(seen)
    },
    delete: (id, _, call) => service.delete(id as AnyResource['id'], { signal: call.signal, key: `${call.key}/delete` }),
    settle: (id, goal, _, { onLook, ...options }) => {
      const gets = service as Gets<AnyResource>
      const wait = { ...options, onLook: (resource: AnyResource) => onLook?.(seen(resource).state) }
      return goal === 'absent'
        ? waitFor(gets, id as AnyResource['id'], 'absent', wait).map(() => undefined)
        : waitFor(gets, id as AnyResource['id'], { phase: 'ready' }, wait).map((resource): Seen | undefined => seen(resource))
    },
  }
}

const lacks = (cloud: Cloud, kind: AnyKind, verb: string) =>
  cloudError(
    'Unsupported',
    `this cloud (${cloud.driver}) has no ${kind.kind}.${verb}`,
    { driver: cloud.driver, operation: `${kind.kind}.${verb}` },
    { capability: `${kind.kind}.${verb}` },
  )

const absentIsFine = (found: CloudResultAsync<Seen>): CloudResultAsync<Seen | undefined> =>
  found.map((seen): Seen | undefined => seen).orElse((error) => (error.code === 'NotFound' ? okAsync(undefined) : errAsync(error)))

/**
 * Kinds that bear a mark are listed by owner. Of the others a list shows what everybody has; by what it is part of, where there is such a
 * thing, that is little more than ours.
 */
function filtersFor(kind: AnyKind, recorded: readonly Spec[], owner: Owner): readonly object[] {
  if (kind.identity === 'marked') return [{ owner }]
  const { parent } = kind
  return parent === undefined ? [{}] : [...new Set(recorded.map((spec) => spec[parent]))].map((id) => ({ [parent]: id }))
}

async function readAll(
  service: KindService,
  kind: AnyKind,
  recorded: readonly Spec[],
  { owner, atMostPages, signal }: { readonly owner: Owner; readonly atMostPages: number; readonly signal?: AbortSignal | undefined },
): Promise<CloudResult<ReadonlyMap<string, AnyResource> | undefined>> {
  const filters = filtersFor(kind, recorded, owner)
  if (filters.length > atMostPages) return ok(undefined)
  const all = new Map<string, AnyResource>()
  let left = atMostPages
  for (const filter of filters) {
    const pager = service.list?.(filter, { signal })
    if (pager === undefined) return ok(undefined)
    let isLast = false
    for await (const page of pager.pages()) {
      left -= 1
      // With what it is part of, all of them are gone.
      if (page.isErr() && page.error.code === 'NotFound') break
      if (page.isErr()) return err(page.error)
      for (const item of page.value.items) all.set(item.id, item)
      isLast = page.value.nextCursor === undefined
      if (left <= 0) break
    }
    if (left <= 0 && !(isLast && filter === filters.at(-1))) return ok(undefined)
  }
  return ok(all)
}

function seenOf(kind: AnyKind, resource: AnyResource): Seen {
  const { phase, providerState } = resource.status
  return {
    id: resource.id,
    name: resource.name,
    outputs: toJson(resource.outputs),
    observed: toJson(resource.observed),
    meaning: kind.phases[phase] ?? 'pending',
    state: phase === providerState ? phase : `${phase} (${providerState})`,
    warnings: resource.warnings,
  }
}
