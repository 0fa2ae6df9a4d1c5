import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { hostname } from 'node:os'
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises'

/** Everything impure that the state needs: file system, clock, timers, randomness, processes. */
export interface StateRuntime {
  readonly fs: StateFileSystem
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Resolves when timers and everything else that is ready had their turn. */
  turn(): Promise<void>
  /** Calls again and again, without keeping the process alive; the answer stops it. */
  every(ms: number, call: () => void): () => void
  randomBytes(length: number): Uint8Array<ArrayBuffer>
  readonly processes: ProcessTable
}

/** The calls of `node:fs/promises` that the state makes. */
export type StateFileSystem = Pick<
  typeof fs,
  'link' | 'mkdir' | 'open' | 'readdir' | 'readFile' | 'realpath' | 'rename' | 'rm' | 'stat' | 'utimes'
>

/** Who a process is, so that another can tell whether it lives. */
export interface ProcessIdentity {
  readonly host: string
  readonly pid: number
  /** Where the pid means something: one boot of one kernel and one pid namespace. Hosts and containers may share a name, but not this. */
  readonly space: string
  /** When it started, in the kernel's ticks; absent where that is not cheap to know. */
  readonly started?: string | undefined
}

/** What can be known about processes. */
export interface ProcessTable {
  self(): Promise<ProcessIdentity>
  /** Whether it is certain that this process is no more. */
  isGone(process: ProcessIdentity): Promise<boolean>
}

/** The runtime of Node. */
export const nodeStateRuntime: StateRuntime = {
  fs,
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined),
  turn: () => immediate(),
  every(ms, call) {
    const timer = setInterval(call, ms).unref()
    return () => clearInterval(timer)
  },
  randomBytes: (length) => Uint8Array.from(randomBytes(length)),
  processes: {
    async self() {
      const started = await startOf(process.pid)
      return { host: hostname(), pid: process.pid, space: await pidSpace(), ...(started !== undefined && { started }) }
    },
    async isGone({ pid, space, started }) {
      if (space !== (await pidSpace())) return false
      if (!isThere(pid)) return true
      // The pid may have been given to another process since: that one started later.
      const start = started === undefined ? undefined : await startOf(pid)
      return start !== undefined && start !== started
    },
  },
}

/** Linux tells boot and pid namespace; elsewhere pids are one space per host. */
async function pidSpace(): Promise<string> {
  const boot = await fs.readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  const namespace = await fs.readlink('/proc/self/ns/pid').catch(() => '')
  return boot !== '' && namespace !== '' ? `${boot.trim()} ${namespace}` : `${process.platform} ${hostname()}`
}

/** Fields 3 (state) and 22 (start) of proc_pid_stat(5), counted from behind the name, which may hold anything. A zombie has ended. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await fs.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields?.[0] === 'Z' ? 'ended' : fields?.[19]
}

function isThere(pid: number): boolean {
  try {
    // Signal 0 sends nothing and only asks, kill(2). EPERM: there, and somebody else's.
    return process.kill(pid, 0)
  } catch (cause) {
    return !(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')
  }
}
