import type { RecordedResource } from '../state/recorded-resource.ts'
import type { PlannedChange } from './plan.ts'

/** Sorts so that everything comes after what it depends on; otherwise the order stays. Iterative: a chain may be long. */
export function inOrder<T>(items: readonly T[], addressOf: (item: T) => string, dependsOn: (item: T) => readonly string[]): readonly T[] {
  const byAddress = new Map(items.map((item) => [addressOf(item), item]))
  const entered = new Set<string>()
  const ordered: T[] = []
  // Entered twice: once for what it needs, once to be placed behind that.
  const open: { readonly item: T; readonly needsPlaced: boolean }[] = []
  for (const start of items) {
    open.push({ item: start, needsPlaced: false })
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { item, needsPlaced } = next
      if (needsPlaced) {
        ordered.push(item)
        continue
      }
      const address = addressOf(item)
      if (entered.has(address)) continue
      entered.add(address)
      open.push({ item, needsPlaced: true })
      for (const needed of dependsOn(item)) {
        const other = byAddress.get(needed)
        if (other !== undefined && !entered.has(needed)) open.push({ item: other, needsPlaced: false })
      }
    }
  }
  return ordered
}

/**
 * Which replaced resources must be made before their predecessors go: those to which something refers that stays and is only changed, for
 * it cannot let go before the successor is there; and, in turn, what those predecessors refer to.
 */
export function successorsFirst(
  changes: ReadonlyMap<string, PlannedChange>,
  recorded: ReadonlyMap<string, RecordedResource>,
): ReadonlySet<string> {
  const first = new Set<string>()
  const stays = [...changes.values()].filter(({ action }) => action === 'update').map(({ address }) => address)
  for (let next = stays.pop(); next !== undefined; next = stays.pop()) {
    for (const on of recorded.get(next)?.dependsOn ?? []) {
      if (changes.get(on)?.action !== 'replace' || first.has(on)) continue
      first.add(on)
      stays.push(on)
    }
  }
  return first
}
