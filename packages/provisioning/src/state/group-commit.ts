import { err, ResultAsync } from 'neverthrow'
import type { Result } from 'neverthrow'

/** Hands items to a slow `commit` in order, as many at a time as have gathered while the one before was under way. */
export interface GroupCommit<Item, E> {
  /** Resolves when the group that the item went with is committed. After a failure every push fails with it. */
  push(item: Item): ResultAsync<void, E>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

/** Makes a group commit; `commit` is never called twice at the same time. `turn` lets everything else that is ready go first. */
export function groupCommit<Item, E>(
  commit: (items: readonly Item[]) => PromiseLike<Result<void, E>>,
  turn: () => Promise<void>,
): GroupCommit<Item, E> {
  let waiting: { readonly item: Item; readonly settle: (result: Result<void, E>) => void }[] = []
  let running: Promise<void> | undefined
  let failure: Result<void, E> | undefined

  async function run(): Promise<void> {
    // One turn of patience: those who push in the same breath share one sync, and timers have theirs. Without it a lease is not renewed
    // while clouds and state answer without ever waiting, as those in memory do.
    await turn()
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      const result: Result<void, E> = failure ?? (await commit(group.map(({ item }) => item)))
      if (result.isErr()) failure = err(result.error)
      for (const { settle } of group) settle(result)
    }
    running = undefined
  }

  return {
    push(item) {
      if (failure !== undefined) return new ResultAsync(Promise.resolve(failure))
      const settled = new Promise<Result<void, E>>((settle) => waiting.push({ item, settle }))
      running ??= run()
      return new ResultAsync(settled)
    },
    idle: () => running ?? Promise.resolve(),
  }
}
