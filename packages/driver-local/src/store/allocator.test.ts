import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyFolder, openTestStore, thrownBy } from './__fixtures__/test-runtime.ts'
import { allocateAddress, createAddressPool, releaseAddress } from './address-pool.ts'
import { contains, overlaps, parseCidr } from './addresses.ts'
import { allocate, createPool, release, takenOf } from './allocator.ts'
import { Records } from './records.ts'
import type { Store } from './store.ts'

// The same runs every time, so that a change is judged by what it changed; another number looks elsewhere.
fc.configureGlobal({ seed: 1241 })

const subnets = new Records<null>('subnet')
const ports = new Records<null>('port')

const subnet = (store: Store, cidr: string, reserved: readonly string[] = []) =>
  store.write((tx) => {
    const holder = subnets.insert(tx, { id: 'sub', document: null })
    createAddressPool(tx, { pool: 'sub', cidr, reserved, holder })
    return holder
  })

describe('an address pool', () => {
  it('gives the lowest free address, skipping network, gateway, reserved ones and broadcast, until none is left', async () => {
    const { store } = await openTestStore()
    const holder = subnet(store, '10.0.0.0/29', ['10.0.0.1', '10.0.0.4'])
    const next = () => store.write((tx) => allocateAddress(tx, 'sub', '10.0.0.0/29', holder))
    expect([next(), next(), next(), next()]).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.5', '10.0.0.6'])
    expect(await thrownBy(next)).toMatchObject({
      code: 'Exhausted',
      message: '10.0.0.0/29 has no free address left; release some or add another subnet',
    })
    expect(store.write((tx) => releaseAddress(tx, 'sub', '10.0.0.3'))).toBe(true)
    expect(next()).toBe('10.0.0.3')
  })

  it('gives a wanted address once, a reserved one too, and none outside', async () => {
    const { store } = await openTestStore()
    const holder = subnet(store, '10.0.0.0/24', ['10.0.0.1'])
    const want = (address: string) => store.write((tx) => allocateAddress(tx, 'sub', '10.0.0.0/24', holder, address))
    expect([want('10.0.0.77'), want('10.0.0.1')]).toEqual(['10.0.0.77', '10.0.0.1'])
    expect(await thrownBy(() => want('10.0.0.77'))).toMatchObject({
      code: 'Taken',
      message: expect.stringMatching(/^10\.0\.0\.77 of 10\.0\.0\.0\/24 is taken by /),
    })
    expect(await thrownBy(() => want('10.0.0.1'))).toMatchObject({ code: 'Taken' })
    for (const outside of ['10.0.0.0', '10.0.0.255', '10.0.1.5'])
      expect(await thrownBy(() => want(outside))).toMatchObject({ code: 'OutOfRange' })
    for (const wrong of ['fd00::1', '10.0.0', '10.0.0.9/24']) expect(await thrownBy(() => want(wrong))).toMatchObject({ code: 'Invalid' })
    store.write((tx) => releaseAddress(tx, 'sub', '10.0.0.1'))
    expect(store.write((tx) => allocateAddress(tx, 'sub', '10.0.0.0/24', holder))).toBe('10.0.0.2')
  })

  it('holds a whole IPv6 subnet', async () => {
    const { store } = await openTestStore()
    const holder = subnet(store, 'fd00::/64')
    const give = (wanted?: string) => store.write((tx) => allocateAddress(tx, 'sub', 'fd00::/64', holder, wanted))
    expect([give(), give('fd00::f816:3eff:fe12:3456'), give(), give('fd00::ffff:ffff:ffff:ffff')]).toEqual([
      'fd00::1',
      'fd00::f816:3eff:fe12:3456',
      'fd00::2',
      'fd00::ffff:ffff:ffff:ffff',
    ])
  })

  it('gets back what a record held when the record goes', async () => {
    const { store } = await openTestStore()
    subnet(store, '10.0.0.0/30')
    const addPort = () => store.write((tx) => allocateAddress(tx, 'sub', '10.0.0.0/30', ports.insert(tx, { id: 'port', document: null })))
    expect(addPort()).toBe('10.0.0.1')
    store.write((tx) => ports.remove(tx, 'port'))
    expect(addPort()).toBe('10.0.0.1')
    expect(store.read((tx) => takenOf(tx, 'sub'))).toBe(1)
  })

  it('goes away with its subnet', async () => {
    const { store } = await openTestStore()
    const holder = subnet(store, '10.0.0.0/30')
    store.write((tx) => allocateAddress(tx, 'sub', '10.0.0.0/30', holder))
    store.write((tx) => subnets.remove(tx, 'sub'))
    expect(await thrownBy(() => store.write((tx) => allocate(tx, 'sub', holder)))).toMatchObject({ code: 'Missing' })
    subnet(store, '10.0.0.0/30')
    expect(store.read((tx) => takenOf(tx, 'sub'))).toBe(0)
  })
})

