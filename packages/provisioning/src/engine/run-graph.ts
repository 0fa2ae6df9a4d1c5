/** One thing to do, and what must have been done before it. */
export interface Task {
  readonly id: string
  readonly after: readonly string[]
  /** Never rejects. */
  readonly run: () => Promise<Ended>
  /** Told when it is not begun, and why. */
  readonly skip: (because: string) => void
}

/** How a task ended: what comes after it may begin, or may not; `left` was not begun, because nothing new may begin. */
export type Ended = 'done' | 'failed' | 'left'

/**
 * Runs tasks as soon as what they wait for is done, in parallel. A task that fails stops what comes after it and nothing else. Once
 * `stopped` gives a reason, nothing new begins and what is under way is finished.
 *
 * @returns the tasks that wait for each other in a circle; none of them was begun
 */
export function runGraph(tasks: readonly Task[], stopped: () => string | undefined): Promise<readonly Task[]> {
  const byId = new Map(tasks.map((task) => [task.id, task]))
  const waiting = new Map(tasks.map((task) => [task.id, new Set(task.after.filter((id) => byId.has(id)))]))
  const followers = new Map<string, Task[]>()
  for (const task of tasks) {
    for (const before of waiting.get(task.id) ?? []) {
      const others = followers.get(before)
      if (others === undefined) followers.set(before, [task])
      else others.push(task)
    }
  }
  let running = 0

  return new Promise((resolve) => {
    const finishIfIdle = (): void => {
      if (running === 0) resolve(tasks.filter(({ id }) => waiting.has(id)))
    }
    const begin = (task: Task): void => {
      waiting.delete(task.id)
      const reason = stopped()
      if (reason !== undefined) {
        task.skip(reason)
        skipAfter(task.id, reason)
        return
      }
      running += 1
      void task.run().then((ended) => {
        running -= 1
        if (ended === 'done') release(task.id)
        else skipAfter(task.id, (ended === 'left' ? stopped() : undefined) ?? `${task.id} failed`)
        finishIfIdle()
      })
    }
    const release = (id: string): void => {
      for (const follower of followers.get(id) ?? []) {
        const left = waiting.get(follower.id)
        left?.delete(id)
        if (left?.size === 0) begin(follower)
      }
    }
    /** Skips everything that waits for a task, however far. */
    const skipAfter = (id: string, because: string): void => {
      const open = [id]
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const follower of followers.get(next) ?? []) {
          if (!waiting.delete(follower.id)) continue
          follower.skip(because)
          open.push(follower.id)
        }
      }
    }
    for (const task of tasks) if (waiting.get(task.id)?.size === 0) begin(task)
    finishIfIdle()
  })
}
