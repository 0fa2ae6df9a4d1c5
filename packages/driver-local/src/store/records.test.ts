import { describe, expect, it } from 'vitest'
import { openTestStore, thrownBy } from './__fixtures__/test-runtime.ts'
import { Records } from './records.ts'
import { referencesOf, referrersOf } from './references.ts'
import type { Store } from './store.ts'

const servers = new Records<{ readonly size: string }>('server')
const networks = new Records<Record<string, never>>('network', { uniqueName: 'everywhere' })
const objects = new Records<Record<string, never>>('object', { uniqueName: 'inParent' })

const addServers = (store: Store, count: number, draft: (index: number) => object = () => ({})) =>
  store.write((tx) => {
    for (let i = 1; i <= count; i++) servers.insert(tx, { id: `srv-${i}`, name: `web-${i}`, document: { size: 'small' }, ...draft(i) })
  })

const idsOf = (page: { readonly records: readonly { readonly id: string }[] }) => page.records.map(({ id }) => id)

describe('records', () => {
  it('come back as they were given', async () => {
    const { store } = await openTestStore()
    const owner = { stack: 's', environment: 'dev', key: 'web' }
    const given = {
      id: 'srv-1',
      name: 'web',
      parent: 'project',
      key: 'k',
      owner,
      labels: { role: 'edge' },
      usage: { vcpus: 2 },
      document: { size: 'ü\0' },
    }
    const added = store.write((tx) => servers.insert(tx, given))
    expect(added).toEqual({ ...given, kind: 'server', seq: 1, phase: '', pending: [], createdAt: 1_000_000, updatedAt: 1_000_000 })
    expect(store.read((tx) => servers.get(tx, 'srv-1'))).toEqual(added)
    expect(store.read((tx) => servers.byKey(tx, 'k'))).toEqual(added)
    expect(store.read((tx) => servers.byName(tx, 'web'))).toEqual(added)
    expect(store.read((tx) => servers.byName(tx, 'web', 'elsewhere'))).toBeUndefined()
    expect(store.read((tx) => networks.get(tx, 'srv-1'))).toBeUndefined()
  })

  it('refuse a second use of a key and name who has it', async () => {
    const { store } = await openTestStore()
    addServers(store, 1, () => ({ key: 'k' }))
    const error = await thrownBy(() => store.write((tx) => servers.insert(tx, { id: 'srv-2', key: 'k', document: { size: 's' } })))
    expect(error).toMatchObject({
      code: 'Taken',
      by: [{ id: 'srv-1' }],
      message: 'the key was used already to create server web-1 (srv-1)',
    })
  })

  it('refuse an id that exists and a name that is taken where names are unique', async () => {
    const { store } = await openTestStore()
    store.write((tx) => {
      networks.insert(tx, { id: 'n1', name: 'front', document: {} })
      objects.insert(tx, { id: 'o1', name: 'a', parent: 'b1', document: {} })
      objects.insert(tx, { id: 'o2', name: 'a', parent: 'b2', document: {} })
    })
    expect(await thrownBy(() => store.write((tx) => networks.insert(tx, { id: 'n1', document: {} })))).toMatchObject({ code: 'Taken' })
    expect(await thrownBy(() => store.write((tx) => networks.insert(tx, { id: 'n2', name: 'front', document: {} })))).toMatchObject({
      code: 'Taken',
    })
    expect(
      await thrownBy(() => store.write((tx) => objects.insert(tx, { id: 'o3', name: 'a', parent: 'b1', document: {} }))),
    ).toMatchObject({
      code: 'Taken',
      by: [{ id: 'o1' }],
    })
  })

  it('refuse the one character that the database would cut a name at', async () => {
    const { store } = await openTestStore()
    expect(await thrownBy(() => store.write((tx) => servers.insert(tx, { id: 'a\0b', document: { size: 's' } })))).toMatchObject({
      code: 'Invalid',
    })
    expect(store.read((tx) => servers.count(tx))).toBe(0)
  })

  it('change only what is given', async () => {
    const { store, runtime } = await openTestStore()
    addServers(store, 1, () => ({ labels: { a: '1' }, usage: { vcpus: 2 } }))
    runtime.advance(5)
    const changed = store.write((tx) => servers.update(tx, 'srv-1', { name: 'db', labels: { b: '2' } }))
    expect(changed).toMatchObject({
      name: 'db',
      labels: { b: '2' },
      usage: { vcpus: 2 },
      document: { size: 'small' },
      createdAt: 1_000_000,
      updatedAt: 1_000_005,
    })
    expect(idsOf(store.read((tx) => servers.page(tx, { labels: { a: '1' }, limit: 9 })))).toEqual([])
    expect(idsOf(store.read((tx) => servers.page(tx, { labels: { b: '2' }, limit: 9 })))).toEqual(['srv-1'])
    expect(await thrownBy(() => store.write((tx) => servers.update(tx, 'srv-9', {})))).toMatchObject({ code: 'Missing' })
  })

  it('sum up what they use, for quotas, through changes and removals', async () => {
    const { store } = await openTestStore()
    addServers(store, 4, (i) => ({ parent: i % 2 === 0 ? 'even' : 'odd', usage: { vcpus: i } }))
    store.write((tx) => {
      servers.update(tx, 'srv-4', { usage: { vcpus: 10 } })
      servers.remove(tx, 'srv-1')
    })
    const sums = store.read((tx) => [
      servers.count(tx),
      servers.count(tx, 'even'),
      servers.total(tx, 'vcpus'),
      servers.total(tx, 'vcpus', 'odd'),
    ])
    expect(sums).toEqual([3, 2, 15, 3])
  })
})

