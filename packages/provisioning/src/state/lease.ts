import { err, errAsync, ok, okAsync, safeTry } from 'neverthrow'
import type { ResultAsync } from 'neverthrow'
import { stackError } from '../stack-error.ts'
import type { LeaseHolderDetails, StackError } from '../stack-error.ts'
import { epochOf } from './journal-name.ts'
import type { LeaseRecord, StateMedium } from './state-medium.ts'
import type { StateRuntime } from './state-runtime.ts'
import type { LeaseOptions } from './state-store.ts'

/** A lease that is held and renewed until it is released or lost. */
export interface Lease {
  readonly epoch: number
  /** Whether the writer before gave its lease back; if not, it may be stopped somewhere and wake up. */
  readonly cleanStart: boolean
  /** Aborted, with the `LeaseLost` as its reason, when the loss is noticed; not by giving the lease back. */
  readonly lost: AbortSignal
  /** Whether it can still stand, as far as this process knows without asking anybody. */
  trusted(): boolean
  /** Fails with `LeaseLost` once anybody else may write. */
  check(): ResultAsync<void, StackError>
  release(): ResultAsync<void, StackError>
}

/**
 * Takes the lease. Epochs number the leases; the lease with the highest number is the only one that counts.
 * When a lease was released, has lapsed, or its process is known to be gone, the next epoch is claimed by an exclusive create, which of all
 * takers exactly one wins. Whoever comes late to an epoch that others have passed sees that it is not the newest, and begins again.
 */
export function takeLease(
  medium: StateMedium,
  runtime: StateRuntime,
  stack: string,
  options: LeaseOptions,
): ResultAsync<Lease, StackError> {
  const { ttlMs = defaultTtlMs, waitMs = 0 } = options
  if (!(ttlMs >= 100 && ttlMs <= dayMs)) return errAsync(outOfRange('ttlMs', '100 to 86,400,000 (a day)'))
  if (!(waitMs >= 0)) return errAsync(outOfRange('waitMs', '0 and more'))
  const deadline = runtime.now() + waitMs
  return safeTry(async function* () {
    for (;;) {
      if (options.signal?.aborted)
        return err(stackError('Cancelled', `Waiting for the lease of ${stack} was cancelled.`, { unfinished: [] }))
      const newest = yield* medium.newestLease()
      if (newest === undefined || (await isFree(newest, runtime))) {
        const journals = yield* medium.journals()
        const epoch = Math.max(newest?.epoch ?? 0, epochOf(journals.at(-1) ?? '0')) + 1
        const now = runtime.now()
        const token = Buffer.from(runtime.randomBytes(16)).toString('hex')
        const claim = { owner: await runtime.processes.self(), token, since: now, ttlMs }
        const won = yield* medium.claim(epoch, claim, now)
        const after = yield* medium.newestLease()
        if (won && after?.epoch === epoch && after.claim?.token === token) {
          // What cannot be removed does no harm: only the newest counts.
          await medium.tidyBelow(epoch).unwrapOr(undefined)
          return ok(keep(medium, runtime, stack, { epoch, token, ttlMs, since: now, cleanStart: newest?.renewedAt === 0 }))
        }
      } else {
        const left = deadline - runtime.now()
        if (left <= 0) return err(held(stack, newest))
        await runtime.sleep(Math.min(left, pollMs), options.signal)
      }
    }
  })
}

const defaultTtlMs = 30_000
const pollMs = 200
const dayMs = 86_400_000
/** A holder stops trusting its lease this much before others may take over, so that a clock a little off does no harm. */
const trustedPart = 0.75

async function isFree({ renewedAt, claim }: LeaseRecord, runtime: StateRuntime): Promise<boolean> {
  // Renewed in the future is a clock that was set; it must not lock the stack for a year.
  const lapsed = Math.abs(runtime.now() - renewedAt) >= (claim?.ttlMs ?? defaultTtlMs)
  return renewedAt === 0 || lapsed || (claim !== undefined && (await runtime.processes.isGone(claim.owner)))
}

