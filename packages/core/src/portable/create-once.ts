import { err, ok } from 'neverthrow'
import type { Consistency } from '../driver/driver.ts'
import type { DriverRuntime } from '../driver/runtime.ts'
import type { CloudError, CloudErrorContext } from '../errors.ts'
import type { AnyResource } from '../resource.ts'
import type { CloudResult } from '../result.ts'
import type { Deadline } from './deadline.ts'
import { againError, madeAndUnseen, otherSpecError } from './create-errors.ts'
import { pollWhile } from './poll-while.ts'
import type { SharedWork } from './shared-work.ts'
import { shareWork } from './shared-work.ts'
import type { Failure } from './to-cloud-error.ts'

/** One create, as far as idempotency is concerned. */
export interface CreateAttempt {
  readonly key: string
  /** The caller gave the key, so it may come again. */
  readonly keyGiven: boolean
  readonly specDigest: string
  /** The key may have been used before: look first. */
  readonly again: boolean
  readonly context: CloudErrorContext
  readonly deadline: Deadline
  /** The request can be sent a second time: it holds no stream, which is read once. */
  readonly repeatable: boolean
  /** Sends the request once. */
  readonly send: (signal: AbortSignal) => Promise<CloudResult<AnyResource> | { readonly failure: Failure }>
  /** What bears the key now; undefined where this kind cannot be looked up. */
  readonly find: ((signal: AbortSignal) => Promise<CloudResult<AnyResource | undefined>>) | undefined
  /** Reads what was made, for clouds that show it late. */
  readonly read: ((id: string, signal: AbortSignal) => Promise<CloudResult<AnyResource>>) | undefined
}

interface Underway {
  readonly specDigest: string
  readonly work: SharedWork<CloudResult<AnyResource>>
  /** What is known to exist by now. */
  made: AnyResource | undefined
}

/** So many keys that callers gave are remembered; `again` is for those who must be sure. */
const rememberedKeys = 10_000

/**
 * Makes one resource of one key, whatever happens: in parallel, when a key comes again, when the answer of a create is lost, when the
 * cloud shows late what it has made. It stands on what the driver says of its backend, and is the same for all of them.
 *
 * - Callers with one key share one request. One that leaves (abort, deadline) hears so at once; the request is aborted when the last leaves.
 * - A key that this cloud has seen, or that comes with `again`, is looked up before anything is sent, for as long as the cloud needs to
 *   settle. A cloud with keys of its own is simply asked again.
 * - After a failure that does not tell whether the request was carried out, a cloud with keys of its own gets the request once more, for
 *   its answer is certain; any other is looked through until it has settled. What is found is what was made.
 * - What was made is read until the cloud shows it, and no longer than the driver says that this may take.
 */
export function createOnce(
  runtime: DriverRuntime,
  consistency: Consistency,
): (attempt: CreateAttempt) => Promise<CloudResult<AnyResource>> {
  const underway = new Map<string, Underway>()
  const seenKeys = new Map<string, string>()

  return async (attempt) => {
    const other = seenKeys.get(attempt.key) ?? underway.get(attempt.key)?.specDigest
    if (other !== undefined && other !== attempt.specDigest) return err(otherSpecError(attempt, undefined))
    const mine = underway.get(attempt.key) ?? begin(attempt)
    return mine.work.join(attempt.deadline.signal).catch((cause: unknown) => {
      const ended = attempt.deadline.error({ ...attempt.context, cause })
      // Not of this caller's signal: a fault, which the one boundary above classifies.
      if (ended === undefined) throw cause
      return err(againError(ended, attempt.key, mine.made))
    })
  }

  function begin(attempt: CreateAttempt): Underway {
    const seen = seenKeys.has(attempt.key)
    if (attempt.keyGiven) remember(attempt)
    const mine: Underway = {
      specDigest: attempt.specDigest,
      made: undefined,
      work: shareWork(
        (signal) => make(attempt, seen, signal, (made) => (mine.made = made)),
        () => underway.delete(attempt.key),
      ),
    }
    underway.set(attempt.key, mine)
    return mine
  }

  async function make(
    attempt: CreateAttempt,
    seen: boolean,
    signal: AbortSignal,
    tell: (made: AnyResource) => void,
  ): Promise<CloudResult<AnyResource>> {
    if ((attempt.again || seen) && consistency.nativeKeys !== true) {
      const found = await lookUp(attempt, signal)
      if (found.isErr()) return err(found.error)
      if (found.value !== undefined) return sameSpec(attempt, found.value)
    }
    let sent = await attempt.send(signal)
    const isUnclear = (): boolean => 'failure' in sent && sent.failure.ambiguous && !signal.aborted
    if (isUnclear() && consistency.nativeKeys === true && attempt.repeatable) sent = await attempt.send(signal)
    if (!('failure' in sent)) {
      if (sent.isErr()) return sent
      tell(sent.value)
      const same = sameSpec(attempt, sent.value)
      return same.isErr() ? same : readBack(attempt, same.value, signal)
    }
    if (!sent.failure.ambiguous) return err(sent.failure.error)
    if (isUnclear()) {
      const found = await lookUp(attempt, signal)
      if (found.isOk() && found.value !== undefined) return sameSpec(attempt, found.value)
      // Looked for in vain: it was not made, as far as this cloud can be believed.
      if (found.isOk() && attempt.find !== undefined) return err(sent.failure.error)
    }
    return err(againError(sent.failure.error, attempt.key, undefined))
  }

  async function lookUp({ find }: CreateAttempt, signal: AbortSignal): Promise<CloudResult<AnyResource | undefined>> {
    if (find === undefined) return ok(undefined)
    return pollWhile(
      runtime,
      consistency.settleMs ?? 0,
      signal,
      () => find(signal),
      (found) => found.isOk() && found.value === undefined,
    )
  }

  async function readBack(attempt: CreateAttempt, made: AnyResource, signal: AbortSignal): Promise<CloudResult<AnyResource>> {
    const windowMs = consistency.readAfterCreateMs ?? 0
    const { read } = attempt
    if (windowMs === 0 || read === undefined) return ok(made)
    const isLate = (error: CloudError): boolean => error.code === 'NotFound' || error.retryable
    const seen = await pollWhile(
      runtime,
      windowMs,
      signal,
      () => read(made.id, signal),
      (look) => look.isErr() && isLate(look.error),
    )
    // It is there for certain; a read that fails for another reason than lateness (no permission to read) takes nothing from that.
    return seen.isOk() || !isLate(seen.error) ? ok(made) : err(madeAndUnseen(attempt, made, seen.error, windowMs))
  }

  function remember({ key, specDigest }: CreateAttempt): void {
    seenKeys.set(key, specDigest)
    if (seenKeys.size <= rememberedKeys) return
    const [oldest] = seenKeys.keys()
    if (oldest !== undefined) seenKeys.delete(oldest)
  }
}

function sameSpec(attempt: CreateAttempt, made: AnyResource): CloudResult<AnyResource> {
  return made.specDigest === undefined || made.specDigest === attempt.specDigest ? ok(made) : err(otherSpecError(attempt, made))
}
