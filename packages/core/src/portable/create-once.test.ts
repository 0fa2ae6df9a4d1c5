import { describe, expect, it } from 'vitest'
import { FakeFailure } from '../__fixtures__/fake-backend.ts'
import { whenIdle } from '../__fixtures__/fake-clock.ts'
import { openFake } from '../__fixtures__/fake-driver.ts'
import { errorOf, valueOf } from '../__fixtures__/outcome.ts'
import type { ServerSpec } from '../compute/server.ts'

const spec = { name: 'web', image: 'image-x' as ServerSpec['image'], size: 'size-x' } satisfies ServerSpec
const net = { name: 'front' }
const lost = (carryOut: () => Promise<unknown>): Promise<never> =>
  carryOut().then(() => {
    throw new FakeFailure(503, 'connection reset')
  })
const refused = (): never => {
  throw new FakeFailure(503, 'connection reset')
}
const never = (): Promise<never> => new Promise(() => {})

describe('one key makes one resource', () => {
  it('shares one request between callers who use a key at the same time', async () => {
    const { cloud, backend } = await openFake()
    const made = await Promise.all([1, 2, 3].map(() => cloud.network.networks.create(net, { key: 'k' })))
    expect(new Set(made.map((result) => valueOf(result).id))).toEqual(new Set(['network-1']))
    expect(backend.count('network.create')).toBe(1)
  })

  it('gives the same resource when the key comes again later', async () => {
    const { cloud, backend } = await openFake()
    const first = await cloud.network.networks.create(net, { key: 'k' })
    const second = await cloud.network.networks.create(net, { key: 'k' })
    expect(valueOf(second).id).toBe(valueOf(first).id)
    expect(backend.count('network.create')).toBe(1)
  })

  it('refuses a key that was used for another spec, during and after', async () => {
    const { cloud, backend } = await openFake()
    const [first, other] = await Promise.all([
      cloud.network.networks.create(net, { key: 'k' }),
      cloud.network.networks.create({ name: 'other' }, { key: 'k' }),
    ])
    expect(first.isOk()).toBe(true)
    expect(errorOf(other).code).toBe('FailedPrecondition')
    expect(errorOf(await cloud.network.networks.create({ name: 'other' }, { key: 'k' })).code).toBe('FailedPrecondition')
    expect(backend.count('network.create')).toBe(1)
  })

  it('refuses a key that another process used for another spec, naming what it made', async () => {
    const { cloud, backend } = await openFake()
    backend.seed('network', { key: 'k', specDigest: 'another' })
    const error = errorOf(await cloud.network.networks.create(net, { key: 'k', again: true }))
    expect(error).toMatchObject({ code: 'FailedPrecondition', context: { exists: [{ kind: 'network', id: 'network-1' }] } })
  })

  it('takes the same spec with its members in another order as the same', async () => {
    const { cloud } = await openFake()
    const first = await cloud.network.networks.create({ name: 'a', labels: { x: '1', y: '2' } }, { key: 'k' })
    const second = await cloud.network.networks.create({ labels: { y: '2', x: '1' }, name: 'a' }, { key: 'k' })
    expect(valueOf(second).id).toBe(valueOf(first).id)
  })

  it('remembers no key that the caller did not give: two plain creates make two', async () => {
    const { cloud, backend } = await openFake()
    await cloud.network.networks.create(net).unwrapOr(undefined)
    await cloud.network.networks.create(net).unwrapOr(undefined)
    expect(backend.ids('network')).toEqual(['network-1', 'network-2'])
    expect(backend.count('network.findByKey')).toBe(0)
  })

  it('makes it anew when what the key had made is gone', async () => {
    const { cloud } = await openFake()
    const first = valueOf(await cloud.network.networks.create(net, { key: 'k' }))
    await cloud.network.networks.delete(first.id).unwrapOr(undefined)
    expect(valueOf(await cloud.network.networks.create(net, { key: 'k' })).id).toBe('network-2')
  })

  it('holds for an action that creates, by the mark of what it makes', async () => {
    const { cloud, backend } = await openFake()
    const server = backend.seed('server', { name: 'web' })
    const first = await cloud.compute.servers.snapshot(server.id as never, 'backup', { key: 'k' })
    const second = await cloud.compute.servers.snapshot(server.id as never, 'backup', { key: 'k' })
    expect(valueOf(second)).toMatchObject({ kind: 'image', id: valueOf(first).id })
    expect(backend.count('server.snapshot')).toBe(1)
    const other = backend.seed('server', { name: 'other' })
    expect(errorOf(await cloud.compute.servers.snapshot(other.id as never, 'backup', { key: 'k' })).code).toBe('FailedPrecondition')
  })
})