interface Own {
  readonly epoch: number
  readonly token: string
  readonly ttlMs: number
  readonly since: number
  readonly cleanStart: boolean
}

function keep(medium: StateMedium, runtime: StateRuntime, stack: string, own: Own): Lease {
  const { epoch, token, ttlMs, cleanStart } = own
  const lost = new AbortController()
  let trustedUntil = own.since + ttlMs * trustedPart
  let givenBack = false
  let renewing: ResultAsync<void, StackError> = okAsync(undefined)
  const stop = runtime.every(ttlMs / 3, () => void (renewing = renew()))

  function lose(newest: LeaseRecord | undefined): ResultAsync<never, StackError> {
    stop()
    const error = givenBack ? gaveBack(stack, epoch) : leaseLost(stack, epoch, newest?.epoch === epoch ? undefined : newest)
    if (!givenBack && !lost.signal.aborted) lost.abort(error)
    return errAsync(error)
  }

  const trusted = (): boolean => runtime.now() < trustedUntil && !givenBack && !lost.signal.aborted

  const check = (): ResultAsync<void, StackError> =>
    medium.newestEpoch().andThen((newest) => {
      if (newest === epoch && trusted()) return okAsync(undefined)
      return medium.newestLease().andThen(lose)
    })

  // A renewal that fails is tried again; when none succeeds in time the lease lapses by itself.
  const renew = (): ResultAsync<void, StackError> => {
    const now = runtime.now()
    return check()
      .andThen(() => medium.newestLease())
      .andThen((newest) => (newest?.epoch === epoch && newest.claim?.token === token ? medium.renew(epoch, now) : lose(newest)))
      .map(() => void (trustedUntil = now + ttlMs * trustedPart))
  }

  const release = (): ResultAsync<void, StackError> =>
    safeTry(async function* () {
      stop()
      await renewing.unwrapOr(undefined)
      const still = await check()
      givenBack = true
      // A lease that was lost is not ours to give back.
      if (still.isOk()) yield* medium.renew(epoch, 0)
      return ok()
    })
  return { epoch, cleanStart, lost: lost.signal, trusted, check, release }
}

const outOfRange = (option: string, range: string): StackError =>
  stackError('InvalidInput', `A lease takes ${option} of ${range}, in milliseconds.`, { path: [option] })

function held(stack: string, lease: LeaseRecord): StackError {
  const holder = describe(lease)
  const who =
    holder === undefined
      ? 'by a process that has not said its name yet'
      : `by process ${holder.pid} on ${holder.host} since ${holder.since}`
  const lapses = holder === undefined ? '' : ` It lapses at ${holder.expires} unless it is renewed.`
  const remedy = `Let it finish, or wait for it.${lapses} A process that was killed on this machine is noticed at once.`
  return stackError('LeaseHeld', `The lease of ${stack} is held ${who}.`, { holder }, { remedy })
}

function leaseLost(stack: string, epoch: number, newest: LeaseRecord | undefined): StackError {
  const holder = newest && describe(newest)
  const how = holder === undefined ? 'it was not renewed in time' : `process ${holder.pid} on ${holder.host} took over at ${holder.since}`
  const remedy = 'Run again. What this run recorded before still stands; what it began and could not record is looked up by its key.'
  return stackError('LeaseLost', `The lease of ${stack} was lost: ${how}.`, { epoch, holder }, { remedy })
}

const gaveBack = (stack: string, epoch: number): StackError =>
  stackError('LeaseLost', `The lease of ${stack} was given back.`, { epoch, holder: undefined })

const describe = ({ claim, renewedAt }: LeaseRecord): LeaseHolderDetails | undefined =>
  claim && {
    host: claim.owner.host,
    pid: claim.owner.pid,
    since: new Date(claim.since).toISOString(),
    expires: new Date(renewedAt + claim.ttlMs).toISOString(),
  }
