import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { composeCloud, interceptCloud, openCloud, secret } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { describe, expect, it } from 'vitest'
import type { Stack } from '../index.ts'
import {
  apply,
  bucket,
  defineStack,
  destroy,
  fileStateStore,
  memoryStateStore,
  network,
  on,
  Output,
  plan,
  server,
  subnet,
  volume,
} from '../index.ts'
import { generateStateKey } from '../state/state-key.ts'

/** A cloud that counts what it is asked. */
async function counted() {
  const calls: string[] = []
  const cloud = interceptCloud((await openCloud(local()))._unsafeUnwrap(), (call, next) => {
    calls.push(`${call.kind}.${call.verb}`)
    return next(call)
  })
  return { cloud, calls }
}

/** What a program in JavaScript may hand over, whatever the types say. */
const untyped = (value: unknown): never => value as never

const net = network({})
const image = { os: 'debian' } as const

const unsound: readonly (readonly [what: string, stack: Stack, message: string])[] = [
  ['one value under two keys', defineStack('bad', { a: net, b: net }), 'b: is the same resource as a; make a second one, or list it once'],
  [
    'a reference outside the stack',
    defineStack('bad', { web: subnet({ network: net, cidr: '10.0.0.0/24' }) }),
    'web.network: refers to a network that is not in the stack; list it under a name',
  ],
  [
    'an output of a resource outside the stack',
    defineStack('bad', {}, { cidr: subnet({ network: net, cidr: '10.0.0.0/24' }).outputs.cidr }),
    'outputs.cidr: comes from a resource that is not in the stack; list it under a name',
  ],
  [
    'overlapping ranges in one network',
    defineStack('bad', { net, a: subnet({ network: net, cidr: '10.0.1.0/24' }), b: subnet({ network: net, cidr: '10.0.0.0/16' }) }),
    'a.cidr: 10.0.1.0/24 overlaps 10.0.0.0/16 of b, in the same network',
  ],
  [
    'a name that is too long',
    defineStack('bad', { web: server({ name: 'x'.repeat(64), image, size: { vcpus: 1 } }) }),
    'web.name: must have at most 63 characters, and has 64 on this cloud (local)',
  ],
  ['a name of a resource that is no name', defineStack('bad', { 'no name': net }), 'no name: a resource or group is named by'],
  ['a name of the stack that is no name', defineStack('two words', { net }), 'name: a stack is named by a letter'],
  [
    'a wrong type at depth',
    defineStack('bad', { web: server({ image, size: untyped({ vcpus: 'two' }) }) }),
    'web.size.vcpus: expected a whole number (vCPU), got "two"',
  ],
  ['a field that is missing', defineStack('bad', { web: untyped(server(untyped({ image }))) }), 'web.size: is required'],
  [
    'a field that does not exist',
    defineStack('bad', { web: untyped(server(untyped({ image, size: { vcpus: 1 }, userdata: 'x' }))) }),
    'web.userdata: is not a field here; did you mean userData?',
  ],
  [
    'a spec that is no object',
    defineStack('bad', { net: untyped(network(untyped(7))) }),
    'net: expected an object that says what it is to be, got a number',
  ],
  ['a resource that is none', defineStack('bad', { net: untyped(7) }), 'net: is a number, and must be a resource or a group of them'],
  ['resources that are none', defineStack('bad', untyped(null)), 'resources: must be a record of resources by name'],
  ['outputs that are none', defineStack('bad', { net }, untyped('text')), 'outputs: must be a record of outputs by name'],
  [
    'a resource for a cloud that was not given',
    defineStack('bad', { far: on('edge').network({}) }) as never,
    'far: is meant for the cloud edge, which was not given; there are main',
  ],
  [
    'two buckets of one name',
    defineStack('bad', { a: bucket({ name: 'same' }), b: bucket({ name: 'same' }) }),
    'b: would be the same bucket as a',
  ],
  [
    'a function of the program that throws at once',
    defineStack('bad', { net, web: network({ labels: { a: new Output<string>([], () => untyped(undefinedValue().length)) } }) }),
    'web.labels.a: a function of the program failed',
  ],
]
const undefinedValue = (): string => untyped(undefined)

