import { describe, expect, it } from 'vitest'
import { emptyFolder, openTestStore, testRuntime, thrownBy } from './__fixtures__/test-runtime.ts'
import { Records } from './records.ts'
import type { Store } from './store.ts'
import { begin, nextChangeAt, settle } from './transitions.ts'
import type { TransitionTable } from './transitions.ts'

const table = {
  create: { from: [], steps: ['BUILD', 'ACTIVE'] },
  stop: { from: ['ACTIVE'], steps: ['stopping', 'halted', 'SHUTOFF'] },
  delete: { from: 'any', steps: ['DELETING', null] },
} satisfies TransitionTable

const servers = new Records<null>('server')
const networks = new Records<null>('network')

const create = (store: Store, id: string, delayMs: number) =>
  store.write((tx) => servers.insert(tx, { id, state: begin(table, 'create', undefined, { now: tx.now, delayMs }), document: null }))

describe('settle', () => {
  const record = {
    phase: 'a',
    pending: [
      { phase: 'b', at: 10 },
      { phase: 'c', at: 20 },
      { phase: null, at: 30 },
    ],
  }

  it('answers what the record has become, and the same object where nothing is due', () => {
    expect(settle(9, record)).toBe(record)
    expect(settle(10, record)).toEqual({ phase: 'b', pending: record.pending.slice(1) })
    expect(settle(25, record)).toEqual({ phase: 'c', pending: record.pending.slice(2) })
    expect(settle(30, record)).toBeUndefined()
    expect([nextChangeAt(record), nextChangeAt({ phase: 'a', pending: [] })]).toEqual([10, undefined])
  })

  it('does not depend on how often it is asked', () => {
    for (let now = 0; now <= 35; now += 5) {
      const stepwise = [0, 5, 10, 15, 20, 25, 30, 35]
        .filter((at) => at <= now)
        .reduce((r: typeof record | undefined, at) => r && settle(at, r), record)
      expect(stepwise).toEqual(settle(now, record))
    }
  })
})

describe('a record in transition', () => {
  it('is seen in the later phase when its time has come, by every way of looking', async () => {
    const { store, runtime } = await openTestStore()
    create(store, 'srv-1', 100)
    expect(store.nextChangeAt()).toBe(1_000_100)
    runtime.advance(99)
    expect(store.read((tx) => servers.get(tx, 'srv-1'))?.phase).toBe('BUILD')
    runtime.advance(1)
    const seen = store.read((tx) => ({
      get: servers.get(tx, 'srv-1')?.phase,
      active: servers.page(tx, { phase: 'ACTIVE', limit: 9 }).records.length,
      building: servers.page(tx, { phase: 'BUILD', limit: 9 }).records.length,
    }))
    expect(seen).toEqual({ get: 'ACTIVE', active: 1, building: 0 })
    expect(store.read((tx) => servers.get(tx, 'srv-1'))).toMatchObject({ pending: [], updatedAt: 1_000_100 })
    expect(store.nextChangeAt()).toBeUndefined()
  })

  it('passes through every step and may be asked late', async () => {
    const { store, runtime } = await openTestStore()
    create(store, 'srv-1', 0)
    store.write((tx) => servers.begin(tx, 'srv-1', table, 'stop', { delayMs: 100 }))
    runtime.advance(150)
    expect(store.read((tx) => servers.get(tx, 'srv-1'))).toMatchObject({ phase: 'halted', updatedAt: 1_000_100 })
    runtime.advance(10_000)
    expect(store.read((tx) => servers.get(tx, 'srv-1'))).toMatchObject({ phase: 'SHUTOFF', updatedAt: 1_000_200 })
  })

  it('is settled alike by another process on the same folder', async () => {
    const folder = emptyFolder()
    const { store, runtime } = await openTestStore({ folder })
    create(store, 'srv-1', 100)
    const { store: other } = await openTestStore({ folder }, testRuntime(1_000_100))
    expect(other.read((tx) => servers.get(tx, 'srv-1'))?.phase).toBe('ACTIVE')
    expect(runtime.now()).toBe(1_000_000)
    expect(store.read((tx) => servers.get(tx, 'srv-1'))?.phase).toBe('ACTIVE')
  })

  it('counts until it is gone and then no more', async () => {
    const { store, runtime } = await openTestStore()
    create(store, 'srv-1', 0)
    store.write((tx) => servers.begin(tx, 'srv-1', table, 'delete', { delayMs: 100 }))
    expect(store.read((tx) => servers.count(tx))).toBe(1)
    runtime.advance(100)
    expect(store.read((tx) => [servers.count(tx), servers.get(tx, 'srv-1')])).toEqual([0, undefined])
  })

  it('is gone at once without a delay', async () => {
    const { store } = await openTestStore()
    create(store, 'srv-1', 0)
    expect(store.write((tx) => servers.begin(tx, 'srv-1', table, 'delete', { delayMs: 0 }))).toBeUndefined()
    expect(store.read((tx) => servers.count(tx))).toBe(0)
  })
})

