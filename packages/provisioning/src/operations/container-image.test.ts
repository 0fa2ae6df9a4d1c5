import { openCloud } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { describe, expect, it } from 'vitest'
import { apply, containerImage, defineStack, destroy, directory, memoryStateStore, plan, repository, texts } from '../index.ts'

const shop = (page: string, cmd = '/serve') => {
  const images = repository({ name: 'shop/web' })
  const web = containerImage({
    repository: images,
    tag: 'v1',
    layers: [{ from: texts({ 'index.html': page }), at: '/srv' }],
    config: { Cmd: [cmd] },
  })
  return defineStack('shop', { images, web }, { digest: web.outputs.digest })
}

const open = async () => (await openCloud(local()))._unsafeUnwrap()

describe('a container image', () => {
  it('is pushed once, and not again while its files are the same', async () => {
    const cloud = await open()
    const options = { environment: 'test', state: memoryStateStore() }
    const applied = (await apply(shop('<h1>one</h1>'), cloud, options))._unsafeUnwrap()
    const there = (await cloud.registry.artifacts.resolve('shop/web:v1'))._unsafeUnwrap()
    expect(there.digest).toBe(applied.outputs.digest)
    expect((await plan(shop('<h1>one</h1>'), cloud, options))._unsafeUnwrap().summary.none).toBe(2)
  })

  it('moves its tag when files or configuration change, and leaves no manifest behind', async () => {
    const cloud = await open()
    const options = { environment: 'test', state: memoryStateStore() }
    const first = (await apply(shop('<h1>one</h1>'), cloud, options))._unsafeUnwrap()
    const second = (await apply(shop('<h1>two</h1>'), cloud, options))._unsafeUnwrap()
    const third = (await apply(shop('<h1>two</h1>', '/other'), cloud, options))._unsafeUnwrap()
    expect([second, third].map(({ plan: { summary } }) => summary.update)).toEqual([1, 1])
    expect(new Set([first, second, third].map(({ outputs }) => outputs.digest)).size).toBe(3)
    expect((await plan(shop('<h1>two</h1>', '/other'), cloud, options))._unsafeUnwrap().summary.none).toBe(2)
    expect((await destroy({ name: 'shop' }, cloud, options)).isOk()).toBe(true)
    expect((await cloud.registry.repositories.list().toArray())._unsafeUnwrap()).toEqual([])
  })

  it('is pushed again when somebody else has moved its tag', async () => {
    const cloud = await open()
    const options = { environment: 'test', state: memoryStateStore() }
    ;(await apply(shop('<h1>one</h1>'), cloud, options))._unsafeUnwrap()
    const other = { environment: 'other', state: memoryStateStore() }
    const images = (await cloud.registry.repositories.find('shop/web'))._unsafeUnwrap()
    const stranger = defineStack('stranger', {
      web: containerImage({ repository: images.id, tag: 'v1', layers: [{ from: texts({ x: 'x' }) }] }),
    })
    ;(await apply(stranger, cloud, other))._unsafeUnwrap()
    const planned = (await plan(shop('<h1>one</h1>'), cloud, options))._unsafeUnwrap()
    expect(planned.changes.find(({ address }) => address === 'web')).toMatchObject({ action: 'update', changes: [{ because: 'drifted' }] })
  })

  it('says which folder of a layer cannot be read', async () => {
    const cloud = await open()
    const images = repository({ name: 'shop/web' })
    const missing = defineStack('shop', {
      images,
      web: containerImage({ repository: images, tag: 'v1', layers: [{ from: directory('./none') }] }),
    })
    const error = (await apply(missing, cloud, { environment: 'test', state: memoryStateStore() }))._unsafeUnwrapErr()
    expect(error.message).toContain('web.layers: cannot be read: ENOENT')
  })

  it('refuses a configuration that JSON cannot hold, with its path', async () => {
    const cloud = await open()
    const images = repository({ name: 'shop/web' })
    const config = { Cmd: [1n] } as never
    const odd = defineStack('shop', {
      images,
      web: containerImage({ repository: images, tag: 'v1', layers: [{ from: texts({ a: 'b' }) }], config }),
    })
    const error = (await apply(odd, cloud, { environment: 'test', state: memoryStateStore() }))._unsafeUnwrapErr()
    expect(error.code).toBe('InvalidStack')
    expect(error.message).toContain('web.config')
  })
})
