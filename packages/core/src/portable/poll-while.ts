import type { DriverRuntime } from '../driver/runtime.ts'

/** Over so many looks a window is spread. */
const looks = 8
const shortestPauseMs = 10

/** Looks until what is seen is no longer to be waited for, a window has passed, or a signal is aborted; gives what was seen last. */
export async function pollWhile<T>(
  runtime: DriverRuntime,
  windowMs: number,
  signal: AbortSignal,
  look: () => Promise<T>,
  isPending: (seen: T) => boolean,
): Promise<T> {
  const end = runtime.now() + windowMs
  for (;;) {
    const seen = await look()
    const left = end - runtime.now()
    if (!isPending(seen) || left <= 0 || signal.aborted) return seen
    // The last look falls on the end of the window, so that the whole of it was waited for.
    await runtime.sleep(Math.min(left, Math.max(shortestPauseMs, windowMs / looks)), signal).catch(() => {})
  }
}
