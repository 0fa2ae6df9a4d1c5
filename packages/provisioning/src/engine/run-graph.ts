/** One thing to do, and what must have been done before it. */
export interface Task {
  readonly id: string
  readonly after: readonly string[]
  /** Resolves to whether what comes after may begin. Never rejects. */
  readonly run: () => Promise<boolean>
  /** Told when it is not begun: what it waited for failed, or nothing new may begin. */
  readonly skip: (because: string) => void
}

/**
 * Runs tasks as soon as what they wait for is done, in parallel. A task that fails stops what comes after it and nothing else. Once
 * `mayBegin` says no, nothing new begins and what is under way is finished.
 */
export function runGraph(tasks: readonly Task[], mayBegin: () => boolean): Promise<void> {
  const byId = new Map(tasks.map((task) => [task.id, task]))
  const waiting = new Map(tasks.map((task) => [task.id, new Set(task.after.filter((id) => byId.has(id)))]))
  const followers = new Map<string, string[]>()
  for (const [id, after] of waiting) for (const before of after) followers.set(before, [...(followers.get(before) ?? []), id])
  let running = 0

  return new Promise((resolve) => {
    const begin = (task: Task): void => {
      waiting.delete(task.id)
      if (!mayBegin()) {
        task.skip('the run was cancelled')
        stop(task.id, 'the run was cancelled')
        return
      }
      running += 1
      void task.run().then((good) => {
        running -= 1
        if (good) release(task.id)
        else stop(task.id, `${task.id} failed`)
        if (running === 0) resolve()
      })
    }
    const release = (id: string): void => {
      for (const follower of followers.get(id) ?? []) {
        const left = waiting.get(follower)
        left?.delete(id)
        const task = byId.get(follower)
        if (left?.size === 0 && task !== undefined) begin(task)
      }
    }
    /** Skips everything that waits for a task, however far. */
    const stop = (id: string, because: string): void => {
      const open = [id]
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const follower of followers.get(next) ?? []) {
          if (!waiting.delete(follower)) continue
          byId.get(follower)?.skip(because)
          open.push(follower)
        }
      }
    }
    for (const task of tasks.filter(({ id }) => waiting.get(id)?.size === 0)) begin(task)
    if (running === 0) resolve()
  })
}
