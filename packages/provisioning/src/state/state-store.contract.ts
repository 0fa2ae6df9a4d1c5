import type { ResultAsync } from 'neverthrow'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { StackError } from '../stack-error.ts'
import { encodeLine } from './journal-entry.ts'
import type { StateEvent } from './state-event.ts'
import type { StateRuntime } from './state-runtime.ts'
import type { StackState, StateSession, StateStore } from './state-store.ts'
import { testClock } from './test-clock.fixture.ts'
import type { TestClock } from './test-clock.fixture.ts'

/** A place for states, of which several processes have a store each. */
export interface StateStoreHarness {
  /** A store over the same place every time; each stands for one process. */
  store(runtime: StateRuntime, options?: { readonly snapshotEvery?: number }): StateStore
  /** The journal files of stack `shop`, environment `dev`, in their order. */
  journals(): Promise<readonly string[]>
  /** Changes the bytes of one of them behind the store's back. */
  damage(journal: string, change: (bytes: Buffer) => Buffer): Promise<void>
}

/** What every store of states promises: the same tests for a folder, for memory, and for any that follows. */
export function stateStoreContract(name: string, harnessOf: () => Promise<StateStoreHarness>): void {
  describe(`${name}: what every state store promises`, () => {
    let harness: StateStoreHarness
    let clock: TestClock
    let sessions: StateSession[]
    beforeEach(async () => {
      harness = await harnessOf()
      clock = testClock()
      sessions = []
    })
    afterEach(async () => {
      for (const session of sessions) await session.release().unwrapOr(undefined)
    })

    /** The state as a process with this pid sees it. */
    const stateOf = async (pid: number, snapshotEvery?: number): Promise<StackState> => {
      const store = harness.store(clock.process(pid).runtime, snapshotEvery === undefined ? {} : { snapshotEvery })
      const state = (await store.open('shop', 'dev'))._unsafeUnwrap()
      return { ...state, lease: (options) => state.lease(options).andTee((session) => sessions.push(session)) }
    }
    const leased = async (pid: number, snapshotEvery?: number): Promise<StateSession> =>
      (await (await stateOf(pid, snapshotEvery)).lease())._unsafeUnwrap()
    const recorded = async () => (await (await stateOf(99)).read())._unsafeUnwrap()
    const damageNewest = async (change: (bytes: Buffer) => Buffer): Promise<void> =>
      harness.damage((await harness.journals()).at(-1) ?? '', change)

    describe('recording', () => {
      it('is empty, has no identity and leaves nothing behind before the first lease', async () => {
        expect(await recorded()).toEqual({ stackId: undefined, version: '0', generation: 0, resources: new Map() })
        expect(await harness.journals()).toEqual([])
      })

      it('shows every acknowledged event to every reader', async () => {
        const session = await leased(1)
        for (const event of life) (await session.append(event))._unsafeUnwrap()
        const view = await recorded()
        expect(view).toEqual({ stackId: session.stackId, version: session.version, generation: 7, resources: new Map(session.resources) })
        expect([...view.resources.keys()]).toEqual(['net', 'web'])
      })

      it('keeps identity, generation and resources from one writer to the next', async () => {
        const first = await leased(1)
        for (const event of life) (await first.append(event))._unsafeUnwrap()
        ;(await first.release())._unsafeUnwrap()
        const second = await leased(2)
        expect({ id: second.stackId, generation: second.generation, resources: new Map(second.resources) }).toEqual({
          id: first.stackId,
          generation: 7,
          resources: new Map(first.resources),
        })
        expect(second.epoch).toBeGreaterThan(first.epoch)
      })

      it('has the same version if and only if nothing was recorded', async () => {
        const first = await leased(1)
        ;(await first.append(create('net', 1)))._unsafeUnwrap()
        ;(await first.release())._unsafeUnwrap()
        const before = (await recorded()).version
        const second = await leased(2)
        expect([second.version, (await recorded()).version]).toEqual([before, before])
        ;(await second.append(done('net', 1)))._unsafeUnwrap()
        expect((await recorded()).version).toBe(second.version)
        expect(second.version).not.toBe(before)
      })

      it('refuses an event that cannot follow, and records nothing of it', async () => {
        const session = await leased(1)
        expect(await failureOf(session.append(done('net', 1)))).toMatchObject({ code: 'InvalidInput', details: { path: ['net'] } })
        ;(await session.append(create('net', 1)))._unsafeUnwrap()
        expect(await failureOf(session.append(create('net', 2)))).toMatchObject({ code: 'InvalidInput' })
        // What a caller without types might hand over.
        const cyclic: Record<string, never> = {}
        Object.assign(cyclic, { cyclic })
        expect(await failureOf(session.append({ ...create('web', 1), spec: cyclic }))).toMatchObject({ code: 'InvalidInput' })
        expect([...(await recorded()).resources.keys()]).toEqual(['net'])
      })

      it('shares syncs among appends at the same time and keeps their order', async () => {
        const session = await leased(1)
        const before = session.syncs
        const events = Array.from({ length: 64 }, (_, index) => create(`r${index}`, 1))
        for (const result of await Promise.all(events.map((event) => session.append(event)))) result._unsafeUnwrap()
        expect(session.syncs - before).toBeLessThanOrEqual(2)
        expect([...(await recorded()).resources.keys()]).toEqual(events.map((event) => event.address))
      })

      it.each(['', '..', 'a/b', '-x', 'x'.repeat(64), 'ä', 'a\n'])('refuses %j as the name of a stack or an environment', async (name) => {
        const store = harness.store(clock.process(1).runtime)
        expect(await failureOf(store.open(name, 'dev'))).toMatchObject({ code: 'InvalidInput', details: { path: ['stack'] } })
        expect(await failureOf(store.open('shop', name))).toMatchObject({ code: 'InvalidInput', details: { path: ['environment'] } })
      })
    })

    describe('snapshots', () => {
      it('bound what a reader goes through and change nothing', async () => {
        const session = await leased(1, 10)
        for (let round = 0; round < 100; round += 1) {
          for (const event of [create('web', round + 1), done('web', round + 1), gone('web', round + 1)])
            (await session.append(event))._unsafeUnwrap()
        }
        ;(await session.append(create('net', 200)))._unsafeUnwrap()
        expect(await recorded()).toEqual({
          stackId: session.stackId,
          version: session.version,
          generation: 200,
          resources: new Map(session.resources),
        })
        const journals = await harness.journals()
        expect(journals.length).toBeGreaterThan(20)
        // The newest alone tells everything: those before it can be gone.
        for (const journal of journals.slice(0, -2)) await harness.damage(journal, () => Buffer.from('lost'))
        expect((await recorded()).version).toBe(session.version)
      })

      it('leave the version as it is', async () => {
        const session = await leased(1, 10)
        ;(await session.append(create('net', 1)))._unsafeUnwrap()
        for (let generation = 1; generation <= 15; generation += 1) {
          for (const event of [create('web', generation), gone('web', generation)]) {
            ;(await session.append(event))._unsafeUnwrap()
            expect((await recorded()).version).toBe(session.version)
          }
        }
        expect((await harness.journals()).length).toBeGreaterThan(3)
      })

      it('are taken from appends in one go, too', async () => {
        const session = await leased(1, 10)
        const results = await Promise.all(Array.from({ length: 500 }, (_, index) => session.append(create(`r${index}`, 1))))
        for (const result of results) result._unsafeUnwrap()
        ;(await session.append(done('r7', 1)))._unsafeUnwrap()
        expect(await recorded()).toMatchObject({ version: session.version, resources: new Map(session.resources) })
      })

      it('are taken from appends that come at any moment', async () => {
        const session = await leased(1, 10)
        const lane = async (name: string): Promise<void> => {
          for (let generation = 1; generation <= 40; generation += 1) {
            ;(await session.append(create(name, generation)))._unsafeUnwrap()
            for (let turn = generation % 7; turn > 0; turn -= 1) await Promise.resolve()
            ;(await session.append(gone(name, generation)))._unsafeUnwrap()
          }
          ;(await session.append(create(name, 50)))._unsafeUnwrap()
        }
        await Promise.all(Array.from({ length: 9 }, (_, index) => lane(`r${index}`)))
        expect(await recorded()).toMatchObject({ version: session.version, resources: new Map(session.resources) })
      })

      it('bound the number of files, too, when each run records little', async () => {
        for (let run = 1; run <= 40; run += 1) {
          const session = await leased(run)
          ;(await session.append(run === 1 ? create('web', 1) : done('web', 1)))._unsafeUnwrap()
          ;(await session.release())._unsafeUnwrap()
        }
        const journals = await harness.journals()
        for (const journal of journals.slice(0, -16)) await harness.damage(journal, () => Buffer.from('lost'))
        expect((await recorded()).resources.get('web')).toMatchObject({ id: 'id-of-web', status: 'present' })
      })
    })

    describe('leases', () => {
      it('are held by one at a time, and the second is told by whom', async () => {
        const first = await leased(1)
        clock.advance(5_000)
        const refused = await failureOf((await stateOf(2)).lease())
        expect(refused).toMatchObject({
          code: 'LeaseHeld',
          details: { holder: { host: 'test-host', pid: 1, since: '2030-01-01T00:00:00.000Z' } },
        })
        expect(refused.message).toContain('process 1 on test-host since 2030-01-01T00:00:00.000Z')
        ;(await first.release())._unsafeUnwrap()
        expect((await (await stateOf(2)).lease()).isOk()).toBe(true)
      })

      it('are waited for as long as is asked', async () => {
        const first = await leased(1)
        const patient = (await stateOf(2)).lease({ waitMs: 20_000 })
        await vi.waitFor(() => expect(clock.now()).toBeGreaterThan(Date.UTC(2030, 0, 1) + 1_000))
        ;(await first.release())._unsafeUnwrap()
        const second = (await patient)._unsafeUnwrap()
        const before = clock.now()
        expect(await failureOf((await stateOf(3)).lease({ waitMs: 1_000 }))).toMatchObject({
          code: 'LeaseHeld',
          details: { holder: { pid: 2 } },
        })
        expect(clock.now() - before).toBe(1_000)
        ;(await second.release())._unsafeUnwrap()
      })

      it.each([{ ttlMs: 99 }, { ttlMs: Number.NaN }, { ttlMs: 1e9 }, { waitMs: -1 }, { waitMs: Number.NaN }])(
        'are not taken with %j',
        async (options) => {
          expect(await failureOf((await stateOf(1)).lease(options))).toMatchObject({
            code: 'InvalidInput',
            details: { path: Object.keys(options) },
          })
        },
      )

      it('are no longer waited for when the caller gives up', async () => {
        await leased(1)
        const giveUp = new AbortController()
        const waiting = (await stateOf(2)).lease({ waitMs: 1e9, signal: giveUp.signal })
        giveUp.abort()
        expect(await failureOf(waiting)).toMatchObject({ code: 'Cancelled' })
      })

      it('stand as long as their holder renews them', async () => {
        const first = await leased(1)
        for (let passed = 0; passed < 90_000; passed += 10_000) {
          clock.advance(10_000)
          const expires = new Date(clock.now() + 30_000).toISOString()
          await vi.waitFor(
            async () => expect(await failureOf((await stateOf(2)).lease())).toMatchObject({ details: { holder: { expires } } }),
            { interval: 2 },
          )
        }
        expect((await first.stillHeld()).isOk()).toBe(true)
      })

      it('are taken over at once when their holder is known to be gone', async () => {
        ;(await (await leased(1)).append(create('net', 1)))._unsafeUnwrap()
        clock.process(1).kill()
        expect([...(await leased(2)).resources.keys()]).toEqual(['net'])
      })

      it('are won by exactly one of many who take over', async () => {
        await leased(1)
        clock.process(1).kill()
        const results = await Promise.all(Array.from({ length: 20 }, async (_, index) => (await stateOf(index + 2)).lease()))
        expect(results.filter((result) => result.isOk())).toHaveLength(1)
        for (const result of results) if (result.isErr()) expect(result.error.code).toBe('LeaseHeld')
      })

      it('are not trusted by their holder up to the end', async () => {
        const session = await leased(1)
        clock.process(1).stop()
        clock.advance(23_000)
        expect(await failureOf(session.stillHeld())).toMatchObject({ code: 'LeaseLost', details: { epoch: session.epoch } })
        expect(await failureOf((await stateOf(2)).lease())).toMatchObject({ code: 'LeaseHeld' })
      })

      it('end with their release, and with them the session', async () => {
        const session = await leased(1)
        const last = session.append(create('net', 1))
        ;(await session.release())._unsafeUnwrap()
        expect((await last).isOk()).toBe(true)
        expect(await failureOf(session.append(create('web', 1)))).toMatchObject({ code: 'LeaseLost' })
        expect(await failureOf(session.stillHeld())).toMatchObject({ code: 'LeaseLost' })
        expect((await session.release()).isOk()).toBe(true)
        expect([...(await recorded()).resources.keys()]).toEqual(['net'])
      })
    })

    describe('fencing', () => {
      it('never counts what a writer appends after its lease has passed', async () => {
        const stale = await leased(1)
        ;(await stale.append(create('net', 1)))._unsafeUnwrap()
        clock.process(1).stop()
        clock.advance(31_000)
        const fresh = await leased(2)
        expect([...fresh.resources.keys()]).toEqual(['net'])
        const late = await failureOf(stale.append(create('late', 2)))
        expect(late).toMatchObject({ code: 'LeaseLost', details: { epoch: stale.epoch, holder: { pid: 2 } } })
        expect(stale.lost.aborted).toBe(true)
        expect(stale.lost.reason).toMatchObject({ code: 'LeaseLost' })
        ;(await fresh.append(create('web', 2)))._unsafeUnwrap()
        expect([...(await recorded()).resources.keys()]).toEqual(['net', 'web'])
        ;(await fresh.release())._unsafeUnwrap()
        expect([...(await leased(3)).resources.keys()]).toEqual(['net', 'web'])
      })

      it('never counts what stands behind a seal', async () => {
        const stale = await leased(1)
        ;(await stale.append(create('net', 1)))._unsafeUnwrap()
        clock.process(1).kill()
        ;(await (await leased(2)).release())._unsafeUnwrap()
        // The last write of a process that was thought to be gone comes through after all.
        const [oldest = ''] = await harness.journals()
        const late = encodeLine(3, clock.now(), JSON.stringify(create('late', 1)))
        await harness.damage(oldest, (bytes) => Buffer.concat([bytes, Buffer.from(late)]))
        expect([...(await recorded()).resources.keys()]).toEqual(['net'])
        const third = await leased(3)
        ;(await third.append(create('web', 1)))._unsafeUnwrap()
        expect([...(await recorded()).resources.keys()]).toEqual(['net', 'web'])
      })

      it('does not give back what another has taken over', async () => {
        const stale = await leased(1)
        clock.process(1).stop()
        clock.advance(31_000)
        const fresh = await leased(2)
        clock.process(1).continue()
        clock.advance(10_000)
        await vi.waitFor(() => expect(stale.lost.aborted).toBe(true), { interval: 2 })
        expect((await stale.release()).isOk()).toBe(true)
        expect((await fresh.append(create('web', 1))).isOk()).toBe(true)
        expect(await failureOf((await stateOf(3)).lease())).toMatchObject({ code: 'LeaseHeld', details: { holder: { pid: 2 } } })
      })
    })

    describe('damage', () => {
      it('leaves out a line that was torn by a crash at any byte, and goes on behind it', async () => {
        const session = await leased(1)
        for (const event of [create('net', 1), create('web', 1)]) (await session.append(event))._unsafeUnwrap()
        ;(await session.release())._unsafeUnwrap()
        let whole: Buffer = Buffer.alloc(0)
        await damageNewest((bytes) => (whole = bytes))
        const lastLine = whole.lastIndexOf('\n', -2) + 1
        for (let cut = lastLine; cut < whole.length; cut += 13) {
          await damageNewest(() => whole.subarray(0, cut))
          expect([...(await recorded()).resources.keys()]).toEqual(['net'])
        }
        await damageNewest(() => Buffer.concat([whole.subarray(0, lastLine + 20), Buffer.alloc(4096)]))
        const next = await leased(2)
        for (const event of [create('web', 2), done('web', 2)]) (await next.append(event))._unsafeUnwrap()
        expect((await recorded()).resources.get('web')).toMatchObject({ generation: 2, status: 'present' })
      })

      it('names file and line when a line is not as it was written, for reader and writer, and locks nobody out', async () => {
        const session = await leased(1)
        for (const event of [create('net', 1), create('web', 1)]) (await session.append(event))._unsafeUnwrap()
        ;(await session.release())._unsafeUnwrap()
        await damageNewest((bytes) => Buffer.from(bytes.toString().replace('"name":"net"', '"name":"not"')))
        const [reader, second, third] = [await stateOf(2), await stateOf(2), await stateOf(3)]
        for (const attempt of [() => reader.read(), () => second.lease(), () => third.lease()]) {
          const error = await failureOf(attempt())
          expect(error).toMatchObject({ code: 'StateUnreadable', details: { line: 2 } })
          expect(error.message).toMatch(/0000000001-000001\.jsonl, line 2: its checksum is wrong/)
          expect(error.remedy).toContain('before line 2')
        }
        // The remedy is one.
        await damageNewest((bytes) => bytes.subarray(0, bytes.indexOf('\n') + 1))
        expect((await (await leased(4)).append(create('net', 1))).isOk()).toBe(true)
        expect([...(await recorded()).resources.keys()]).toEqual(['net'])
      })

      it('notices a line that is missing', async () => {
        const session = await leased(1)
        for (const event of life) (await session.append(event))._unsafeUnwrap()
        await damageNewest((bytes) =>
          Buffer.from(
            bytes
              .toString()
              .split('\n')
              .filter((_, index) => index !== 3)
              .join('\n'),
          ),
        )
        expect(await failureOf((await stateOf(2)).read())).toMatchObject({ code: 'StateUnreadable', details: { line: 4 } })
      })

      it('notices that a sealed file was cut short', async () => {
        const first = await leased(1)
        for (const event of life) (await first.append(event))._unsafeUnwrap()
        clock.process(1).kill()
        await leased(2)
        const [oldest = ''] = await harness.journals()
        await harness.damage(oldest, (bytes) => bytes.subarray(0, -10))
        expect(await failureOf((await stateOf(3)).read())).toMatchObject({
          code: 'StateUnreadable',
          message: expect.stringContaining(oldest),
        })
      })

      it('names both formats of a state that a newer version wrote', async () => {
        await leased(1)
        await damageNewest((bytes) => Buffer.from(bytes.toString().replace('"format":1', '"format":7')))
        const error = await failureOf((await stateOf(2)).read())
        expect(error).toMatchObject({ code: 'StateUnreadable', details: { format: { found: 7, known: 1 } } })
        expect(error.message).toMatch(/format 7.*up to 1/)
      })

      it('does not take the state of another stack for its own', async () => {
        const other = (await harness.store(clock.process(1).runtime).open('other', 'dev'))._unsafeUnwrap()
        ;(await (await other.lease())._unsafeUnwrap().release())._unsafeUnwrap()
        expect(await recorded()).toMatchObject({ stackId: undefined })
        await leased(2)
        const [its] = [...(await harness.journals())]
        const text = encodeLine(1, 0, JSON.stringify({ ...opened, stack: 'Shop' }))
        await harness.damage(its ?? '', () => Buffer.from(text))
        expect(await failureOf((await stateOf(3)).read())).toMatchObject({
          code: 'StateUnreadable',
          message: expect.stringContaining('stack Shop'),
        })
      })
    })
  })
}