describe('again', () => {
  it('costs a first attempt nothing: no look-up without it', async () => {
    const { cloud, backend } = await openFake()
    await cloud.network.networks.create(net, { key: 'k' }).unwrapOr(undefined)
    expect(backend.calls).toEqual(['network.create'])
  })

  it('finds what a process that is gone has made, though the cloud shows it late', async () => {
    const { cloud, backend, world } = await openFake({ consistency: { settleMs: 4000 } })
    const made = backend.seed('network', { key: 'k' })
    backend.script(
      'network.findByKey',
      () => [],
      () => [],
    )
    expect(valueOf(await cloud.network.networks.create(net, { key: 'k', again: true })).id).toBe(made.id)
    expect(backend.count('network.create')).toBe(0)
    expect(world.now()).toBe(1000)
  })

  it('concludes absence only after the settle window, and then creates', async () => {
    const { cloud, backend, world } = await openFake({ consistency: { settleMs: 4000 } })
    expect((await cloud.network.networks.create(net, { key: 'k', again: true })).isOk()).toBe(true)
    expect(world.now()).toBe(4000)
    expect(backend.calls.at(-1)).toBe('network.create')
  })

  it('does not create when the look-up itself fails', async () => {
    const { cloud, backend } = await openFake()
    backend.script('network.findByKey', () => Promise.reject(new FakeFailure(429)))
    expect(errorOf(await cloud.network.networks.create(net, { key: 'k', again: true })).code).toBe('RateLimited')
    expect(backend.count('network.create')).toBe(0)
  })

  it('looks for nothing on a cloud with keys of its own: the create itself is the question', async () => {
    const { cloud, backend } = await openFake({ consistency: { nativeKeys: true } })
    await cloud.network.networks.create(net, { key: 'k', again: true }).unwrapOr(undefined)
    expect(backend.calls).toEqual(['network.create'])
  })

  it('finds a kind without a mark by its name, or by what it joins', async () => {
    const { cloud, backend } = await openFake()
    const bucket = backend.seed('bucket', { name: 'site', observed: {} })
    expect(valueOf(await cloud.storage.buckets.create({ name: 'site' }, { key: 'k', again: true })).id).toBe(bucket.id)
    const attachment = backend.seed('volumeAttachment', { observed: { volume: 'v', server: 's' } })
    const joined = { volume: 'v' as never, server: 's' as never }
    expect(valueOf(await cloud.storage.volumeAttachments.create(joined, { key: 'j', again: true })).id).toBe(attachment.id)
    expect(backend.count('bucket.create') + backend.count('volumeAttachment.create')).toBe(0)
  })

  it('does not take for its own what shows another key', async () => {
    const { cloud, backend } = await openFake()
    backend.seed('bucket', { name: 'site', key: 'of somebody else' })
    backend.script('bucket.create', () => Promise.reject(new FakeFailure(409, 'taken', { kind: 'bucket', id: 'site' })))
    expect(errorOf(await cloud.storage.buckets.create({ name: 'site' }, { key: 'k', again: true })).code).toBe('AlreadyExists')
  })

  it('keeps the oldest of twins, removes the others and says so', async () => {
    const { cloud, backend, world } = await openFake()
    const createdAt = (day: number) => new Date(Date.UTC(2026, 0, day))
    backend.seed('network', { key: 'k', createdAt: createdAt(2) })
    const oldest = backend.seed('network', { key: 'k', createdAt: createdAt(1) })
    expect(valueOf(await cloud.network.networks.create(net, { key: 'k', again: true })).id).toBe(oldest.id)
    expect(backend.ids('network')).toEqual([oldest.id])
    expect(world.logged[0]?.message).toBe('network network-1 is a twin of network-2, made with the same key, and was removed')
  })
})