describe('a stack that is not sound', () => {
  it.each(unsound)('is refused before anything is asked: %s', async (_, stack, message) => {
    const { cloud, calls } = await counted()
    const options = { environment: 'test', state: memoryStateStore() }
    const refused = (await apply(stack, cloud as never, options))._unsafeUnwrapErr()
    expect(refused.code).toBe('InvalidStack')
    expect(refused.message).toContain(message)
    expect((await plan(stack, cloud as never, options))._unsafeUnwrap().problems.length).toBeGreaterThan(0)
    expect(calls).toEqual([])
  })

  it('is told all at once, each thing with its path', async () => {
    const { cloud } = await counted()
    const bad = defineStack('bad', { a: net, b: net, c: subnet({ network: network({}), cidr: '10.0.0.0/33' }) })
    const refused = (await apply(bad, cloud, { environment: 'test', state: memoryStateStore() }))._unsafeUnwrapErr()
    expect(refused.message.split('\n')).toHaveLength(4)
  })

  it('is refused when a cloud lacks what it needs, by the name of that', async () => {
    const cloud = (await openCloud(local()))._unsafeUnwrap()
    const small = composeCloud({ network: cloud })
    const refused = (
      await apply(defineStack('big', { data: volume({ sizeGiB: 1 }) }), untyped(small), { environment: 'test', state: memoryStateStore() })
    )._unsafeUnwrapErr()
    expect(refused).toMatchObject({ code: 'Unsupported', details: { capability: 'volume', path: ['data'] } })
  })
})

describe('clouds that are none', () => {
  const stack = defineStack('shop', { net })
  const options = () => ({ environment: 'test', state: memoryStateStore() })

  it.each([
    ['one that is not open', local(), 'clouds.main: is a cloud that is not open; open it first'],
    ['the answer of openCloud', openCloud(local()), 'clouds.main: is what openCloud answers'],
    ['nothing', undefined, 'clouds.main: expected an open cloud, got a undefined'],
    ['one of several that is not open', { main: local() }, 'clouds.main: is a cloud that is not open'],
  ])('are refused: %s', async (_, clouds, message) => {
    expect((await apply(stack, untyped(clouds), options()))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidStack',
      message: expect.stringContaining(message) as string,
    })
  })

  it('fail clearly when they are closed', async () => {
    const cloud = (await openCloud(local()))._unsafeUnwrap()
    ;(await cloud.close())._unsafeUnwrap()
    const failed = (await apply(stack, cloud, options()))._unsafeUnwrapErr()
    expect(failed).toMatchObject({ code: 'ResourceFailed', message: expect.stringContaining('closed') as string })
  })
})

describe('options that are none', () => {
  it.each([
    [{ parallelism: 0 }, 'parallelism'],
    [{ parallelism: Number.NaN }, 'parallelism'],
    [{ pollMs: 0 }, 'pollMs'],
    [{ readyTimeoutMs: -1 }, 'readyTimeoutMs'],
    [{ leaseWaitMs: Number.NaN }, 'leaseWaitMs'],
    [{ environment: 'no such/name' }, 'environment'],
    [{ environment: undefined }, 'environment'],
    [{ state: undefined }, 'state'],
  ])('are refused: %o', async (wrong, path) => {
    const cloud = (await openCloud(local()))._unsafeUnwrap()
    const options = { environment: 'test', state: memoryStateStore(), ...wrong }
    expect((await apply(defineStack('shop', { net }), cloud, untyped(options)))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidInput',
      details: { path: [path] },
    })
  })

  it('do not lose the lease when the one who is asked throws', async () => {
    const cloud = (await openCloud(local()))._unsafeUnwrap()
    const options = { environment: 'test', state: memoryStateStore() }
    const asked = { ...options, confirm: () => Promise.reject(new Error('nobody is there')) }
    const failed = (await apply(defineStack('shop', { net }), cloud, asked))._unsafeUnwrapErr()
    expect(failed).toMatchObject({ code: 'InvalidInput', message: expect.stringContaining('nobody is there') as string })
    expect((await apply(defineStack('shop', { net }), cloud, options))._unsafeUnwrap().plan.summary.create).toBe(1)
  })
})

describe('a secret without its key', () => {
  const withSecret = (userData: string) => defineStack('shop', { web: server({ image, size: { vcpus: 1 }, userData: secret(userData) }) })

  it('is refused before anything is asked, by plan and by apply', async () => {
    const { cloud, calls } = await counted()
    const options = { environment: 'test', state: memoryStateStore() }
    for (const refused of [
      (await apply(withSecret('a'), cloud, options))._unsafeUnwrapErr(),
      (await plan(withSecret('a'), cloud, options))._unsafeUnwrapErr(),
    ])
      expect(refused).toMatchObject({
        code: 'WrongStateKey',
        message: 'web has a secret (userData), and there is no key to encrypt it with.',
      })
    expect(calls).toEqual([])
  })

  it('is refused before anything is asked when the key is another', async () => {
    const { cloud, calls } = await counted()
    const options = { environment: 'test', state: memoryStateStore() }
    ;(await apply(withSecret('a'), cloud, { ...options, stateKey: generateStateKey() }))._unsafeUnwrap()
    calls.length = 0
    expect((await apply(withSecret('a'), cloud, { ...options, stateKey: generateStateKey() }))._unsafeUnwrapErr().code).toBe(
      'WrongStateKey',
    )
    expect((await destroy({ name: 'shop' }, cloud, options))._unsafeUnwrapErr().code).toBe('WrongStateKey')
    expect(calls).toEqual([])
  })
})

