import type { AnyKind } from '../kind/kind.ts'
import type { AnyResource } from '../resource.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * The best of several for a selector, as the kind's description says: of those that are ready and have at least every number and exactly
 * every text that is asked for, the newest, or the one with the least of each measure. What a resource does not tell, it does not have.
 */
export function bestFor(kind: AnyKind, selector: Values, candidates: readonly AnyResource[]): AnyResource | undefined {
  const { prefer = [], unsaid = {} } = kind.choose ?? {}
  const asked = Object.entries({ ...unsaid, ...definedIn(selector) })
  const fits = (candidate: AnyResource): boolean => {
    const has: Values = { ...unsaid, ...definedIn(candidate.observed) }
    return (
      kind.phases[candidate.status.phase] === 'ready' &&
      asked.every(([name, value]) => {
        const own = has[name]
        return typeof value === 'number' ? typeof own === 'number' && own >= value : own === value
      })
    )
  }
  const [best] = candidates.filter(fits).sort(prefer === 'newest' ? newestFirst : leastFirst(prefer))
  return best
}

const definedIn = (value: object): Values => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))

const newestFirst = (a: AnyResource, b: AnyResource): number =>
  (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0) || compare(a.id, b.id)

const leastFirst =
  (measures: readonly string[]) =>
  (a: AnyResource, b: AnyResource): number => {
    const [left, right]: readonly [Values, Values] = [{ ...a.observed }, { ...b.observed }]
    for (const measure of measures) {
      const difference = Number(left[measure] ?? 0) - Number(right[measure] ?? 0)
      if (difference !== 0) return difference
    }
    return compare(a.name, b.name) || compare(a.id, b.id)
  }

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
