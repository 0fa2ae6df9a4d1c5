import pLimit from 'p-limit'
import type { LimitFunction } from 'p-limit'

/** Runs something as soon as a place on a cloud is free. */
export type InPlace = <T>(on: string, run: () => Promise<T>) => Promise<T>

/** So many places on each cloud. What has none waits in the order of asking. */
export function places(parallelism: number): InPlace {
  const byCloud = new Map<string, LimitFunction>()
  return (on, run) => {
    const limit = byCloud.get(on) ?? pLimit(parallelism)
    byCloud.set(on, limit)
    return limit(run)
  }
}