describe('an answer that is lost', () => {
  it('is made good by a look-up', async () => {
    const { cloud, backend } = await openFake()
    backend.script('network.create', lost)
    expect(valueOf(await cloud.network.networks.create(net)).id).toBe('network-1')
    expect(backend.calls).toEqual(['network.create', 'network.findByKey'])
  })

  it('is looked for until the cloud has settled', async () => {
    const { cloud, backend, world } = await openFake({ visibleAfterMs: 1500, consistency: { settleMs: 4000 } })
    backend.script('network.create', lost)
    expect(valueOf(await cloud.network.networks.create(net)).id).toBe('network-1')
    expect(world.now()).toBe(1500)
  })

  it('of a request that was never carried out is the failure itself, once that is certain', async () => {
    const { cloud, backend, world } = await openFake({ consistency: { settleMs: 4000 } })
    backend.script('network.create', refused)
    const error = errorOf(await cloud.network.networks.create(net))
    expect(error).toMatchObject({ code: 'Unavailable', message: 'connection reset', retryable: true })
    expect(error.context.key).toBeUndefined()
    expect(world.now()).toBe(4000)
  })

  it('stays unknown when the look-up fails too: the error says that repeating with its key is safe', async () => {
    const { cloud, backend } = await openFake()
    backend.script('network.create', refused)
    backend.script('network.findByKey', refused)
    const error = errorOf(await cloud.network.networks.create(net))
    expect(error.context.key).toBe('uuid-1')
    expect(error.message).toContain('may have been carried out')
    expect(error.message).toContain('key uuid-1 and again: true is safe')
  })

  it('is asked for once more on a cloud with keys of its own', async () => {
    const { cloud, backend } = await openFake({ consistency: { nativeKeys: true } })
    backend.script('network.create', refused)
    expect((await cloud.network.networks.create(net)).isOk()).toBe(true)
    expect(backend.calls).toEqual(['network.create', 'network.create'])
    expect(new Set(backend.args.map((args) => (args.at(-1) as { readonly key: string }).key)).size).toBe(1)
  })

  it('is not asked for again when the request held a stream: that is looked for', async () => {
    const { cloud, backend } = await openFake({ consistency: { nativeKeys: true } })
    backend.script('image.import', lost)
    const stream = (async function* () {
      yield new Uint8Array([1])
    })()
    expect(valueOf(await cloud.compute.images.import({ name: 'mine' }, stream)).kind).toBe('image')
    expect(backend.calls).toEqual(['image.import', 'image.findByKey'])
  })

  it('of a failure that tells is no question', async () => {
    const { cloud, backend } = await openFake()
    backend.script('network.create', () => Promise.reject(new FakeFailure(429)))
    expect(errorOf(await cloud.network.networks.create(net))).toMatchObject({ code: 'RateLimited', details: { retryAfterMs: 5 } })
    expect(backend.calls).toEqual(['network.create'])
  })

  it('of a driver that gave no resource is looked for', async () => {
    const { cloud, backend } = await openFake()
    backend.script('network.create', (carryOut) => carryOut().then(() => undefined))
    expect(valueOf(await cloud.network.networks.create(net)).id).toBe('network-1')
  })
})

describe('a cloud that shows late what it has made', () => {
  it('is read until it shows it', async () => {
    const { cloud, backend, world } = await openFake({ visibleAfterMs: 700, consistency: { readAfterCreateMs: 2000 } })
    const made = valueOf(await cloud.network.networks.create(net))
    expect((await cloud.network.networks.get(made.id)).isOk()).toBe(true)
    expect(world.now()).toBe(750)
    expect(backend.count('network.get')).toBe(5)
  })

  it('is borne with while reads fail for a while', async () => {
    const { cloud, backend } = await openFake({ consistency: { readAfterCreateMs: 2000 } })
    backend.script('network.get', refused, () => Promise.reject(new FakeFailure(429)))
    expect((await cloud.network.networks.create(net)).isOk()).toBe(true)
  })

  it('is given up after the time that its driver names, saying what exists', async () => {
    const { cloud } = await openFake({ visibleAfterMs: 60_000, consistency: { readAfterCreateMs: 2000 } })
    const error = errorOf(await cloud.network.networks.create(net))
    expect(error).toMatchObject({
      code: 'Unavailable',
      retryable: true,
      context: { key: 'uuid-1', exists: [{ kind: 'network', id: 'network-1' }] },
    })
  })

  it('is believed when reading is not allowed at all', async () => {
    const { cloud, backend } = await openFake({
      consistency: { readAfterCreateMs: 2000 },
      classify: () => ({ code: 'PermissionDenied', message: 'write only', details: {} }),
    })
    backend.script('network.get', refused)
    expect((await cloud.network.networks.create(net)).isOk()).toBe(true)
  })
})

