import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ResultAsync } from 'neverthrow'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { StackError } from '../stack-error.ts'
import { fileMedium } from './file-medium.ts'
import type { Lease } from './lease.ts'
import { takeLease } from './lease.ts'
import type { StateMedium } from './state-medium.ts'
import { nodeStateRuntime } from './state-runtime.ts'
import { failureOf } from './state-store.contract.ts'
import { testClock } from './test-clock.fixture.ts'
import type { TestClock } from './test-clock.fixture.ts'

describe('a lease in a folder', () => {
  let folder: string
  let clock: TestClock
  let medium: StateMedium
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hanse-lease-'))
    clock = testClock()
    medium = fileMedium(folder, nodeStateRuntime.fs)
  })
  afterEach(() => rm(folder, { recursive: true }))

  const take = (pid: number, through: StateMedium = medium): ResultAsync<Lease, StackError> =>
    takeLease(through, clock.process(pid).runtime, 'shop', {})
  const taken = async (pid: number, through?: StateMedium): Promise<Lease> => (await take(pid, through))._unsafeUnwrap()
  const newest = async () => (await medium.newestLease())._unsafeUnwrap()
  const claimOf = (pid: number) => ({ owner: { host: 'h', pid, space: 'test' }, token: String(pid), since: clock.now(), ttlMs: 30_000 })

  it('is created by exactly one of those who claim an epoch at the same time', async () => {
    const results = await Promise.all(Array.from({ length: 30 }, (_, pid) => medium.claim(7, claimOf(pid), clock.now())))
    const won = results.map((result) => result._unsafeUnwrap())
    expect(won.filter((one) => one)).toHaveLength(1)
    expect(await newest()).toMatchObject({ epoch: 7, claim: { token: String(won.indexOf(true)) } })
  })

  it('is not believed by one who claims an epoch that others have passed', async () => {
    ;(await (await taken(1)).release())._unsafeUnwrap()
    let first = true
    const late: StateMedium = {
      ...medium,
      claim(epoch, claim, now) {
        if (!first) return medium.claim(epoch, claim, now)
        first = false
        // While this one was about to claim epoch 2, others have had it, gone on to 3 and removed what is below.
        const others = taken(2).then(async (second) => {
          ;(await second.release())._unsafeUnwrap()
          return taken(3)
        })
        return ResultAsync.fromSafePromise(others).andThen(() => medium.claim(epoch, claim, now))
      },
    }
    expect(await failureOf(take(4, late))).toMatchObject({ code: 'LeaseHeld', details: { holder: { pid: 3 } } })
    expect(await newest()).toMatchObject({ epoch: 3 })
  })

  it('is lost when it was removed by hand and another has taken the same epoch', async () => {
    const first = await taken(1)
    await rm(join(folder, 'lease'), { recursive: true })
    const second = await taken(2)
    expect(second.epoch).toBe(first.epoch)
    clock.advance(10_000)
    await vi.waitFor(() => expect(first.lost.aborted).toBe(true), { interval: 2 })
    expect(second.lost.aborted).toBe(false)
    expect((await second.check()).isOk()).toBe(true)
  })

  it('stays given back, even if a renewal was under way', async () => {
    let renewals = 0
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (open = resolve))
    const slow: StateMedium = {
      ...medium,
      renew(epoch, now) {
        if (now === 0) return medium.renew(epoch, now)
        renewals += 1
        return ResultAsync.fromSafePromise(gate).andThen(() => medium.renew(epoch, now))
      },
    }
    const lease = await taken(1, slow)
    clock.advance(10_000)
    await vi.waitFor(() => expect(renewals).toBe(1), { interval: 2 })
    const released = lease.release()
    // The renewal ends only after the release has had all the time it needs to overtake it.
    await nodeStateRuntime.sleep(50)
    open()
    expect((await released).isOk()).toBe(true)
    expect((await newest())?.renewedAt).toBe(0)
  })

  it('survives renewals that fail, as long as one succeeds in time', async () => {
    let failing = true
    const flaky: StateMedium = {
      ...medium,
      renew: (epoch, now) => (failing ? medium.renew(999, now) : medium.renew(epoch, now)),
    }
    const lease = await taken(1, flaky)
    clock.advance(10_000)
    await nodeStateRuntime.sleep(20)
    failing = false
    clock.advance(10_000)
    await vi.waitFor(async () => expect((await newest())?.renewedAt).toBe(clock.now()), { interval: 2 })
    clock.advance(9_000)
    expect((await lease.check()).isOk()).toBe(true)
  })

  it.each(['', '{', 'null', '[]', '{"owner":{"host":"h","pid":1,"space":"s"},"token":"t","since":1,"ttlMs":1e999}', '\0\0\0'])(
    'that holds %j is held by nobody knows whom, until it has lapsed',
    async (text) => {
      ;(await medium.claim(4, claimOf(1), clock.now()))._unsafeUnwrap()
      await writeFile(join(folder, 'lease', '0000000004.json'), text)
      ;(await medium.renew(4, clock.now()))._unsafeUnwrap()
      expect(await failureOf(take(2))).toMatchObject({ code: 'LeaseHeld', details: { holder: undefined } })
      clock.advance(30_000)
      expect((await taken(2)).epoch).toBe(5)
    },
  )
})
