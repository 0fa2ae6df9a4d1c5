/**
 * The same chunks, until the signal says stop: then it throws the signal's reason at once, even while the source hangs.
 *
 * The source is told to end (its `return`) however the reading ends.
 */
export async function* abortable<T>(source: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]()
  let hangs = false
  try {
    for (;;) {
      hangs = true
      const next = await orAbort(iterator.next(), signal)
      hangs = false
      if (next.done === true) return
      yield next.value
    }
  } finally {
    // A source that hangs does not answer this call either, and one that has failed answers "done": neither is waited for.
    const ended = iterator.return?.()
    if (hangs) ended?.catch(() => {})
    else await ended
  }
}

const orAbort = <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    // Removed after each chunk: a long stream must not pile up listeners.
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
    if (signal.aborted) stop()
  })
}