describe('a reference', () => {
  const insertPair = (store: Store) =>
    store.write((tx) => {
      networks.insert(tx, { id: 'n1', name: 'front', document: {} })
      servers.insert(tx, {
        id: 'srv-1',
        name: 'web',
        document: { size: 's' },
        references: [{ field: 'network', kind: 'network', id: 'n1' }],
      })
    })

  it('keeps what it points to from being removed and says who uses it', async () => {
    const { store } = await openTestStore()
    insertPair(store)
    const error = await thrownBy(() => store.write((tx) => networks.remove(tx, 'n1')))
    expect(error).toMatchObject({ code: 'InUse', by: [{ kind: 'server', id: 'srv-1', field: 'network' }] })
    expect(error).toHaveProperty('message', 'network front (n1) is in use by server web (srv-1) in network')
    expect(store.read((tx) => referrersOf(tx, { kind: 'network', id: 'n1' }))).toHaveLength(1)
    store.write((tx) => servers.remove(tx, 'srv-1'))
    expect(store.write((tx) => networks.remove(tx, 'n1'))).toBe(true)
    expect(store.write((tx) => networks.remove(tx, 'n1'))).toBe(false)
  })

  it('is refused where its target does not exist', async () => {
    const { store } = await openTestStore()
    insertPair(store)
    const update = () => store.write((tx) => servers.update(tx, 'srv-1', { references: [{ field: 'network', kind: 'network', id: 'n2' }] }))
    expect(await thrownBy(update)).toMatchObject({ code: 'Missing', message: 'network: there is no network n2' })
    expect(store.read((tx) => referencesOf(tx, { seq: 2 }))).toEqual([{ field: 'network', kind: 'network', id: 'n1' }])
  })
})

