import type { Work, WorkingPlan } from '../plan/plan.ts'
import type { RecordedResource } from '../state/recorded-resource.ts'
import { incarnations } from './known-state.ts'
import type { Ended, Task } from './run-graph.ts'

/** How the parts of a plan are carried out. */
export interface Hands {
  /** Creates, updates, or makes the successor. */
  make(work: Work): Promise<Ended>
  /** Deletes what is no longer wanted, or the predecessor. */
  remove(work: Work): Promise<Ended>
  skip(work: Work, does: 'make' | 'remove', because: string): void
}

/**
 * Makes the tasks of a plan: one for each resource that is made or changed, one for each incarnation that goes; a replacement has both.
 * What a resource needs comes before it, what needs it goes before it, and where two cannot stand beside each other the old goes first.
 */
export function tasksOf({ work }: WorkingPlan, recorded: ReadonlyMap<string, RecordedResource>, hands: Hands): readonly Task[] {
  const current = new Map(work.filter(({ isLeftOver }) => !isLeftOver).map((each) => [each.change.address, each]))
  const usersOf = usersIn(recorded)

  const remove = (each: Work): Task => {
    const { address, action, createFirst } = each.change
    const after = (usersOf.get(address) ?? []).flatMap((user) => {
      const change = current.get(user.address)?.change
      if (user.isPredecessor) return [removalOf(user)]
      // It lets go when it is changed; what is left alone no longer refers to it.
      return change?.action === 'update' ? [user.address] : change?.action === 'none' ? [] : [removalOf(user)]
    })
    const successor = each.isLeftOver || (action === 'replace' && createFirst) ? [address] : []
    return {
      id: removalOf({ address, generation: each.recorded?.generation ?? each.generation }),
      after: [...after, ...successor],
      run: () => hands.remove(each),
      skip: (because) => hands.skip(each, 'remove', because),
    }
  }

  /** Whether a user goes without waiting for anything that is made: its removal can then be waited for by what is made. */
  const justGoes = (user: User): boolean => {
    const change = current.get(user.address)?.change
    const goes = change?.action === 'delete' || (change?.action === 'replace' && !change.createFirst)
    return goes && !user.isPredecessor && (usersOf.get(user.address) ?? []).every(justGoes)
  }

  return work.flatMap((each) => {
    const { address, action, dependsOn, createFirst } = each.change
    // While something lets go of a resource, a cloud may refuse to change it: a volume that is being detached does not grow.
    const lettingGo = action === 'update' ? (usersOf.get(address) ?? []).filter(justGoes).map(removalOf) : []
    if (each.isLeftOver || action === 'delete') return [remove(each)]
    const goesFirst = action === 'replace' && !createFirst ? [removalOf({ address, generation: each.recorded?.generation ?? 0 })] : []
    const make: Task = {
      id: address,
      after: [...dependsOn, ...goesFirst, ...lettingGo, ...each.displaces.map(removalOf)],
      run: () => hands.make(each),
      skip: (because) => hands.skip(each, 'make', because),
    }
    return action === 'replace' ? [make, remove(each)] : [make]
  })
}

interface User {
  readonly address: string
  readonly generation: number
  readonly isPredecessor: boolean
}

/** What is recorded to refer to each address, predecessors included. */
function usersIn(recorded: ReadonlyMap<string, RecordedResource>): ReadonlyMap<string, readonly User[]> {
  const users = new Map<string, User[]>()
  for (const resource of recorded.values()) {
    for (const { address, generation, dependsOn } of incarnations(resource)) {
      const user = { address, generation, isPredecessor: generation !== resource.generation }
      for (const on of dependsOn) {
        const others = users.get(on)
        if (others === undefined) users.set(on, [user])
        else others.push(user)
      }
    }
  }
  return users
}

/** The task that removes an incarnation. */
const removalOf = ({ address, generation }: { readonly address: string; readonly generation: number }): string =>
  `${address} (generation ${generation})`
