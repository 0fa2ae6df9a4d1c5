import { untilAborted } from './until-aborted.ts'

/** Work that several callers wait for. */
export interface SharedWork<T> {
  /** Waits as one more caller. Rejects with the signal's reason when this caller leaves; the work goes on for the others. */
  join(signal: AbortSignal): Promise<T>
}

/**
 * Begins work that callers may join. No caller's signal ends it for another: it is aborted when the last one has left. `over` is told once,
 * before any caller is, when it has ended or been given up; nobody joins after that.
 */
export function shareWork<T>(run: (signal: AbortSignal) => Promise<T>, over: () => void): SharedWork<T> {
  const controller = new AbortController()
  let waiting = 0
  let isOver = false
  const end = (): void => {
    if (!isOver) over()
    isOver = true
  }
  const work = run(controller.signal).finally(end)
  work.catch(() => {}) // Those who wait hear of it; when all have left, nobody needs to.
  return {
    join: (signal) => {
      waiting += 1
      return untilAborted(work, signal).finally(() => {
        waiting -= 1
        if (waiting > 0 || !signal.aborted) return
        end()
        controller.abort(signal.reason)
      })
    },
  }
}
