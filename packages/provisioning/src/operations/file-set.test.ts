import { openCloud } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { describe, expect, it } from 'vitest'
import { apply, bucket, defineStack, destroy, directory, fileSet, memoryStateStore, plan, texts } from '../index.ts'

const site = (files: Readonly<Record<string, string>>) => {
  const store = bucket({})
  return defineStack('site', { store, pages: fileSet({ bucket: store, prefix: 'www/', from: texts(files) }) })
}

const open = async () => (await openCloud(local()))._unsafeUnwrap()

describe('a set of files', () => {
  it('is one resource, and only what changed is put again', async () => {
    const cloud = await open()
    const options = { environment: 'test', state: memoryStateStore() }
    ;(await apply(site({ 'a.html': 'a', 'b/c.css': 'c' }), cloud, options))._unsafeUnwrap()
    const { id } = (await cloud.storage.buckets.list().toArray())._unsafeUnwrap()[0] ?? expect.fail()
    expect((await cloud.storage.objects.head(id, 'www/b/c.css'))._unsafeUnwrap()).toMatchObject({ contentType: 'text/css', sizeBytes: 1 })
    expect((await plan(site({ 'a.html': 'a', 'b/c.css': 'c' }), cloud, options))._unsafeUnwrap().summary.none).toBe(2)

    const changed = (await apply(site({ 'a.html': 'A' }), cloud, options))._unsafeUnwrap()
    expect(changed.plan.changes.map(({ address, action }) => [address, action])).toEqual([
      ['store', 'none'],
      ['pages', 'update'],
    ])
    expect((await cloud.storage.objects.list(id).toArray())._unsafeUnwrap().map(({ key }) => key)).toEqual(['www/a.html'])
  })

  it('is put again when somebody else has changed an object', async () => {
    const cloud = await open()
    const options = { environment: 'test', state: memoryStateStore() }
    ;(await apply(site({ 'a.html': 'a' }), cloud, options))._unsafeUnwrap()
    const { id } = (await cloud.storage.buckets.list().toArray())._unsafeUnwrap()[0] ?? expect.fail()
    ;(await cloud.storage.objects.put(id, 'www/a.html', 'changed'))._unsafeUnwrap()
    const again = (await apply(site({ 'a.html': 'a' }), cloud, options))._unsafeUnwrap()
    expect(again.plan.changes.find(({ address }) => address === 'pages')?.changes[0]?.because).toBe('drifted')
    expect((await cloud.storage.objects.head(id, 'www/a.html'))._unsafeUnwrap().sizeBytes).toBe(1)
  })

  it('goes before its bucket', async () => {
    const cloud = await open()
    const options = { environment: 'test', state: memoryStateStore() }
    ;(await apply(site({ 'a.html': 'a' }), cloud, options))._unsafeUnwrap()
    ;(await destroy({ name: 'site' }, cloud, options))._unsafeUnwrap()
    expect((await cloud.storage.buckets.list().toArray())._unsafeUnwrap()).toEqual([])
  })

  it('says which folder cannot be read before anything is done', async () => {
    const cloud = await open()
    const store = bucket({})
    const missing = defineStack('site', { store, pages: fileSet({ bucket: store, from: directory('./no-such-folder') }) })
    const error = (await apply(missing, cloud, { environment: 'test', state: memoryStateStore() }))._unsafeUnwrapErr()
    expect(error.code).toBe('InvalidStack')
    expect(error.message).toContain('pages.from: cannot be read: ENOENT')
    expect((await cloud.storage.buckets.list().toArray())._unsafeUnwrap()).toEqual([])
  })
})
