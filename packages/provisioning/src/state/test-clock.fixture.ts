import { nodeStateRuntime } from './state-runtime.ts'
import type { StateRuntime } from './state-runtime.ts'

/** A clock that several simulated processes share; time passes only when it is told to, or when one of them sleeps. */
export interface TestClock {
  now(): number
  /** Lets time pass; timers of processes that are not stopped are called when theirs has come. */
  advance(ms: number): void
  /** A process with that pid on this clock. */
  process(pid: number): TestProcess
}

/** A simulated process. */
export interface TestProcess {
  readonly runtime: StateRuntime
  /** Its timers stand still, as under SIGSTOP. */
  stop(): void
  continue(): void
  /** It is no more, and everybody can know. */
  kill(): void
}

interface Timer {
  readonly pid: number
  readonly ms: number
  readonly call: () => void
  next: number
}

/** Makes a clock that begins at a round time. */
export function testClock(): TestClock {
  let now = Date.UTC(2030, 0, 1)
  let timers: Timer[] = []
  const stopped = new Set<number>()
  const gone = new Set<number>()

  function advance(ms: number): void {
    now += ms
    for (const timer of timers) {
      if (timer.next > now || stopped.has(timer.pid)) continue
      timer.next = now + timer.ms
      timer.call()
    }
  }

  const runtimeOf = (pid: number): StateRuntime => ({
    ...nodeStateRuntime,
    now: () => now,
    async sleep(ms) {
      // Others get their turn first, as they would in that time.
      await nodeStateRuntime.sleep(1)
      advance(ms)
    },
    every(ms, call) {
      const timer: Timer = { pid, ms, call, next: now + ms }
      timers.push(timer)
      return () => void (timers = timers.filter((other) => other !== timer))
    },
    processes: {
      self: () => Promise.resolve({ host: 'test-host', pid, space: 'test', started: String(pid) }),
      isGone: (process) => Promise.resolve(gone.has(process.pid)),
    },
  })

  return {
    now: () => now,
    advance,
    process: (pid) => ({
      runtime: runtimeOf(pid),
      stop: () => void stopped.add(pid),
      continue: () => void stopped.delete(pid),
      kill: () => void [gone, stopped].forEach((set) => set.add(pid)),
    }),
  }
}
