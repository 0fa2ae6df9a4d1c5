/** Does something with each of a list, several at the same time. The first failure stops the others, and is thrown when they have stopped. */
export async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController()
  const all = AbortSignal.any([signal, stop.signal])
  const waiting = items.values()
  let first: number | undefined
  const worker = async (number: number): Promise<void> => {
    let failed = true
    try {
      for (const item of waiting) {
        if (all.aborted) break
        await work(item, all)
      }
      failed = false
    } finally {
      if (failed) {
        first ??= number
        stop.abort()
      }
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, (_, number) => worker(number)))
  const end = first === undefined ? undefined : ends[first]
  if (end?.status === 'rejected') throw end.reason
  signal.throwIfAborted()
}