describe('a caller who leaves', () => {
  it('does not take the resource from another who waits for the same key', async () => {
    const { cloud, backend } = await openFake()
    const leaving = new AbortController()
    let letGo = (): void => {}
    const gate = new Promise<void>((resolve) => (letGo = resolve))
    const begun = new Promise<void>((resolve) => {
      backend.script('network.create', async (carryOut) => {
        resolve()
        await gate
        return carryOut()
      })
    })
    const first = cloud.network.networks.create(net, { key: 'k', signal: leaving.signal })
    const second = cloud.network.networks.create(net, { key: 'k' })
    await begun
    await whenIdle() // The other waits too.
    leaving.abort()
    const error = errorOf(await first)
    expect(error).toMatchObject({ code: 'Cancelled', context: { key: 'k' } })
    expect(error.message).toContain('may have been carried out')
    letGo()
    expect(valueOf(await second).id).toBe('network-1')
    expect(backend.count('network.create')).toBe(1)
  })

  it('aborts the request when nobody is left', async () => {
    const { cloud, backend } = await openFake()
    const [one, two] = [new AbortController(), new AbortController()]
    const begun = new Promise<AbortSignal>((resolve) => {
      backend.script('network.create', (_, ...[, call]: readonly never[]) => {
        // What comes with a create.
        resolve((call as unknown as { readonly signal: AbortSignal }).signal)
        return never()
      })
    })
    const first = cloud.network.networks.create(net, { key: 'k', signal: one.signal })
    const second = cloud.network.networks.create(net, { key: 'k', signal: two.signal })
    const signal = await begun
    await whenIdle() // The other waits too.
    one.abort()
    expect((await first).isErr()).toBe(true)
    expect(signal.aborted).toBe(false)
    two.abort()
    expect(errorOf(await second).code).toBe('Cancelled')
    expect(signal.aborted).toBe(true)
  })

  it('may come back with the same key and gets what was made', async () => {
    const { cloud, backend } = await openFake()
    backend.script('network.create', (carryOut) => carryOut().then(never))
    const late = await cloud.network.networks.create(net, { timeoutMs: 50 })
    expect(errorOf(late)).toMatchObject({ code: 'DeadlineExceeded', context: { key: 'uuid-1' } })
    const again = await cloud.network.networks.create(net, { key: 'uuid-1', again: true })
    expect(valueOf(again).id).toBe('network-1')
    expect(backend.ids('network')).toEqual(['network-1'])
  })

  it('hears what exists when the create was answered before', async () => {
    const { cloud } = await openFake({ visibleAfterMs: 60_000, consistency: { readAfterCreateMs: 30_000 } })
    const error = errorOf(await cloud.network.networks.create(net, { timeoutMs: 500, key: 'k' }))
    expect(error).toMatchObject({ code: 'DeadlineExceeded', context: { key: 'k', exists: [{ kind: 'network', id: 'network-1' }] } })
  })

  it('sends nothing when the signal is aborted already', async () => {
    const { cloud, backend } = await openFake()
    expect(errorOf(await cloud.network.networks.create(net, { signal: AbortSignal.abort() }))).toMatchObject({
      code: 'Cancelled',
      message: 'network.create was cancelled',
    })
    expect(backend.calls).toEqual([])
  })
})

describe('until', () => {
  it('waits for the phase within the time of the one call', async () => {
    const { cloud, backend } = await openFake()
    const server = { ...spec, image: backend.seed('image', {}).id as never, size: backend.seed('serverSize', {}).id as never }
    backend.script('server.create', async (carryOut) => ({
      ...((await carryOut()) as object),
      status: { phase: 'Provisioning', providerState: 'BUILD' },
    }))
    expect(valueOf(await cloud.compute.servers.create(server, { until: 'Running', timeoutMs: 5000 })).status.phase).toBe('Running')
  })

  it('says what exists when the wait ends first', async () => {
    const { cloud, backend, world } = await openFake()
    const server = { ...spec, image: backend.seed('image', {}).id as never, size: backend.seed('serverSize', {}).id as never }
    const error = errorOf(await cloud.compute.servers.create(server, { until: 'Stopped', timeoutMs: 5000 }))
    expect(error).toMatchObject({ code: 'DeadlineExceeded', context: { exists: [{ kind: 'server', id: 'server-3' }] } })
    expect(world.now()).toBe(5000)
  })

  it('refuses a phase that the kind does not have, before anything is sent', async () => {
    const { cloud, backend } = await openFake()
    const error = errorOf(await cloud.network.networks.create(net, { until: 'Redy' as never }))
    expect(error).toMatchObject({
      code: 'InvalidArgument',
      message: 'until: is not a phase here; did you mean Ready?',
      details: { path: ['until'] },
    })
    expect(backend.calls).toEqual([])
  })
})
