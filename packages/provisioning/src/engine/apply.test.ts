import { interceptCloud, openCloud } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { describe, expect, it } from 'vitest'
import { bucket, defineStack, network, server, subnet } from '../index.ts'
import { memoryStateStore } from '../state/memory-store.ts'
import { apply, destroy } from './apply.ts'
import { plan } from './plan.ts'

const shop = (size: number, withBucket = true) => {
  const net = network({})
  const front = subnet({ network: net, cidr: '10.0.0.0/24' })
  const web = server({ image: { os: 'debian', version: '13' }, size: { vcpus: size, memoryGiB: 4 }, subnets: [front] })
  const app = server({
    image: { os: 'debian', version: '13' },
    size: { vcpus: 1 },
    subnets: [front],
    labels: { upstream: web.outputs.addresses.map((addresses) => addresses[0] ?? '') },
  })
  return defineStack('shop', { net, front, web, app, ...(withBucket ? { files: bucket({}) } : {}) }, { addresses: web.outputs.addresses })
}

const open = async (delayMs = 0) => (await openCloud(local({ delayMs })))._unsafeUnwrap()

describe('apply', () => {
  it('makes what is wanted, and the second plan is empty', async () => {
    const cloud = await open(20)
    const options = { environment: 'test', state: memoryStateStore(), pollMs: 10 }
    const applied = (await apply(shop(2), cloud, options))._unsafeUnwrap()
    expect(applied.outputs.addresses).toEqual(['10.0.0.2'])
    expect(applied.plan.summary).toEqual({ create: 5, update: 0, replace: 0, delete: 0, none: 0 })
    const again = (await plan(shop(2), cloud, options))._unsafeUnwrap()
    expect(again.summary).toEqual({ create: 0, update: 0, replace: 0, delete: 0, none: 5 })
  })

  it('changes in place what can be, and deletes what is no longer wanted', async () => {
    const cloud = await open()
    const options = { environment: 'test', state: memoryStateStore() }
    ;(await apply(shop(2), cloud, options))._unsafeUnwrap()
    const changed = (await apply(shop(4, false), cloud, options))._unsafeUnwrap()
    expect(changed.plan.summary).toEqual({ create: 0, update: 1, replace: 0, delete: 1, none: 3 })
    expect((await cloud.storage.buckets.list().toArray())._unsafeUnwrap()).toEqual([])
  })

  it('replaces what stands on something that is replaced', async () => {
    const cloud = await open()
    const options = { environment: 'test', state: memoryStateStore() }
    const tier = (cidr: string) => {
      const net = network({})
      const front = subnet({ network: net, cidr })
      return defineStack('tier', { net, front, web: server({ image: { os: 'debian' }, size: { vcpus: 1 }, subnets: [front] }) })
    }
    ;(await apply(tier('10.0.0.0/24'), cloud, options))._unsafeUnwrap()
    const applied = (await apply(tier('10.0.1.0/24'), cloud, options))._unsafeUnwrap()
    expect(applied.plan.changes.map(({ address, action }) => [address, action])).toEqual([
      ['net', 'none'],
      ['front', 'replace'],
      ['web', 'replace'],
    ])
    expect((await plan(tier('10.0.1.0/24'), cloud, options))._unsafeUnwrap().summary.none).toBe(3)
    expect((await cloud.compute.servers.list().toArray())._unsafeUnwrap()).toHaveLength(1)
  })

  it('destroys everything by the state alone', async () => {
    const cloud = await open(10)
    const options = { environment: 'test', state: memoryStateStore(), pollMs: 5 }
    ;(await apply(shop(2), cloud, options))._unsafeUnwrap()
    ;(await destroy({ name: 'shop' }, cloud, options))._unsafeUnwrap()
    expect(
      (await cloud.network.networks.list({ owner: undefined }).toArray())._unsafeUnwrap().filter(({ owner }) => owner !== undefined),
    ).toEqual([])
    expect((await cloud.compute.servers.list().toArray())._unsafeUnwrap()).toEqual([])
  })

  it('finds what a create has made whose answer was lost', async () => {
    const cloud = await open()
    const options = { environment: 'test', state: memoryStateStore() }
    let lost = 0
    const flaky = interceptCloud(cloud, (call, next) =>
      call.kind === 'server' && call.verb === 'create' && lost++ === 0
        ? next(call).andThen(() =>
            cloud.compute.servers.get('lost' as never).mapErr((error) => Object.assign(error, { code: 'Unavailable' })),
          )
        : next(call),
    )
    const first = await apply(shop(2), flaky, options)
    expect(first._unsafeUnwrapErr().code).toBe('ResourceFailed')
    const second = (await apply(shop(2), cloud, options))._unsafeUnwrap()
    expect(second.plan.recovered.map(({ address, found }) => [address, found])).toEqual([['web', 'present']])
    expect((await cloud.compute.servers.list().toArray())._unsafeUnwrap()).toHaveLength(2)
  })

  it('answers what is wrong with a stack before anything is asked of the cloud', async () => {
    const cloud = await open()
    const options = { environment: 'test', state: memoryStateStore() }
    const net = network({})
    const broken = defineStack('broken', { a: net, b: net, c: subnet({ network: network({}), cidr: '10.0.0.0/33' }) })
    const error = (await apply(broken, cloud, options))._unsafeUnwrapErr()
    expect(error.code).toBe('InvalidStack')
    expect(error.message).toMatchInlineSnapshot(`
      "3 things are wrong:
        b: is the same resource as a; make a second one, or list it once
        c.network: refers to a network that is not in the stack; list it under a name
        c.cidr: expected a range in CIDR notation, such as 10.0.0.0/24, got "10.0.0.0/33""
    `)
  })
})