describe('a page', () => {
  it('shows each record once, in order of creation, while others come and go', async () => {
    const { store } = await openTestStore()
    addServers(store, 10)
    const first = store.read((tx) => servers.page(tx, { limit: 4 }))
    store.write((tx) => {
      servers.remove(tx, 'srv-4')
      servers.remove(tx, 'srv-6')
      servers.insert(tx, { id: 'srv-11', document: { size: 's' } })
    })
    const second = store.read((tx) => servers.page(tx, { limit: 4, after: first.next }))
    const third = store.read((tx) => servers.page(tx, { limit: 4, after: second.next }))
    expect([first, second, third].map(idsOf)).toEqual([
      ['srv-1', 'srv-2', 'srv-3', 'srv-4'],
      ['srv-5', 'srv-7', 'srv-8', 'srv-9'],
      ['srv-10', 'srv-11'],
    ])
    expect(third.next).toBeUndefined()
  })

  it('has no next one when it ends exactly at the last record', async () => {
    const { store } = await openTestStore()
    addServers(store, 4)
    expect(store.read((tx) => servers.page(tx, { limit: 4 })).next).toBeUndefined()
  })

  it('applies every combination of filters as "and", whichever index it walks', async () => {
    const { store } = await openTestStore()
    const draft = (i: number) => ({
      name: i % 5 === 0 ? 'five' : 'other',
      parent: i % 2 === 0 ? 'even' : 'odd',
      labels: { third: String(i % 3), tenth: String(i % 10) },
      owner: { stack: i <= 150 ? 's1' : 's2', environment: i % 4 === 0 ? 'prod' : 'dev', key: `k${i}` },
      state: { phase: i % 7 === 0 ? 'SHUTOFF' : 'ACTIVE', pending: [] },
    })
    addServers(store, 300, draft)
    const filters = [
      [{ name: 'five' }, (i: number) => i % 5 === 0],
      [{ parent: 'even' }, (i: number) => i % 2 === 0],
      [{ labels: { third: '1', tenth: '4' } }, (i: number) => i % 3 === 1 && i % 10 === 4],
      [{ owner: { stack: 's1' } }, (i: number) => i <= 150],
      [{ owner: { stack: 's1', environment: 'prod' } }, (i: number) => i <= 150 && i % 4 === 0],
      [{ phase: 'SHUTOFF' }, (i: number) => i % 7 === 0],
      [{}, () => true],
    ] as const
    for (const [a, matchesA] of filters) {
      for (const [b, matchesB] of filters) {
        const expected = Array.from({ length: 300 }, (_, index) => index + 1).filter(
          (i) => matchesB(i) && (Object.keys(a).some((key) => key in b) || matchesA(i)),
        )
        const seen: string[] = []
        let after: string | undefined
        do {
          const page = store.read((tx) => servers.page(tx, { ...a, ...b, limit: 7, after }))
          seen.push(...idsOf(page))
          after = page.next
        } while (after !== undefined)
        expect(seen).toEqual(expected.map((i) => `srv-${i}`))
      }
    }
  })

  it('refuses a cursor that it did not give', async () => {
    const { store } = await openTestStore()
    expect(await thrownBy(() => store.read((tx) => servers.page(tx, { limit: 1, after: 'nonsense' })))).toMatchObject({ code: 'Invalid' })
  })
})

describe('a page by name', () => {
  const names = ['a', 'a/1', 'a/2', 'a0', 'b', 'a/\u{FF61}', 'a/\u{1F600}', 'a/\u{10FFFF}x', 'a/é']

  it('lists in the order of UTF-8 bytes, not of UTF-16 units', async () => {
    const { store } = await openTestStore()
    store.write((tx) => names.forEach((name, i) => objects.insert(tx, { id: `o${i}`, name, parent: 'b1', document: {} })))
    const sorted = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    expect(sorted).not.toEqual([...names].sort())
    const listed: string[] = []
    let after: string | undefined
    do {
      const page = store.read((tx) => objects.pageByName(tx, { parent: 'b1', limit: 2, after }))
      listed.push(...page.records.map(({ name }) => name))
      after = page.next
    } while (after !== undefined)
    expect(listed).toEqual(sorted)
  })

  it('keeps to a prefix and starts after a name that need not exist', async () => {
    const { store } = await openTestStore()
    store.write((tx) => names.forEach((name, i) => objects.insert(tx, { id: `o${i}`, name, parent: 'b1', document: {} })))
    const list = (query: object) =>
      store.read((tx) => objects.pageByName(tx, { parent: 'b1', limit: 99, ...query })).records.map(({ name }) => name)
    expect(list({ prefix: 'a/' })).toEqual(['a/1', 'a/2', 'a/é', 'a/\u{FF61}', 'a/\u{1F600}', 'a/\u{10FFFF}x'])
    expect(list({ prefix: 'a/\u{10FFFF}' })).toEqual(['a/\u{10FFFF}x'])
    expect(list({ prefix: 'a/', afterName: 'a/15' })).toEqual(['a/2', 'a/é', 'a/\u{FF61}', 'a/\u{1F600}', 'a/\u{10FFFF}x'])
    expect(list({ afterName: 'a/zz', prefix: 'b' })).toEqual(['b'])
    expect(list({ parent: 'b2' })).toEqual([])
  })
})
