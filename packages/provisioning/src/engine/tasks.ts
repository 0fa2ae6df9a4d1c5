import type { Work, WorkingPlan } from '../plan/plan.ts'
import type { RecordedResource } from '../state/recorded-resource.ts'
import type { Task } from './run-graph.ts'

/** How the parts of a plan are carried out. */
export interface Hands {
  /** Creates, updates, or makes the successor. */
  make(work: Work): Promise<boolean>
  /** Deletes what is no longer wanted, or the predecessor. */
  remove(work: Work): Promise<boolean>
  skip(work: Work, does: 'make' | 'remove', because: string): void
}

/**
 * Makes the tasks of a plan: one for each resource that is made or changed, one for each that goes; a replacement has both. What a resource
 * needs comes before it, what needs it goes before it.
 */
export function tasksOf({ work }: WorkingPlan, recorded: ReadonlyMap<string, RecordedResource>, hands: Hands): readonly Task[] {
  const byAddress = new Map(work.filter(({ isLeftOver }) => !isLeftOver).map((each) => [each.change.address, each]))
  const dependents = new Map<string, string[]>()
  for (const { address, dependsOn } of recorded.values())
    for (const on of dependsOn) dependents.set(on, [...(dependents.get(on) ?? []), address])

  return work.flatMap((each) => {
    const { address, action, dependsOn, createFirst } = each.change
    const makes = action !== 'delete'
    const removes = action === 'delete' || (action === 'replace' && !each.isGone)
    const made = (of: string): string => of
    const gone = (of: string): string => `${of} (before)`
    const tasks: Task[] = []
    if (each.isLeftOver) {
      // Whoever still refers to it lets go when it is changed.
      const after = [address, ...(dependents.get(address) ?? [])].map(made)
      return [
        {
          id: `${address} (left over from ${each.generation})`,
          after,
          run: () => hands.remove(each),
          skip: (because) => hands.skip(each, 'remove', because),
        },
      ]
    }
    if (makes) {
      tasks.push({
        id: made(address),
        after: [...dependsOn.map(made), ...(removes && !createFirst ? [gone(address)] : [])],
        run: () => hands.make(each),
        skip: (because) => hands.skip(each, 'make', because),
      })
    }
    if (removes) {
      const users = (dependents.get(address) ?? []).flatMap((user) => {
        const change = byAddress.get(user)?.change
        if (change === undefined) return []
        return change.action === 'update' ? [made(user)] : [gone(user)]
      })
      tasks.push({
        id: gone(address),
        after: [...users, ...(createFirst ? [made(address)] : [])],
        run: () => hands.remove(each),
        skip: (because) => hands.skip(each, 'remove', because),
      })
    }
    return tasks
  })
}
