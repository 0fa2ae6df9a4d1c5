import { errAsync, ok, Result, safeTry } from 'neverthrow'
import type { ResultAsync } from 'neverthrow'
import { stackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'
import { applyEvent, generationOf } from './fold.ts'
import { groupCommit } from './group-commit.ts'
import { encodeBody, encodeLine, journalFormat } from './journal-entry.ts'
import type { OpenedEntry } from './journal-entry.ts'
import { journalName } from './journal-name.ts'
import type { Lease } from './lease.ts'
import type { LoadedState } from './load-journal.ts'
import type { JournalWriter, StateMedium } from './state-medium.ts'
import type { StateRuntime } from './state-runtime.ts'
import type { StateEvent } from './state-event.ts'
import type { StateSession } from './state-store.ts'
import { uuid } from './uuid.ts'

/** What a session is made of. */
export interface SessionParts {
  readonly medium: StateMedium
  readonly runtime: StateRuntime
  readonly stack: string
  readonly environment: string
  readonly lease: Lease
  readonly loaded: LoadedState
  /** How many entries a reader has to go through before a snapshot is written; twice the number of resources if that is more. */
  readonly snapshotEvery: number
}

/**
 * Begins to write under a lease. Each epoch writes files of its own, and the first line of its first file seals the file before at the length that was read.
 * So a writer that was taken over may append as it likes: it does so behind the seal, or in files that nothing goes on from. A torn line is sealed off alike.
 */
export function beginSession({ medium, runtime, stack, environment, lease, loaded, snapshotEvery }: SessionParts): ResultAsync<StateSession, StackError> {
  const { resources } = loaded
  const stackId = loaded.stackId ?? uuid(runtime.randomBytes(16))
  let { seq, version, generation, head } = loaded
  let { files, entries } = loaded.cost
  let part = 0
  let syncs = 0
  let writer: JournalWriter | undefined

  const line = (body: string): string => encodeLine((seq += 1), runtime.now(), body)

  /** The first lines of a file; with a snapshot they hold everything that is recorded at this moment. */
  function opening(withSnapshot: boolean): Result<string, StackError> {
    const opened: OpenedEntry = {
      ...{ type: 'opened', format: journalFormat, stack, environment, stackId },
      ...{ epoch: lease.epoch, version, generation, after: head, snapshot: withSnapshot ? resources.size : undefined },
    }
    const records = withSnapshot ? [...resources.values()].map((resource) => ({ type: 'recorded', resource }) as const) : []
    return Result.combine([opened, ...records].map(bodyOf)).map((bodies) => bodies.map(line).join(''))
  }

  /** Goes on in a new file of this epoch. */
  function nextFile(text: string): () => ResultAsync<void, StackError> {
    part += 1
    const file = journalName(lease.epoch, part)
    head = { file, bytes: Buffer.byteLength(text) }
    return () =>
      safeTry(async function* () {
        yield* lease.check()
        if (writer !== undefined) yield* writer.close()
        writer = yield* medium.begin(file, text)
        syncs += 1
        return ok()
      })
  }

  function sameFile(to: JournalWriter, text: string): () => ResultAsync<void, StackError> {
    if (head !== undefined) head = { file: head.file, bytes: head.bytes + Buffer.byteLength(text) }
    return () => to.append(text).map(() => void (syncs += 1))
  }

  const commit = (bodies: readonly string[]): ResultAsync<void, StackError> =>
    safeTry(async function* () {
      // Everything is put into words before the first wait: what is appended meanwhile belongs to the next group.
      const steps: (() => ResultAsync<void, StackError>)[] = []
      const opened = writer === undefined ? yield* opening(false) : ''
      const text = opened + bodies.map(line).join('')
      steps.push(writer === undefined ? nextFile(text) : sameFile(writer, text))
      if (opened !== '') files += 1
      if (bodies.length > 0) version = `${lease.epoch}.${seq}`
      entries += bodies.length
      if (entries >= Math.max(snapshotEvery, 2 * resources.size) || files >= filesAtMost) {
        steps.push(nextFile(yield* opening(true)))
        files = 1
        entries = 0
      }
      for (const step of steps) {
        if (!lease.trusted()) return lease.check()
        yield* step()
        // Only what is durable while the lease still stands is acknowledged: whoever takes over later has read it.
        yield* lease.check()
      }
      return ok()
    })
  const journal = groupCommit(commit)

  let released = false
  const session: StateSession = {
    stackId,
    epoch: lease.epoch,
    resources,
    lost: lease.lost,
    get version() { return version },
    get generation() { return generation },
    get syncs() { return syncs },
    append(event) {
      if (released || !lease.trusted()) return lease.check()
      const ready = bodyOf(event).andThen((body) => applyEvent(resources, event).mapErr((reason) => refused(event, reason)).map(() => body))
      if (ready.isErr()) return errAsync(ready.error)
      generation = Math.max(generation, generationOf(event))
      return journal.push(ready.value)
    },
    stillHeld: () => lease.check(),
    release: () =>
      safeTry(async function* () {
        released = true
        await journal.idle()
        // The lease goes back whatever becomes of the file.
        const closed = writer === undefined ? ok() : await writer.close()
        writer = undefined
        yield* lease.release()
        return closed
      }),
  }
  // A writer that never gave its lease back may wake up at any time: its file is sealed at once. So is the identity of a new stack.
  const sealNow = !lease.cleanStart || loaded.stackId === undefined
  return (sealNow ? commit([]) : lease.check()).map(() => session)
}

/** A reader goes through no more files than this, however little each run has recorded. */
const filesAtMost = 16

const bodyOf = (entry: OpenedEntry | StateEvent): Result<string, StackError> => encodeBody(entry).mapErr((reason) => refused(entry, reason))

function refused(entry: OpenedEntry | StateEvent, reason: string): StackError {
  const address = entry.type === 'opened' ? entry.stack : entry.type === 'recorded' ? entry.resource.address : entry.address
  return stackError('InvalidInput', `The state cannot record this '${entry.type}' of ${address}: ${reason}.`, { path: [address] })
}
