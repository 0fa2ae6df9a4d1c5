import type { RecordedResource } from '../state/recorded-resource.ts'
import type { Work } from './plan.ts'

/** Sorts so that everything comes after what it depends on; otherwise the order stays. Iterative: a chain may be long. */
export function inOrder<T>(items: readonly T[], addressOf: (item: T) => string, dependsOn: (item: T) => readonly string[]): readonly T[] {
  const byAddress = new Map(items.map((item) => [addressOf(item), item]))
  const placed = new Set<string>()
  const ordered: T[] = []
  for (const start of items) {
    const open = [start]
    const entered = new Set<string>()
    while (open.length > 0) {
      const item = open.at(-1) as T
      const address = addressOf(item)
      const missing =
        placed.has(address) || entered.has(address)
          ? []
          : dependsOn(item).flatMap((each) => (placed.has(each) ? [] : (byAddress.get(each) ?? [])))
      entered.add(address)
      if (missing.length > 0) open.push(...(missing as T[]))
      else {
        open.pop()
        if (!placed.has(address)) {
          placed.add(address)
          ordered.push(item)
        }
      }
    }
  }
  return ordered
}

/**
 * Which replaced resources must be made before their predecessors go: those to which something refers that stays and is only changed, for
 * it cannot let go before the successor is there; and, in turn, what those predecessors refer to.
 */
export function successorsFirst(work: ReadonlyMap<string, Work>, recorded: ReadonlyMap<string, RecordedResource>): ReadonlySet<string> {
  const first = new Set<string>()
  const dependentsOf = new Map<string, string[]>()
  for (const { address, dependsOn } of recorded.values())
    for (const on of dependsOn) dependentsOf.set(on, [...(dependentsOf.get(on) ?? []), address])
  for (let grew = true; grew; ) {
    grew = false
    for (const [address, { change }] of work) {
      if (change.action !== 'replace' || first.has(address)) continue
      const mustStay = (dependentsOf.get(address) ?? []).some(
        (dependent) => work.get(dependent)?.change.action === 'update' || first.has(dependent),
      )
      if (mustStay) {
        first.add(address)
        grew = true
      }
    }
  }
  return first
}