describe('a state that is not as it was written', () => {
  async function written() {
    const folder = await mkdtemp(join(tmpdir(), 'hanse-refusals-'))
    const { cloud, calls } = await counted()
    const options = { environment: 'test', state: fileStateStore(folder) }
    const stack = defineStack('shop', { net, files: bucket({}) })
    ;(await apply(stack, cloud, options))._unsafeUnwrap()
    calls.length = 0
    const journal = join(folder, 'shop', 'test', 'journal')
    const file = join(journal, (await readdir(journal))[0] ?? expect.fail())
    return { folder, cloud, calls, options, stack, file }
  }

  it.each([
    ['one line is damaged', (text: string) => text.replace('"intent"', '"intend"'), /line \d+/],
    [
      'it is of a newer version',
      (text: string) => text.replace('"format":1', '"format":2'),
      /is in format 2, and this version knows formats up to 1/,
    ],
  ])('is refused with the place when %s, and nothing is asked', async (_, damage, message) => {
    const { folder, cloud, calls, options, stack, file } = await written()
    await writeFile(file, damage(await readFile(file, 'utf8')))
    for (const refused of [
      (await apply(stack, cloud, options))._unsafeUnwrapErr(),
      (await plan(stack, cloud, options))._unsafeUnwrapErr(),
      (await destroy(stack, cloud, options))._unsafeUnwrapErr(),
    ]) {
      expect(refused.code).toBe('StateUnreadable')
      expect(refused.message).toMatch(message)
      expect(refused.message).toContain(file)
    }
    expect(calls).toEqual([])
    await rm(folder, { recursive: true })
  })
})

describe('two stacks of one name', () => {
  it('are told apart by their programs: the second is refused before anything is asked', async () => {
    const { cloud, calls } = await counted()
    const options = { environment: 'test', state: memoryStateStore() }
    const mine = defineStack('shop', { net })
    const theirs = defineStack('shop', { files: bucket({}) })
    ;(await apply(mine, cloud, { ...options, origin: 'web shop' }))._unsafeUnwrap()
    calls.length = 0
    for (const refused of [
      (await plan(theirs, cloud, { ...options, origin: 'book shop' }))._unsafeUnwrapErr(),
      (await apply(theirs, cloud, { ...options, origin: 'book shop' }))._unsafeUnwrapErr(),
      (await destroy(theirs, cloud, { ...options, origin: 'book shop' }))._unsafeUnwrapErr(),
    ])
      expect(refused).toMatchObject({
        code: 'InvalidStack',
        message: expect.stringContaining('recorded for web shop, and this is book shop') as string,
      })
    expect(calls).toEqual([])
    // Whoever does not say which program it is, is believed; the name stays with the first.
    expect((await plan(mine, cloud, options))._unsafeUnwrap().summary.none).toBe(1)
    expect((await apply(mine, cloud, { ...options, origin: 'web shop' }))._unsafeUnwrap().plan.summary.none).toBe(1)
  })
})

describe('stacks of unusual size', () => {
  it('may be empty', async () => {
    const { cloud, calls } = await counted()
    const options = { environment: 'test', state: memoryStateStore() }
    const applied = (await apply(defineStack('empty', {}), cloud, options))._unsafeUnwrap()
    expect(applied).toMatchObject({ applied: true, outputs: {} })
    expect(calls).toEqual([])
  })

  it('may hold a thousand resources', { timeout: 60_000 }, async () => {
    const { cloud, calls } = await counted()
    const options = { environment: 'test', state: memoryStateStore() }
    const many = defineStack('many', {
      nets: Array.from({ length: 10 }, () => network({})),
      ...Object.fromEntries(Array.from({ length: 990 }, (_, index) => [`volume${index}`, volume({ sizeGiB: 1 })])),
    })
    expect((await apply(many, cloud, options))._unsafeUnwrap().plan.summary.create).toBe(1000)
    calls.length = 0
    expect((await plan(many, cloud, options))._unsafeUnwrap().summary.none).toBe(1000)
    // A page of each kind stands for all of them.
    expect(calls.sort()).toEqual(['network.list', 'volume.list'])
    ;(await destroy(many, cloud, options))._unsafeUnwrap()
  })
})