describe('a pool of numbers', () => {
  it('agrees with a plain set through any sequence of gifts and returns', async () => {
    const { store } = await openTestStore({ folder: emptyFolder() })
    const holder = store.write((tx) => subnets.insert(tx, { id: 'h', document: null }))
    let pools = 0
    const step = fc.record({ action: fc.constantFrom('next', 'want', 'release'), value: fc.bigInt({ min: 0n, max: 13n }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) =>
        store.write((tx) => {
          const pool = `p${++pools}`
          createPool(tx, {
            pool,
            bounds: { first: 1n, last: 12n },
            free: [
              { first: 1n, last: 5n },
              { first: 8n, last: 12n },
            ],
            holder,
          })
          const taken = new Set<bigint>()
          for (const { action, value } of steps) {
            if (action === 'release') {
              expect(release(tx, pool, value)).toBe(taken.delete(value))
              continue
            }
            const lowest = [1n, 2n, 3n, 4n, 5n, 8n, 9n, 10n, 11n, 12n].find((n) => !taken.has(n))
            const expected =
              action === 'next' ? (lowest ?? 'Exhausted') : value < 1n || value > 12n ? 'OutOfRange' : taken.has(value) ? 'Taken' : value
            let got: unknown
            try {
              got = allocate(tx, pool, holder, action === 'next' ? undefined : value)
            } catch (error) {
              got = error instanceof Error && 'code' in error ? error.code : error
            }
            expect(got).toBe(expected)
            if (typeof got === 'bigint') taken.add(got)
            expect(takenOf(tx, pool)).toBe(taken.size)
          }
          for (const value of taken) release(tx, pool, value)
          // Emptied, it is as it was made: neighbouring gaps have joined again.
          expect(tx.all('SELECT 1 FROM pool_free WHERE pool = ?', pool)).toHaveLength(2)
        }),
      ),
      { numRuns: 150 },
    )
  })
})

describe('CIDR arithmetic', () => {
  it.each([
    ['10.0.0.0/8', '10.1.0.0/16', true],
    ['10.0.0.0/24', '10.0.1.0/24', false],
    ['10.0.0.0/24', '10.0.0.255/32', true],
    ['fd00::/48', 'fd00:0:0:ffff::/64', true],
    ['fd00::/64', 'fd00:0:0:1::/64', false],
    ['0.0.0.0/0', '::/0', false],
    ['10.0.0.0/8', 'nonsense', false],
  ])('says of %s and %s that they overlap: %s', (a, b, expected) => {
    expect([overlaps(a, b), overlaps(b, a)]).toEqual([expected, expected])
  })

  it('writes a CIDR in its canonical form and refuses what is none', () => {
    expect(['10.1.2.3/16', 'FD00:0::1/64'].map((text) => parseCidr(text)?.text)).toEqual(['10.1.0.0/16', 'fd00::/64'])
    for (const bad of ['10.0.0.0', '10.0.0.0/33', '010.0.0.0/8', 'fe80::%eth0/64', 'fd00::/129', '', '/'])
      expect(parseCidr(bad)).toBeUndefined()
  })

  it('knows what lies within', () => {
    expect([
      contains('10.0.0.0/24', '10.0.0.9'),
      contains('10.0.0.0/24', '10.0.1.9'),
      contains('10.0.0.0/8', '10.2.0.0/16'),
      contains('10.2.0.0/16', '10.0.0.0/8'),
    ]).toEqual([true, false, true, false])
  })
})
