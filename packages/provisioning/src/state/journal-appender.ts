import { errAsync, ok, Result, safeTry } from 'neverthrow'
import type { ResultAsync } from 'neverthrow'
import type { StackError } from '../stack-error.ts'
import { encodeLine, journalFormat } from './journal-entry.ts'
import type { OpenedEntry } from './journal-entry.ts'
import { journalName } from './journal-name.ts'
import type { Lease } from './lease.ts'
import type { LoadedState } from './load-journal.ts'
import type { RecordedEvent, StateEvent } from './state-event.ts'
import type { JournalWriter, StateMedium } from './state-medium.ts'
import type { StateRuntime } from './state-runtime.ts'

/** Writes the journal of one lease. */
export interface JournalAppender {
  /** Names the last change that was written, or is being written. */
  readonly version: string
  /** How often something was made durable. */
  readonly syncs: number
  /**
   * Writes encoded events, all of which `loaded.resources` reflects, and it no others. One call at a time.
   * Resolves when they are durable and the lease was still held after that.
   */
  append(bodies: readonly string[]): ResultAsync<void, StackError>
  close(): ResultAsync<void, StackError>
}

/** What a journal is written with. */
export interface AppenderParts {
  readonly medium: StateMedium
  readonly runtime: StateRuntime
  readonly stack: string
  readonly environment: string
  readonly stackId: string
  readonly origin: string | undefined
  readonly lease: Lease
  readonly loaded: LoadedState
  /** The highest generation given out so far. */
  generation(): number
  encode(entry: OpenedEntry | StateEvent): Result<string, StackError>
  /** How many entries a reader has to go through before a snapshot is written; twice the number of resources if that is more. */
  readonly snapshotEvery: number
}

/**
 * Each epoch writes files of its own, and the first line of each seals the file before at the length that counts.
 * So a writer that was taken over may append as it likes: it does so behind the seal, or in files that nothing goes on from.
 * A torn line is sealed off alike. Nothing is ever cut off or written again.
 */
export function journalAppender(parts: AppenderParts): JournalAppender {
  const { medium, runtime, stack, environment, stackId, lease, loaded, snapshotEvery } = parts
  let { seq, version, head } = loaded
  let { files, entries } = loaded.cost
  let part = 0
  let syncs = 0
  let writer: JournalWriter | undefined

  const line = (body: string): string => encodeLine((seq += 1), runtime.now(), body)

  /** The first lines of a file; with a snapshot they hold everything that is recorded at this moment. */
  function opening(snapshot: readonly RecordedEvent[] | undefined): Result<string, StackError> {
    const opened: OpenedEntry = {
      ...{ type: 'opened', format: journalFormat, stack, environment, stackId, epoch: lease.epoch },
      ...{ version, generation: parts.generation(), after: head, snapshot: snapshot?.length, origin: parts.origin },
    }
    return Result.combine([opened, ...(snapshot ?? [])].map(parts.encode)).map((bodies) => bodies.map(line).join(''))
  }

  type Step = () => ResultAsync<void, StackError>

  function inNewFile(text: string): Step {
    part += 1
    const file = journalName(lease.epoch, part)
    head = { file, bytes: Buffer.byteLength(text) }
    return () =>
      safeTry(async function* () {
        yield* lease.check()
        if (writer !== undefined) yield* writer.close()
        writer = yield* medium.begin(file, text)
        return ok()
      })
  }

  function inSameFile(to: JournalWriter, text: string): Step {
    if (head !== undefined) head = { file: head.file, bytes: head.bytes + Buffer.byteLength(text) }
    return () => to.append(text)
  }

  /** Puts everything into words without waiting in between: what is recorded meanwhile belongs to the next call. */
  function steps(bodies: readonly string[]): Result<readonly Step[], StackError> {
    const opened = writer === undefined ? opening(undefined) : ok('')
    return opened.andThen((first) => {
      const text = first + bodies.map(line).join('')
      const written = writer === undefined ? inNewFile(text) : inSameFile(writer, text)
      files += writer === undefined ? 1 : 0
      entries += bodies.length
      if (bodies.length > 0) version = `${lease.epoch}.${seq}`
      if (entries < Math.max(snapshotEvery, 2 * loaded.resources.size) && files < filesAtMost) return ok([written])
      files = 1
      entries = 0
      const snapshot = [...loaded.resources.values()].map((resource) => ({ type: 'recorded', resource }) as const)
      return opening(snapshot).map((lines) => [written, inNewFile(lines)])
    })
  }

  /** Whoever takes over removes what this writer had not finished: a write that fails by that is a lost lease, not a broken disk. */
  const lostOrElse = (failed: StackError): ResultAsync<never, StackError> =>
    lease
      .check()
      .mapErr((error) => (error.code === 'LeaseLost' ? error : failed))
      .andThen(() => errAsync(failed))

  return {
    get version() {
      return version
    },
    get syncs() {
      return syncs
    },
    append: (bodies) => {
      const prepared = steps(bodies)
      return safeTry(async function* () {
        for (const step of yield* prepared) {
          if (!lease.trusted()) return lease.check()
          yield* step().orElse(lostOrElse)
          syncs += 1
          // Only what is durable while the lease still stands is acknowledged: whoever takes over later has read it.
          yield* lease.check()
        }
        return ok()
      })
    },
    close: () =>
      safeTry(async function* () {
        const closing = writer
        writer = undefined
        if (closing !== undefined) yield* closing.close()
        return ok()
      }),
  }
}

/** A reader goes through no more files than this, however little each run has recorded. */
const filesAtMost = 16
