import { inspect } from 'node:util'
import { ok, okAsync } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { FakeFailure } from '../__fixtures__/fake-backend.ts'
import { fake, openFake } from '../__fixtures__/fake-driver.ts'
import { errorOf, valueOf } from '../__fixtures__/outcome.ts'
import type { NetworkId } from '../network/network.ts'
import type { ServerId } from '../compute/server.ts'
import type { BucketId } from '../storage/bucket.ts'
import { kindService } from '../kind-service.ts'
import { openCloud } from '../open-cloud.ts'
import { secret } from '../secret.ts'

const id = 'network-1' as NetworkId

describe('whatever a driver does, a call ends with a value', () => {
  const faults: Readonly<Record<string, () => unknown>> = {
    'throws at once': () => {
      throw new Error('boom')
    },
    'rejects with undefined': () => Promise.reject(undefined),
    'rejects with an object that cannot be made a text of': () => Promise.reject(Object.create(null)),
    'rejects with a text': () => Promise.reject('just a text'),
    'gives undefined': () => undefined,
    'gives a number': () => 42,
    'gives an empty object': () => ({}),
    'gives a resource without an id': () => Promise.resolve({ kind: 'network', status: {} }),
    'gives a result as if it were core': () => ok({}),
    'gives a result of a result': () => okAsync(ok(1)),
    'gives a thenable that throws': () =>
      Object.defineProperty({}, 'then', {
        get: () => {
          throw new Error('in then')
        },
      }),
  }
  for (const [what, fault] of Object.entries(faults)) {
    it(`that ${what}`, async () => {
      const { cloud, backend } = await openFake()
      backend.script('network.get', fault)
      backend.script('network.create', fault)
      backend.script('network.listPage', fault)
      backend.script('network.update', fault)
      const get = await cloud.network.networks.get(id)
      const list = await cloud.network.networks.list().toArray()
      const update = await cloud.network.networks.update(id, { name: 'b' })
      const create = await cloud.network.networks.create({ name: 'a' })
      for (const result of [get, list, update, create])
        expect(errorOf(result)).toMatchObject({ code: 'Unknown', context: { driver: 'fake' } })
    })
  }

  it('that changes nothing useful on a delete: only a failure is one', async () => {
    const { cloud, backend } = await openFake()
    backend.script('network.delete', () => 42)
    expect((await cloud.network.networks.delete(id)).isOk()).toBe(true)
  })

  it('that never answers, once there is a deadline', async () => {
    const { cloud, backend } = await openFake()
    backend.script('network.get', () => new Promise(() => {}))
    const error = errorOf(await cloud.network.networks.get(id, { timeoutMs: 250 }))
    expect(error).toMatchObject({ code: 'DeadlineExceeded', retryable: true, details: { timeoutMs: 250 } })
  })

  it('that never answers, once the caller aborts', async () => {
    const { cloud, backend } = await openFake()
    backend.script('network.get', () => new Promise(() => {}))
    const leaving = new AbortController()
    const result = cloud.network.networks.get(id, { signal: leaving.signal })
    setImmediate(() => leaving.abort())
    expect(errorOf(await result).code).toBe('Cancelled')
  })

  it('whose table of failures fails itself, or gives nonsense', async () => {
    for (const classify of [
      () => {
        throw new Error('in classify')
      },
      () => undefined as never,
      () => ({ code: 'Nonsense', message: 'm', details: {} }) as never,
    ]) {
      const { cloud, backend } = await openFake({ classify })
      backend.script('network.get', () => Promise.reject(new Error('the failure that matters')))
      expect(errorOf(await cloud.network.networks.get(id))).toMatchObject({ code: 'Unknown', message: 'the failure that matters' })
    }
  })

  it('whose method is missing although it is declared', async () => {
    const { source, world } = fake()
    const bound = await source.load()
    const broken = {
      ...source,
      load: async () => ({
        ...bound,
        open: async (...args: Parameters<typeof bound.open>) => ({ ...(await bound.open(...args)), kinds: {} as never }),
      }),
    }
    const cloud = valueOf(await openCloud(broken, { runtime: world.runtime }))
    expect(errorOf(await cloud.network.networks.get(id)).message).toBe('the driver fake declares network and has no method get')
  })
})