/** The error of a result that must be one. */
export const failureOf = async (result: ResultAsync<unknown, StackError>): Promise<StackError> => (await result)._unsafeUnwrapErr()

const create = (address: string, generation: number) =>
  ({
    ...{ type: 'intent', action: 'create', address, generation, key: `${address}-${generation}`, kind: 'server', on: 'main' },
    ...{ name: address, spec: { image: 'debian' }, dependsOn: [] },
  }) as const satisfies StateEvent
const done = (address: string, generation: number) =>
  ({ type: 'done', address, generation, id: `id-of-${address}`, outputs: { address: '10.0.0.1' } }) as const satisfies StateEvent
const gone = (address: string, generation: number) => ({ type: 'gone', address, generation }) as const satisfies StateEvent

const opened = { type: 'opened', format: 1, stack: 'shop', environment: 'dev', stackId: 'some', epoch: 1, version: '0', generation: 0 }

/** Every type of event once at least. */
const life: readonly StateEvent[] = [
  create('net', 1),
  { type: 'accepted', address: 'net', generation: 1, id: 'id-of-net' },
  done('net', 1),
  create('web', 1),
  { type: 'failed', address: 'web', generation: 1, code: 'Unavailable', message: 'the answer was lost' },
  done('web', 1),
  { type: 'intent', action: 'update', address: 'web', generation: 1, name: 'web', spec: { image: 'debian', size: 2 }, dependsOn: ['net'] },
  done('web', 1),
  { ...create('web', 7), action: 'replace' },
  { type: 'intent', action: 'delete', address: 'web', generation: 1 },
  gone('web', 1),
  { ...done('web', 7), observed: { size: 2 } },
]