describe('an action', () => {
  it('is refused in a phase that its row does not list', async () => {
    const { store } = await openTestStore()
    create(store, 'srv-1', 100)
    const error = await thrownBy(() => store.write((tx) => servers.begin(tx, 'srv-1', table, 'stop', { delayMs: 0 })))
    expect(error).toMatchObject({ code: 'WrongPhase', message: 'stop is not possible while the phase is BUILD; it must be ACTIVE' })
  })

  it('does not bring back what is being deleted', async () => {
    const { store } = await openTestStore()
    create(store, 'srv-1', 0)
    store.write((tx) => servers.begin(tx, 'srv-1', table, 'delete', { delayMs: 100 }))
    expect(await thrownBy(() => store.write((tx) => servers.begin(tx, 'srv-1', table, 'stop', { delayMs: 0 })))).toMatchObject({
      code: 'WrongPhase',
    })
  })

  it('that deletes may be repeated, and changes nothing the second time', async () => {
    const { store, runtime } = await openTestStore()
    create(store, 'srv-1', 0)
    store.write((tx) => servers.begin(tx, 'srv-1', table, 'delete', { delayMs: 100 }))
    runtime.advance(60)
    expect(store.write((tx) => servers.begin(tx, 'srv-1', table, 'delete', { delayMs: 100 }))).toMatchObject({
      phase: 'DELETING',
      pending: [{ at: 1_000_100 }],
    })
  })

  it('that deletes is refused while something that stays uses the record, and allowed when the user leaves too', async () => {
    const { store, runtime } = await openTestStore()
    store.write((tx) => networks.insert(tx, { id: 'n1', document: null }))
    create(store, 'srv-1', 0)
    store.write((tx) => servers.update(tx, 'srv-1', { references: [{ field: 'network', kind: 'network', id: 'n1' }] }))
    const deleteNetwork = () => store.write((tx) => networks.begin(tx, 'n1', table, 'delete', { delayMs: 100 }))
    expect(await thrownBy(deleteNetwork)).toMatchObject({ code: 'InUse', by: [{ id: 'srv-1' }] })
    store.write((tx) => servers.begin(tx, 'srv-1', table, 'delete', { delayMs: 100 }))
    expect(deleteNetwork()?.phase).toBe('DELETING')
    const late = () =>
      store.write((tx) =>
        servers.insert(tx, { id: 'srv-2', document: null, references: [{ field: 'network', kind: 'network', id: 'n1' }] }),
      )
    expect(await thrownBy(late)).toMatchObject({ code: 'Missing', message: 'network: network n1 is being deleted' })
    runtime.advance(100)
    expect(store.read((tx) => [servers.count(tx), networks.count(tx)])).toEqual([0, 0])
  })
})