describe('an error', () => {
  it('carries what the provider said: code, request id, details', async () => {
    const { cloud, backend } = await openFake()
    backend.script('network.get', () => Promise.reject(new FakeFailure(404, 'no such network', { kind: 'network', id })))
    expect(errorOf(await cloud.network.networks.get(id))).toMatchObject({
      code: 'NotFound',
      retryable: false,
      details: { kind: 'network', id },
      context: { driver: 'fake', operation: 'network.get', requestId: 'req-404' },
    })
  })

  it('never shows a secret of the call, even if the provider quotes it', async () => {
    const { cloud, backend } = await openFake()
    const image = backend.seed('image', {}).id as never
    const size = backend.seed('serverSize', {}).id as never
    for (const userData of ['#cloud-config\npassword: hunter2000', secret('#cloud-config\npassword: hunter2000')]) {
      backend.script('server.create', () => Promise.reject(new FakeFailure(400, 'bad user data: password: hunter2000')))
      const error = errorOf(await cloud.compute.servers.create({ name: 'web', image, size, userData }))
      expect(error.message).toBe('bad user data: [secret]')
      expect(JSON.stringify(error)).not.toContain('hunter2000')
      expect(inspect(error, { depth: 9 })).not.toContain('hunter2000')
    }
  })

  it('does not quote a secret that is wrong', async () => {
    const { cloud } = await openFake()
    const error = errorOf(
      await cloud.compute.servers.create({ name: 'web', image: 'i' as never, size: 's', userData: { password: 'hunter2000' } as never }),
    )
    expect(error).toMatchObject({ code: 'InvalidArgument', details: { path: ['userData'] } })
    expect(error.message).toBe('userData: expected a text, got something else')
  })
})

