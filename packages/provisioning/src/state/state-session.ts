import { errAsync, safeTry } from 'neverthrow'
import type { Result, ResultAsync } from 'neverthrow'
import { stackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'
import { applyEvent, generationOf } from './fold.ts'
import { groupCommit } from './group-commit.ts'
import { journalAppender } from './journal-appender.ts'
import type { AppenderParts } from './journal-appender.ts'
import { encodeBody } from './journal-entry.ts'
import type { OpenedEntry } from './journal-entry.ts'
import type { StateEvent } from './state-event.ts'
import type { StateSession } from './state-store.ts'
import { uuid } from './uuid.ts'

/** Begins to write under a lease that was taken before the state was loaded. Gives the lease back if it cannot. */
export function beginSession(parts: Omit<AppenderParts, 'stackId' | 'generation' | 'encode'>): ResultAsync<StateSession, StackError> {
  const { runtime, lease, loaded } = parts
  const { resources } = loaded
  const stackId = loaded.stackId ?? uuid(runtime.randomBytes(16))
  let { generation } = loaded
  let released = false
  const appender = journalAppender({ ...parts, origin: loaded.origin ?? parts.origin, stackId, generation: () => generation, encode })
  const journal = groupCommit(appender.append, runtime.turn)

  const session: StateSession = {
    stackId,
    origin: loaded.origin ?? parts.origin,
    epoch: lease.epoch,
    resources,
    lost: lease.lost,
    get version() {
      return appender.version
    },
    get generation() {
      return generation
    },
    get syncs() {
      return appender.syncs
    },
    append(event) {
      if (released || !lease.trusted()) return lease.check()
      const accepted = encode(event).andThen((body) =>
        applyEvent(resources, event)
          .map(() => body)
          .mapErr((reason) => refused(event, reason)),
      )
      if (accepted.isErr()) return errAsync(accepted.error)
      generation = Math.max(generation, generationOf(event))
      return journal.push(accepted.value)
    },
    stillHeld: () => lease.check(),
    release: () =>
      safeTry(async function* () {
        released = true
        await journal.idle()
        // The lease goes back whatever becomes of the file.
        const closed = await appender.close()
        yield* lease.release()
        return closed
      }),
  }
  // A writer that never gave its lease back may wake up at any time: its file is sealed at once. So is the identity of a new stack.
  const sealNow = !lease.cleanStart || loaded.stackId === undefined
  const ready = sealNow ? appender.append([]) : lease.check()
  return ready.map(() => session).orElse((error) => session.release().andThen(() => errAsync(error)))
}

const encode = (entry: OpenedEntry | StateEvent): Result<string, StackError> => encodeBody(entry).mapErr((reason) => refused(entry, reason))

function refused(entry: OpenedEntry | StateEvent, reason: string): StackError {
  const address = entry.type === 'opened' ? entry.stack : entry.type === 'recorded' ? entry.resource.address : entry.address
  return stackError('InvalidInput', `The state cannot record this '${entry.type}' of ${address}: ${reason}.`, { path: [address] })
}
