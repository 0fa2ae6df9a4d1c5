/**
 * Waits for work, and no longer than a signal allows: rejects with its reason as soon as it is aborted, whether or not the work listens to
 * it. Work that is left behind may still end; nobody hears of it, and nothing of it is unhandled.
 */
export function untilAborted<T>(work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason)
    work.then(
      (value) => {
        signal.removeEventListener('abort', leave)
        resolve(value)
      },
      (cause: unknown) => {
        signal.removeEventListener('abort', leave)
        reject(cause)
      },
    )
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
  })
}