describe('a call', () => {
  it('is traced with what came of it', async () => {
    const { cloud, world } = await openFake()
    await cloud.network.networks.create({ name: 'a' }).unwrapOr(undefined)
    await cloud.network.networks.get('nothing' as NetworkId).unwrapOr(undefined)
    expect(world.traced.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual(['network.create Ok', 'network.get NotFound'])
  })

  it('is not spoilt by a trace that fails', async () => {
    const { source, world } = fake()
    const trace = (): never => {
      throw new Error('no disk for traces')
    }
    const cloud = valueOf(await openCloud(source, { runtime: { ...world.runtime, trace } }))
    expect((await cloud.network.networks.create({ name: 'a' })).isOk()).toBe(true)
  })

  it('refuses an option that nobody knows, naming the one that was meant', async () => {
    const { cloud, backend } = await openFake()
    const error = errorOf(await cloud.network.networks.get(id, { signl: AbortSignal.abort() } as never))
    expect(error).toMatchObject({
      code: 'InvalidArgument',
      message: 'signl: is not an option here; did you mean signal?',
      details: { path: ['signl'] },
    })
    expect(errorOf(await cloud.network.networks.get(id, { until: 'Ready' } as never)).message).toBe(
      'until: is not an option here; there are signal, timeoutMs',
    )
    expect(errorOf(await cloud.network.networks.create({ name: 'a' }, { idempotencyKey: 'k' } as never)).details).toEqual({
      path: ['idempotencyKey'],
    })
    expect(backend.calls).toEqual([])
  })

  it.each([
    [{ signal: 5 }, 'signal'],
    [{ timeoutMs: -1 }, 'timeoutMs'],
    [{ timeoutMs: Number.NaN }, 'timeoutMs'],
    [{ timeoutMs: Number.POSITIVE_INFINITY }, 'timeoutMs'],
    [{ timeoutMs: '5' }, 'timeoutMs'],
    [{ key: '' }, 'key'],
    [{ key: 'k'.repeat(256) }, 'key'],
    [{ again: 'yes' }, 'again'],
    [{ owner: 'me' }, 'owner'],
    [{ owner: { stack: 's' } }, 'owner.environment'],
    [{ owner: { stack: 's', environment: 'e', extra: 1 } }, 'owner.extra'],
    ['not an object', 'options'],
  ])('refuses the option %o by its path', async (options, path) => {
    const { cloud, backend } = await openFake()
    const error = errorOf(await cloud.network.networks.create({ name: 'a' }, options as never))
    expect(error.code).toBe('InvalidArgument')
    expect(error.code === 'InvalidArgument' && error.details.path.join('.')).toBe(path)
    expect(backend.calls).toEqual([])
  })

  it('on a cloud that was closed is refused', async () => {
    const { cloud, backend } = await openFake()
    await cloud.close().unwrapOr(undefined)
    expect(errorOf(await cloud.network.networks.get(id))).toMatchObject({ code: 'FailedPrecondition', details: { actual: 'closed' } })
    expect(backend.calls).toEqual([])
  })
})

describe('update', () => {
  it('sends only what may change in place', async () => {
    const { cloud, backend } = await openFake()
    const subnet = backend.seed('subnet', { observed: { cidr: '10.0.0.0/24' } })
    expect((await cloud.network.subnets.update(subnet.id as never, { dnsServers: ['9.9.9.9'] })).isOk()).toBe(true)
    const error = errorOf(await cloud.network.subnets.update(subnet.id as never, { cidr: '10.0.1.0/24', nme: 'x' } as never))
    expect(error).toMatchObject({ code: 'InvalidArgument', details: { path: ['cidr'] } })
    expect(error.message).toBe(
      'cidr: cannot change in place; a subnet with another cidr is another subnet; nme: is not a field here; did you mean name?',
    )
    expect(backend.count('subnet.update')).toBe(1)
  })

  it('names the action that changes what update does not', async () => {
    const { cloud } = await openFake()
    expect(errorOf(await cloud.compute.servers.update('s' as ServerId, { size: 'large' } as never)).message).toBe(
      'size: is not changed by update; resize does it',
    )
  })
})

describe('delete', () => {
  it('of what is gone is Ok, however little the driver says about it', async () => {
    const { cloud, backend } = await openFake()
    expect((await cloud.network.networks.delete(id)).isOk()).toBe(true)
    backend.script('network.delete', () => Promise.reject(new FakeFailure(404)))
    expect((await cloud.network.networks.delete(id)).isOk()).toBe(true)
    backend.script('object.delete', () => Promise.reject(new FakeFailure(404, 'none', { kind: 'object', id: 'a.txt' })))
    expect((await cloud.storage.objects.delete('b' as BucketId, 'a.txt')).isOk()).toBe(true)
    backend.script('object.abortUpload', () => Promise.reject(new FakeFailure(404, 'none', { kind: 'upload', id: 'u' })))
    expect((await cloud.storage.objects.abortUpload({ bucket: 'b' as BucketId, key: 'k', uploadId: 'u' })).isOk()).toBe(true)
  })

  it('is not Ok when something else is gone', async () => {
    const { cloud, backend } = await openFake()
    backend.script('object.delete', () => Promise.reject(new FakeFailure(404, 'no bucket', { kind: 'bucket', id: 'b' })))
    expect(errorOf(await cloud.storage.objects.delete('b' as BucketId, 'a.txt')).code).toBe('NotFound')
    backend.script('network.delete', () => Promise.reject(new FakeFailure(404, 'another', { kind: 'network', id: 'network-2' })))
    expect(errorOf(await cloud.network.networks.delete(id)).code).toBe('NotFound')
  })
})

describe('a list', () => {
  it('filters by name, labels, owner and parent, however little the provider can', async () => {
    const { cloud, backend } = await openFake()
    const owner = { stack: 's', environment: 'prod' }
    backend.seed('subnet', { name: 'a', labels: { tier: 'web' }, owner, observed: { network: 'n1' } })
    backend.seed('subnet', { name: 'b', labels: { tier: 'db' }, owner: { ...owner, environment: 'dev' }, observed: { network: 'n2' } })
    const ids = async (filter: object): Promise<readonly string[]> =>
      valueOf(await cloud.network.subnets.list(filter as never).toArray()).map((item) => item.id)
    expect(await ids({})).toEqual(['subnet-1', 'subnet-2'])
    expect(await ids({ name: 'a' })).toEqual(['subnet-1'])
    expect(await ids({ labels: { tier: 'db' } })).toEqual(['subnet-2'])
    expect(await ids({ owner: { stack: 's' } })).toEqual(['subnet-1', 'subnet-2'])
    expect(await ids({ owner })).toEqual(['subnet-1'])
    expect(await ids({ network: 'n2' })).toEqual(['subnet-2'])
  })

  it('hides the native object from JSON and leaves it readable', async () => {
    const { cloud, backend } = await openFake()
    backend.seed('network', { name: 'a' })
    const [item] = valueOf(await cloud.network.networks.list().toArray())
    expect(item?.native).toEqual({ of: 'the provider' })
    expect(JSON.stringify(item)).not.toContain('provider"')
    expect(Object.keys({ ...item })).not.toContain('native')
  })

  it('refuses a page size that is none, and a filter that nobody knows', async () => {
    const { cloud } = await openFake()
    expect(errorOf(await cloud.network.networks.list({}, { pageSize: 0 }).page())).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['pageSize'] },
    })
    expect(errorOf(await cloud.network.networks.list({ nme: 'x' } as never).toArray()).message).toBe(
      'nme: is not a field here; did you mean name?',
    )
  })

  it('of an action passes its options on, and the cursor', async () => {
    const { cloud, backend } = await openFake()
    backend.script(
      'object.list',
      () => ({ items: [{ key: 'a' }], nextCursor: 'a' }),
      () => ({ items: [{ key: 'b' }] }),
    )
    const all = valueOf(await cloud.storage.objects.list('b' as BucketId, { prefix: 'x', pageSize: 1 }).toArray())
    expect(all.map(({ key }) => key)).toEqual(['a', 'b'])
    expect(backend.args.map((args) => args[1])).toEqual([
      { prefix: 'x', cursor: undefined, pageSize: 1 },
      { prefix: 'x', cursor: 'a', pageSize: 1 },
    ])
  })
})

