import { err, ok } from 'neverthrow'
import type { Consistency } from '../driver/driver.ts'
import type { DriverRuntime } from '../driver/runtime.ts'
import type { CloudErrorContext } from '../errors.ts'
import { cloudError } from '../errors.ts'
import type { AnyResource } from '../resource.ts'
import type { CloudResult } from '../result.ts'
import type { Failure } from './to-cloud-error.ts'

/** One create, as far as idempotency is concerned. */
export interface CreateAttempt {
  readonly key: string
  readonly specDigest: string
  /** The key may have been used before: look first. */
  readonly again: boolean
  readonly context: CloudErrorContext
  readonly signal: AbortSignal
  /** Sends the request once. */
  readonly send: () => Promise<{ readonly made: AnyResource } | { readonly failure: Failure }>
  /** What bears the key now; undefined where this kind cannot be looked up. */
  readonly find: (() => Promise<CloudResult<AnyResource | undefined>>) | undefined
  /** Reads what was made, for clouds that show it late. */
  readonly read: ((id: string) => Promise<CloudResult<AnyResource>>) | undefined
}

type Outcome = Promise<CloudResult<AnyResource>>

/** How often the look-ups of one settle window are spread over it. */
const looks = 8

/**
 * Makes one resource of one key, whatever happens: in parallel, when a key comes again, when the answer of a create is lost, when the
 * cloud shows late what it has made. It stands on what the driver says of its backend, and is the same for all of them.
 */
export function createOnce(runtime: DriverRuntime, consistency: Consistency): (attempt: CreateAttempt) => Outcome {
  const underWay = new Map<string, { readonly specDigest: string; readonly outcome: Outcome }>()
  const used = new Map<string, string>()

  return (attempt) => {
    const same = underWay.get(attempt.key)
    if (same !== undefined) {
      return same.specDigest === attempt.specDigest ? same.outcome : Promise.resolve(err(otherSpec(attempt)))
    }
    const outcome = make(attempt).then((result) => {
      underWay.delete(attempt.key)
      return result
    })
    underWay.set(attempt.key, { specDigest: attempt.specDigest, outcome })
    return outcome
  }

  async function make(attempt: CreateAttempt): Outcome {
    const before = used.get(attempt.key)
    if (before !== undefined && before !== attempt.specDigest) return err(otherSpec(attempt))
    remember(attempt)
    if ((attempt.again || before !== undefined) && consistency.nativeKeys !== true && attempt.find !== undefined) {
      // A create that is repeated may have had a predecessor whose resource shows late.
      const found = await lookUntilSettled(attempt, attempt.find, before === undefined ? consistency.settleMs : 0)
      if (found.isErr()) return err(found.error)
      if (found.value !== undefined) return sameSpec(attempt, found.value)
    }
    const sent = await attempt.send()
    if ('made' in sent) return (await sameSpec(attempt, sent.made)).match(
      (made) => readBack(attempt, made),
      async (error) => err(error),
    )
    const { error, ambiguous } = sent.failure
    if (!ambiguous || attempt.find === undefined || attempt.signal.aborted) return err(error)
    const found = await lookUntilSettled(attempt, attempt.find, consistency.settleMs)
    return found.isOk() && found.value !== undefined ? sameSpec(attempt, found.value) : err(error)
  }

  async function lookUntilSettled(
    attempt: CreateAttempt,
    find: NonNullable<CreateAttempt['find']>,
    windowMs = 0,
  ): Promise<CloudResult<AnyResource | undefined>> {
    const end = runtime.now() + windowMs
    for (;;) {
      const found = await find()
      if (found.isErr() || found.value !== undefined || runtime.now() >= end || attempt.signal.aborted) return found
      await runtime.sleep(Math.max(1, windowMs / looks), attempt.signal).catch(() => {})
    }
  }

  async function readBack(attempt: CreateAttempt, made: AnyResource): Outcome {
    const windowMs = consistency.readAfterCreateMs ?? 0
    if (windowMs === 0 || attempt.read === undefined) return ok(made)
    const end = runtime.now() + windowMs
    for (;;) {
      const seen = await attempt.read(made.id)
      if (seen.isOk()) return ok(made)
      if (seen.error.code !== 'NotFound' || runtime.now() >= end || attempt.signal.aborted) {
        const exists = [{ kind: made.kind, id: made.id }]
        return err(cloudError(seen.error.code, `it was made and cannot be read: ${seen.error.message}`, { ...seen.error.context, exists }, seen.error.details as never, true))
      }
      await runtime.sleep(Math.max(1, windowMs / looks), attempt.signal).catch(() => {})
    }
  }

  function remember(attempt: CreateAttempt): void {
    used.set(attempt.key, attempt.specDigest)
    // Old keys are forgotten, for a process may live long; `again` is for those who must be sure.
    if (used.size > 10_000) for (const key of used.keys()) if (used.delete(key)) break
  }
}

const otherSpec = (attempt: CreateAttempt) =>
  cloudError('FailedPrecondition', `the key ${attempt.key} was used for another spec`, attempt.context, {
    expected: attempt.specDigest,
  })

function sameSpec(attempt: CreateAttempt, made: AnyResource): CloudResult<AnyResource> {
  if (made.specDigest === undefined || made.specDigest === attempt.specDigest) return ok(made)
  const exists = [{ kind: made.kind, id: made.id }]
  return err(
    cloudError('FailedPrecondition', `the key ${attempt.key} was used for another spec, and made ${made.kind} ${made.id}`, { ...attempt.context, exists }, {
      expected: attempt.specDigest,
      actual: made.specDigest,
    }),
  )
}
