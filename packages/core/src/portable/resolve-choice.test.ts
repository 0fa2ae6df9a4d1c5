import { describe, expect, it } from 'vitest'
import { FakeFailure } from '../__fixtures__/fake-backend.ts'
import type { OpenFake } from '../__fixtures__/fake-driver.ts'
import { openFake } from '../__fixtures__/fake-driver.ts'
import { errorOf, valueOf } from '../__fixtures__/outcome.ts'
import type { ServerSpec } from '../compute/server.ts'

async function withCatalogue(): Promise<OpenFake> {
  const opened = await openFake()
  const { backend } = opened
  const size = (name: string, vcpus: number, memoryGiB: number, more = {}) =>
    backend.seed('serverSize', { id: `id-${name}` as never, name, observed: { vcpus, memoryGiB, ...more } })
  size('large', 8, 32)
  size('gpu', 4, 16, { accelerators: 1 })
  size('medium', 4, 8)
  size('small', 2, 4)
  const image = (id: string, version: string, day: number, more = {}, phase = 'Ready') =>
    backend.seed('image', {
      id: id as never,
      name: `debian-${version}`,
      observed: { os: 'debian', version, ...more },
      createdAt: new Date(day),
      status: { phase, providerState: phase },
    })
  image('old', '13', 1)
  image('new', '13', 3)
  image('newest but not ready', '13', 9, {}, 'Importing')
  image('for clusters', '13', 8, { purpose: 'kubernetes' })
  image('older', '12', 7)
  return opened
}

const chosen = async ({ cloud }: OpenFake, spec: Partial<ServerSpec>): Promise<{ readonly image?: unknown; readonly size?: unknown }> =>
  valueOf(await cloud.compute.servers.create({ name: 'web', image: { os: 'debian', version: '13' }, size: { vcpus: 1 }, ...spec })).observed

describe('a selector', () => {
  it('takes the smallest size that has what was asked', async () => {
    const opened = await withCatalogue()
    expect(await chosen(opened, { size: { vcpus: 2 } })).toMatchObject({ size: 'id-small' })
    expect(await chosen(opened, { size: { vcpus: 2, memoryGiB: 5 } })).toMatchObject({ size: 'id-medium' })
    expect(await chosen(opened, { size: { memoryGiB: 16 } })).toMatchObject({ size: 'id-large' })
    expect(await chosen(opened, { size: { accelerators: 1 } })).toMatchObject({ size: 'id-gpu' })
  })

  it('takes the newest image that is ready and made for servers, unless another purpose is named', async () => {
    const opened = await withCatalogue()
    expect(await chosen(opened, {})).toMatchObject({ image: 'new' })
    expect(await chosen(opened, { image: { os: 'debian' } })).toMatchObject({ image: 'older' })
    expect(await chosen(opened, { image: { os: 'debian', purpose: 'kubernetes' } })).toMatchObject({ image: 'for clusters' })
  })

  it('that nothing fits names what there is', async () => {
    const { cloud, backend } = await withCatalogue()
    const error = errorOf(await cloud.compute.servers.create({ name: 'web', image: { os: 'debian' }, size: { vcpus: 64 } }))
    expect(error).toMatchObject({ code: 'InvalidArgument', details: { path: ['size'] } })
    expect(error.message).toBe('size: no serverSize here is {"vcpus":64}; there are gpu, large, medium, small')
    expect(backend.count('server.create')).toBe(0)
  })

  it('reads every page of the list, and ends when a cursor comes again', async () => {
    const opened = await withCatalogue()
    opened.backend.pageSize = 1
    expect(await chosen(opened, { size: { vcpus: 2 } })).toMatchObject({ size: 'id-small' })
    expect(opened.backend.count('serverSize.listPage')).toBe(4)
    opened.backend.script('image.listPage', ...[1, 2, 3].map(() => () => ({ items: [], nextCursor: 'same' })))
    const error = errorOf(await opened.cloud.compute.servers.create({ name: 'web', image: { os: 'alpine' }, size: 'id-small' as never }))
    expect(error.message).toContain('a cursor that it had given before')
  })

  it('lists once for a kind that nobody creates, and anew for one that people do', async () => {
    const opened = await withCatalogue()
    await chosen(opened, { size: { vcpus: 2, memoryGiB: 4 } })
    await chosen(opened, { size: { memoryGiB: 4, vcpus: 2 } })
    expect(opened.backend.count('serverSize.listPage')).toBe(1)
    expect(opened.backend.count('image.listPage')).toBe(2)
  })
})