describe('findByKey', () => {
  it('finds, and concludes absence only after the settle window', async () => {
    const { cloud, backend, world } = await openFake({ consistency: { settleMs: 2000 } })
    backend.seed('network', { key: 'k' })
    expect(valueOf(await cloud.network.networks.findByKey('k')).id).toBe(id)
    expect(world.now()).toBe(0)
    expect(errorOf(await cloud.network.networks.findByKey('other')).code).toBe('NotFound')
    expect(world.now()).toBe(2000)
  })

  it('of a kind without a mark needs what was asked for', async () => {
    const { cloud, backend } = await openFake()
    expect(errorOf(await cloud.storage.buckets.findByKey('k'))).toMatchObject({ code: 'InvalidArgument', details: { path: ['spec'] } })
    backend.seed('bucket', { name: 'site' })
    expect(valueOf(await cloud.storage.buckets.findByKey('k', { spec: { name: 'site' } })).name).toBe('site')
  })

  it('looks through every page, and no page twice', async () => {
    const { cloud, backend } = await openFake()
    backend.pageSize = 2
    for (const name of ['aaa', 'bbb', 'ccc', 'ddd', 'eee']) backend.seed('bucket', { name })
    expect(valueOf(await cloud.storage.buckets.findByKey('k', { spec: { name: 'eee' } })).name).toBe('eee')
    expect(backend.count('bucket.listPage')).toBe(3)
    const turning = { items: [], nextCursor: 'same' }
    backend.script(
      'bucket.listPage',
      () => turning,
      () => turning,
      () => turning,
    )
    expect(errorOf(await cloud.storage.buckets.findByKey('k', { spec: { name: 'zzz' } })).code).toBe('NotFound')
  })

  it('removes no twin: it only reads', async () => {
    const { cloud, backend } = await openFake({ readOnly: true })
    backend.seed('network', { key: 'k' })
    backend.seed('network', { key: 'k' })
    expect(valueOf(await cloud.network.networks.findByKey('k')).id).toBe(id)
    expect(backend.ids('network')).toHaveLength(2)
  })
})

describe('bytes that a cloud gives', () => {
  const content = async function* (fail?: Error): AsyncGenerator<Uint8Array> {
    yield new Uint8Array([1])
    if (fail !== undefined) throw fail
    yield new Uint8Array([2])
  }

  it('arrive whole', async () => {
    const { cloud, backend } = await openFake()
    backend.script('object.get', () => ({ head: { key: 'k' }, content: content() }))
    const { content: stream } = valueOf(await cloud.storage.objects.get('b' as BucketId, 'k'))
    expect(await collect(stream)).toHaveLength(2)
  })

  it('end with a CloudError when the transfer breaks, which the driver classifies', async () => {
    const { cloud, backend } = await openFake()
    backend.script('image.export', () => content(new FakeFailure(503, 'reset')))
    const stream = valueOf(await cloud.compute.images.export('i' as never))
    await expect(collect(stream)).rejects.toMatchObject({
      name: 'CloudError',
      code: 'Unavailable',
      message: 'reset',
      context: { operation: 'image.export' },
    })
  })

  it('end when the caller aborts, though the driver does not listen', async () => {
    const { cloud, backend } = await openFake()
    backend.script('image.export', async () =>
      (async function* () {
        yield new Uint8Array([1])
        await new Promise(() => {})
      })(),
    )
    const leaving = new AbortController()
    const stream = valueOf(await cloud.compute.images.export('i' as never, { signal: leaving.signal, timeoutMs: 5 }))
    const reading = collect(stream)
    setTimeout(() => leaving.abort(), 20)
    await expect(reading).rejects.toMatchObject({ code: 'Cancelled' })
  })

  it('are let go of when the reader stops early', async () => {
    const { cloud, backend } = await openFake()
    let isFreed = false
    backend.script('image.export', () =>
      (async function* () {
        try {
          yield new Uint8Array([1])
          yield new Uint8Array([2])
        } finally {
          isFreed = true
        }
      })(),
    )
    for await (const _ of valueOf(await cloud.compute.images.export('i' as never))) break
    await new Promise(setImmediate)
    expect(isFreed).toBe(true)
  })

  const collect = async (stream: AsyncIterable<Uint8Array>): Promise<readonly Uint8Array[]> => {
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk)
    return chunks
  }
})

it('a cloud without a capability has no member for it, and answers Unsupported to a call by name', async () => {
  const { cloud } = await openFake({ always: ['server'] })
  expect(cloud.compute.servers).not.toHaveProperty('resize')
  expect(cloud).not.toHaveProperty('network')
  expect(kindService(cloud, 'network')).toBeUndefined()
})
