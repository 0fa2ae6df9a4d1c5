import { defaultRuntime } from '../driver/default-runtime.ts'
import type { DriverRuntime, LogEvent, TraceEvent } from '../driver/runtime.ts'

/** A world in which time passes only when everybody waits for it: each sleep ends as soon as nothing else is left to do. */
export interface FakeWorld {
  readonly runtime: DriverRuntime
  readonly logged: LogEvent[]
  readonly traced: TraceEvent[]
  /** Milliseconds since the beginning of this world. */
  now(): number
}

interface Timer {
  readonly at: number
  readonly end: () => void
}

const beginning = Date.UTC(2026, 0, 1)

/** Makes a world of its own. */
export function fakeWorld(): FakeWorld {
  let now = beginning
  let uuids = 0
  let timers: Timer[] = []
  const logged: LogEvent[] = []
  const traced: TraceEvent[] = []

  const tick = (): void => {
    const [next] = [...timers].sort((a, b) => a.at - b.at)
    if (next === undefined) return
    timers = timers.filter((timer) => timer !== next)
    now = Math.max(now, next.at)
    next.end()
    void whenIdle().then(tick)
  }

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason)
      const aborted = (): void => {
        timers = timers.filter((other) => other !== timer)
        reject(signal?.reason)
      }
      const end = (): void => {
        signal?.removeEventListener('abort', aborted)
        resolve()
      }
      const timer: Timer = { at: now + ms, end }
      timers.push(timer)
      signal?.addEventListener('abort', aborted, { once: true })
      void whenIdle().then(tick)
    })

  const runtime: DriverRuntime = {
    ...defaultRuntime,
    environment: {},
    transport: () => Promise.reject(new Error('this world has no network')),
    now: () => now,
    sleep,
    random: () => 0.5,
    randomUUID: () => `uuid-${(uuids += 1)}`,
    log: (event) => void logged.push(event),
    trace: (event) => void traced.push(event),
  }
  return { runtime, logged, traced, now: () => now - beginning }
}

/** After everything that is under way without waiting for time: callbacks, and digests, which are made on other threads in their order. */
export async function whenIdle(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await crypto.subtle.digest('SHA-256', new Uint8Array())
    await new Promise(setImmediate)
  }
}
