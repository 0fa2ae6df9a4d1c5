import { err, ok } from 'neverthrow'
import type { CloudErrorContext } from '../errors.ts'
import { cloudError } from '../errors.ts'
import type { AnyField } from '../kind/field.ts'
import type { Page } from '../pager.ts'
import type { AnyResource } from '../resource.ts'
import type { CloudResult, CloudResultAsync } from '../result.ts'
import { isSecret, Secret } from '../secret.ts'

/** Reads one page of a kind that a choice is made from. */
export type ListPeers = (kind: string, filter: Readonly<Record<string, unknown>>, cursor: string | undefined) => CloudResultAsync<Page<AnyResource>>

/**
 * Puts ids in the place of names and selectors, and wraps secrets, so that a driver gets nothing else. The smallest size that has what was
 * asked and the newest image that is what was asked are chosen; the same list always gives the same choice.
 */
export async function resolveChoices(
  fields: Readonly<Record<string, AnyField>>,
  spec: Readonly<Record<string, unknown>>,
  peers: ListPeers,
  context: CloudErrorContext,
): Promise<CloudResult<Readonly<Record<string, unknown>>>> {
  const resolved: Record<string, unknown> = { ...spec }
  for (const [name, field] of Object.entries(fields)) {
    const value = spec[name]
    if (value === undefined) continue
    if (field.secret) resolved[name] = isSecret(value) ? value : new Secret(value)
    if (field.shape.type !== 'choice') continue
    const chosen = await resolveChoice(field.shape.of, value, name, peers, context)
    if (chosen.isErr()) return err(chosen.error)
    resolved[name] = chosen.value
  }
  return ok(resolved)
}

/** Makes the id of one choice. */
export async function resolveChoice(
  kind: string,
  wanted: unknown,
  field: string,
  peers: ListPeers,
  context: CloudErrorContext,
): Promise<CloudResult<string>> {
  const candidates: AnyResource[] = []
  let cursor: string | undefined
  do {
    const page: CloudResult<Page<AnyResource>> = await peers(kind, {}, cursor)
    if (page.isErr()) return err(page.error)
    candidates.push(...page.value.items)
    cursor = page.value.nextCursor
  } while (cursor !== undefined)

  const fitting =
    typeof wanted === 'string' ? named(candidates, wanted) : candidates.filter((candidate) => fits(kind, candidate, wanted as Selector)).sort(order(kind))
  const [first, second] = fitting
  if (first === undefined) return err(cloudError('InvalidArgument', `${field}: ${nothingFits(kind, wanted, candidates)}`, context, { path: [field] }))
  if (typeof wanted === 'string' && second !== undefined) {
    const ids = fitting.map((candidate) => candidate.id).join(', ')
    return err(cloudError('InvalidArgument', `${field}: several are called ${wanted}; give an id: ${ids}`, context, { path: [field] }))
  }
  return ok(first.id)
}

type Selector = Readonly<Record<string, unknown>>

const named = (candidates: readonly AnyResource[], wanted: string): readonly AnyResource[] => {
  const byId = candidates.filter((candidate) => candidate.id === wanted)
  return byId.length > 0 ? byId : candidates.filter((candidate) => candidate.name === wanted)
}

/** Numbers are at least, texts are equal. What a candidate does not tell, it does not have; an unsaid purpose is `server`. */
function fits(kind: string, candidate: AnyResource, selector: Selector): boolean {
  const observed = candidate.observed as Selector
  if (kind === 'image' && candidate.status.phase !== 'Ready') return false
  const asked = kind === 'image' ? { purpose: 'server', ...selector } : selector
  const has = kind === 'image' ? { purpose: 'server', ...defined(observed) } : observed
  return Object.entries(asked).every(([name, value]) => {
    if (value === undefined) return true
    const own = (has as Selector)[name]
    return typeof value === 'number' ? typeof own === 'number' && own >= value : own === value
  })
}

const defined = (value: Selector): Selector => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))

const order =
  (kind: string) =>
  (a: AnyResource, b: AnyResource): number =>
    kind === 'image' ? newestFirst(a, b) : smallestFirst(a, b)

const newestFirst = (a: AnyResource, b: AnyResource): number => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0) || compare(a.id, b.id)

const smallestFirst = (a: AnyResource, b: AnyResource): number => {
  const [left, right] = [a.observed as Selector, b.observed as Selector]
  for (const measure of ['accelerators', 'vcpus', 'memoryGiB', 'diskGiB']) {
    const difference = Number(left[measure] ?? 0) - Number(right[measure] ?? 0)
    if (difference !== 0) return difference
  }
  return compare(a.name, b.name)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const nothingFits = (kind: string, wanted: unknown, candidates: readonly AnyResource[]): string => {
  const names = candidates.map((candidate) => candidate.name).sort()
  const shown = names.slice(0, 12).join(', ') + (names.length > 12 ? `, and ${names.length - 12} more` : '')
  return `no ${kind} here is ${typeof wanted === 'string' ? `called ${wanted}` : JSON.stringify(wanted)}; there are ${shown || 'none'}`
}