describe('a text', () => {
  it('that is an id costs one get, and nothing once it has been seen', async () => {
    const opened = await withCatalogue()
    const { backend } = opened
    await chosen(opened, { image: 'old' as ServerSpec['image'], size: 'id-small' })
    await chosen(opened, { image: 'old' as ServerSpec['image'], size: 'id-small' })
    expect(backend.count('image.get') + backend.count('serverSize.get')).toBe(2)
    expect(backend.count('image.listPage') + backend.count('serverSize.listPage')).toBe(0)
  })

  it('that a list or a get has shown costs nothing', async () => {
    const opened = await withCatalogue()
    await opened.cloud.compute.images.list().toArray().unwrapOr(undefined)
    await opened.cloud.compute.serverSizes.get('id-small' as never).unwrapOr(undefined)
    opened.backend.calls.length = 0
    await chosen(opened, { image: 'old' as ServerSpec['image'], size: 'id-small' })
    expect(opened.backend.calls).toEqual(['server.create'])
  })

  it('that is a name is asked for by name', async () => {
    const opened = await withCatalogue()
    expect(await chosen(opened, { image: 'debian-12' as ServerSpec['image'], size: 'medium' })).toMatchObject({
      image: 'older',
      size: 'id-medium',
    })
    await chosen(opened, { image: 'older' as ServerSpec['image'], size: 'medium' })
    expect(opened.backend.count('serverSize.listPage')).toBe(1)
  })

  it('that some clouds call malformed as an id is still looked for as a name', async () => {
    const opened = await withCatalogue()
    opened.backend.script('serverSize.get', () => Promise.reject(new FakeFailure(400, 'malformed id')))
    expect(await chosen(opened, { size: 'medium' })).toMatchObject({ size: 'id-medium' })
  })

  it('that several are called is refused, naming their ids', async () => {
    const { cloud } = await withCatalogue()
    const error = errorOf(await cloud.compute.servers.create({ name: 'web', image: 'debian-13' as ServerSpec['image'], size: 'small' }))
    expect(error).toMatchObject({ code: 'InvalidArgument', details: { path: ['image'] } })
    expect(error.message).toContain('several are called debian-13; give an id: old, new')
  })

  it('whose look-up fails ends the call with that failure', async () => {
    const opened = await withCatalogue()
    opened.backend.script('serverSize.get', () => Promise.reject(new FakeFailure(429)))
    const error = errorOf(await opened.cloud.compute.servers.create({ name: 'web', image: 'old' as ServerSpec['image'], size: 'small' }))
    expect(error.code).toBe('RateLimited')
  })

  it('is asked for again once something of its kind was removed, or a call found nothing', async () => {
    const opened = await withCatalogue()
    const { cloud, backend } = opened
    await chosen(opened, { image: 'old' as ServerSpec['image'] })
    await cloud.compute.images.delete('old' as never).unwrapOr(undefined)
    const gone = errorOf(await cloud.compute.servers.create({ name: 'web', image: 'old' as ServerSpec['image'], size: 'small' }))
    expect(gone.message).toContain('image: no image here is called old')
    await chosen(opened, { image: 'older' as ServerSpec['image'] })
    backend.script('server.create', () => Promise.reject(new FakeFailure(404, 'image not found', { kind: 'image', id: 'older' })))
    await cloud.compute.servers.create({ name: 'web', image: 'older' as ServerSpec['image'], size: 'small' }).unwrapOr(undefined)
    const before = backend.count('image.get')
    await chosen(opened, { image: 'older' as ServerSpec['image'] })
    expect(backend.count('image.get')).toBe(before + 1)
  })
})

describe('a choice', () => {
  it('is made for an argument of an action too', async () => {
    const opened = await withCatalogue()
    const server = opened.backend.seed('server', {})
    await opened.cloud.compute.servers.resize(server.id as never, { vcpus: 3 }).unwrapOr(undefined)
    expect(opened.backend.args.at(-1)?.slice(0, 2)).toEqual([server.id, 'id-medium'])
  })

  it('ends with the deadline of its call, whatever the list does', async () => {
    const { cloud, backend } = await withCatalogue()
    backend.script('image.listPage', () => new Promise(() => {}))
    const error = errorOf(await cloud.compute.servers.create({ name: 'web', image: { os: 'debian' }, size: 'small' }, { timeoutMs: 100 }))
    expect(error).toMatchObject({ code: 'DeadlineExceeded', context: { operation: 'server.create' } })
  })

  it('on a cloud that has nothing to choose from is Unsupported', async () => {
    const { cloud } = await openFake({ always: ['server'] })
    const error = errorOf(await cloud.compute.servers.create({ name: 'web', image: 'i' as ServerSpec['image'], size: 's' }))
    expect(error).toMatchObject({ code: 'Unsupported', details: { capability: 'image' } })
    expect(error.message).toBe('image: this cloud (fake) has no image to choose from')
  })
})
