/** Does something with each of a list, several at the same time. The first failure stops the others, and is thrown when they have stopped. */
export async function eachOf<T>(items: readonly T[], atOnce: number, signal: AbortSignal, work: (item: T, signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController()
  const all = AbortSignal.any([signal, stop.signal])
  const waiting = items.values()
  const failures: unknown[] = []
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      if (all.aborted) return
      await work(item, all)
    }
  }
  const stopped = Array.from({ length: Math.min(atOnce, items.length) }, () =>
    worker().catch((error: unknown) => {
      failures.push(error)
      stop.abort(error)
    }),
  )
  await Promise.all(stopped)
  if (failures.length > 0) throw failures[0]
  signal.throwIfAborted()
}
