import { setTimeout as sleep } from 'node:timers/promises'
import { cloudError, interceptCloud, openCloud } from '@hanse/core'
import type { InterceptedCall } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { errAsync, ResultAsync } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { apply, bucket, defineStack, destroy, memoryStateStore, network, plan, server, subnet } from '../index.ts'
import type { StackEvent, StateSession, StateStore } from '../index.ts'
import { stackError } from '../stack-error.ts'

const image = { os: 'debian', version: '13' } as const
const open = async (delayMs = 0) => (await openCloud(local({ delayMs })))._unsafeUnwrap()
type LocalCloud = Awaited<ReturnType<typeof open>>

const fresh = () => ({ environment: 'test', state: memoryStateStore(), pollMs: 5 })
const buckets = (count: number) =>
  defineStack('many', Object.fromEntries(Array.from({ length: count }, (_, index) => [`bucket${index}`, bucket({})])))

/** The cloud, slower, counting how many calls are under way. */
function slow(cloud: LocalCloud, ms: number) {
  const load = { now: 0, most: 0 }
  const slowed = interceptCloud(cloud, (call, next) => {
    load.now += 1
    load.most = Math.max(load.most, load.now)
    return new ResultAsync(
      (async () => {
        await sleep(ms)
        const result = await next(call)
        load.now -= 1
        return result
      })(),
    )
  })
  return { cloud: slowed, load }
}

const failing = (cloud: LocalCloud, when: (call: InterceptedCall) => boolean): LocalCloud =>
  interceptCloud(cloud, (call, next) =>
    when(call)
      ? errAsync(cloudError('QuotaExceeded', 'the account may have no more', { driver: 'test', operation: call.verb }, {}))
      : next(call),
  )

describe('how much is done at a time', () => {
  it.each([1, 3, 10])('is as much as was asked for: %i', async (parallelism) => {
    const { cloud, load } = slow(await open(), 5)
    ;(await apply(buckets(30), cloud, { ...fresh(), parallelism }))._unsafeUnwrap()
    expect(load.most).toBe(parallelism)
  })

  it('is counted for each cloud', async () => {
    const [one, other] = [slow(await open(), 20), slow(await open(), 20)]
    const { on } = await import('../index.ts')
    const edge = on('edge')
    const both = defineStack('both', {
      a: Object.fromEntries(['a', 'b', 'c'].map((name) => [name, bucket({})])),
      b: Object.fromEntries(['a', 'b', 'c'].map((name) => [name, edge.bucket({})])),
    })
    ;(await apply(both, { main: one.cloud, edge: other.cloud }, { ...fresh(), parallelism: 2 }))._unsafeUnwrap()
    expect([one.load.most, other.load.most]).toEqual([2, 2])
  })

  it('is not less because something is waited for', async () => {
    // Each server takes 150 ms to boot; ten of them, one call at a time, take little more than one.
    const cloud = await open(150)
    const fleet = defineStack(
      'fleet',
      Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`web${index}`, server({ image, size: { vcpus: 1 } })])),
    )
    const created: number[] = []
    const onEvent = (event: StackEvent) => {
      if (event.type === 'started') created.push(performance.now())
    }
    ;(await apply(fleet, cloud, { ...fresh(), parallelism: 1, onEvent }))._unsafeUnwrap()
    // All were begun before the first could have been ready, one after the other.
    expect((created.at(-1) ?? 0) - (created[0] ?? 0)).toBeLessThan(10 * 150)
  })
})

describe('a failure', () => {
  const shop = () => {
    const net = network({})
    const front = subnet({ network: net, cidr: '10.0.0.0/24' })
    return defineStack('shop', {
      net,
      front,
      web: server({ image, size: { vcpus: 1 }, subnets: [front] }),
      files: bucket({}),
      spare: bucket({}),
    })
  }

  it('stops what depends on it and nothing else', async () => {
    const cloud = await open()
    const options = fresh()
    const events: string[] = []
    const onEvent = (event: StackEvent) => {
      if ('step' in event) events.push(`${event.type} ${event.step.address}`)
    }
    const failed = (
      await apply(
        shop(),
        failing(cloud, ({ kind }) => kind === 'subnet'),
        { ...options, onEvent },
      )
    )._unsafeUnwrapErr()
    expect(failed).toMatchObject({ code: 'ResourceFailed', details: { address: 'front', error: { code: 'QuotaExceeded' } } })
    expect(events.filter((event) => /^(done|failed|skipped)/.test(event)).sort()).toEqual([
      'done files',
      'done net',
      'done spare',
      'failed front',
      'skipped web',
    ])
    expect((await apply(shop(), cloud, options))._unsafeUnwrap().plan.summary).toMatchObject({ create: 2, none: 3 })
  })

  it('of one resource is told with those of the others', async () => {
    const cloud = failing(await open(), ({ kind, verb }) => kind === 'bucket' && verb === 'create')
    const failed = (await apply(shop(), cloud, fresh()))._unsafeUnwrapErr()
    expect(failed.message).toMatch(/^(files|spare): the account may have no more \(and 1 more: (files|spare)\)$/)
  })

  it('in the code of a kind is an error of its resource, not a crash', async () => {
    const cloud = await open()
    const thrower = new Proxy(cloud, {
      get: (target, member, receiver) => {
        if (member === 'storage') throw new Error('a fault in a driver')
        return Reflect.get(target, member, receiver) as unknown
      },
    })
    const failed = await apply(shop(), thrower, fresh())
    expect(failed.isOk() || failed.error.code === 'ResourceFailed').toBe(true)
  })
})

describe('a run that is cancelled', () => {
  it('begins nothing new, finishes what is under way, and says what is left', async () => {
    const cloud = await open()
    const aborter = new AbortController()
    const options = fresh()
    let calls = 0
    const watched = interceptCloud(cloud, (call, next) => {
      calls += 1
      if (calls === 3) aborter.abort()
      return next(call)
    })
    const events: string[] = []
    const onEvent = (event: StackEvent) => {
      if ('step' in event) events.push(`${event.type} ${event.step.address}`)
    }
    const stopped = (await apply(buckets(20), watched, { ...options, parallelism: 2, signal: aborter.signal, onEvent }))._unsafeUnwrapErr()
    const made = (await cloud.storage.buckets.list().toArray())._unsafeUnwrap()
    expect(stopped.code).toBe('Cancelled')
    if (stopped.code !== 'Cancelled') return
    expect(made.length).toBeGreaterThan(0)
    expect(made.length).toBeLessThan(6)
    expect(stopped.details.unfinished).toHaveLength(20 - made.length)
    // What was begun was ended: every start has its end, and what is left was not started.
    const of = (type: string) => events.filter((event) => event.startsWith(type)).map((event) => event.split(' ')[1])
    expect(of('started').sort()).toEqual(of('done').sort())
    expect(of('skipped').sort()).toEqual([...stopped.details.unfinished].sort())
    expect((await apply(buckets(20), cloud, options))._unsafeUnwrap().plan.summary).toMatchObject({
      create: 20 - made.length,
      none: made.length,
    })
  })

  it('before it began changes nothing', async () => {
    const cloud = await open()
    const stopped = (await apply(buckets(2), cloud, { ...fresh(), signal: AbortSignal.abort() }))._unsafeUnwrapErr()
    expect(stopped.code).toBe('Cancelled')
    expect((await cloud.storage.buckets.list().toArray())._unsafeUnwrap()).toEqual([])
  })
})

describe('a lease that is lost in the middle', () => {
  it('stops the run, and the next one goes on', async () => {
    const cloud = await open()
    const options = fresh()
    let appends = 0
    const losing: StateStore = {
      open: (stack, environment) =>
        options.state.open(stack, environment).map((state) => ({
          read: () => state.read(),
          lease: (how) => state.lease(how).map((session) => losingAt(session, () => (appends += 1) > 8)),
        })),
    }
    const lost = (await apply(buckets(20), cloud, { ...options, state: losing, parallelism: 2 }))._unsafeUnwrapErr()
    expect(lost.code).toBe('LeaseLost')
    const made = (await cloud.storage.buckets.list().toArray())._unsafeUnwrap()
    expect(made.length).toBeLessThan(8)
    ;(await apply(buckets(20), cloud, options))._unsafeUnwrap()
    expect((await cloud.storage.buckets.list().toArray())._unsafeUnwrap()).toHaveLength(20)
  })
})

const losingAt = (session: StateSession, isLost: () => boolean): StateSession =>
  Object.create(session, {
    append: {
      value: (event: Parameters<StateSession['append']>[0]) =>
        isLost() ? errAsync(stackError('LeaseLost', 'the lease was lost', { epoch: 1, holder: undefined })) : session.append(event),
    },
  }) as StateSession

describe('what a run tells', () => {
  it('comes in order: the look, the plan, then each step from its start to its end', async () => {
    const cloud = await open(10)
    const events: StackEvent[] = []
    const net = network({})
    const front = subnet({ network: net, cidr: '10.0.0.0/24' })
    const shop = defineStack('shop', { net, front, web: server({ image, size: { vcpus: 1 }, subnets: [front] }) })
    ;(await apply(shop, cloud, { ...fresh(), onEvent: (event) => events.push(event) }))._unsafeUnwrap()
    expect(events.slice(0, 2).map(({ type }) => type)).toEqual(['refreshing', 'planned'])
    const steps = events.slice(2).map((event) => ('step' in event ? `${event.type} ${event.step.address}` : event.type))
    expect(steps.filter((step) => !step.startsWith('waiting'))).toEqual([
      'started net',
      'done net',
      'started front',
      'done front',
      'started web',
      'done web',
    ])
    expect(steps).toContain('waiting web')
    expect(JSON.stringify(events)).toContain('BUILD')
  })

  it('is not hurt by a listener that throws', async () => {
    const cloud = await open()
    const onEvent = (): never => {
      throw new Error('a fault on the screen')
    }
    expect((await apply(buckets(2), cloud, { ...fresh(), onEvent })).isOk()).toBe(true)
  })
})

describe('a run that finds nothing to do', () => {
  it('asks for the lists of what there is, a page each, and for nothing else', async () => {
    const cloud = await open()
    const options = fresh()
    const nets = Array.from({ length: 30 }, () => network({}))
    const stack = defineStack('many', {
      nets,
      subs: nets.map((net) => subnet({ network: net, cidr: '10.0.0.0/24' })),
      files: Array.from({ length: 5 }, () => bucket({})),
      web: server({ image, size: { vcpus: 1 } }),
    })
    ;(await apply(stack, cloud, options))._unsafeUnwrap()
    const calls: string[] = []
    const counted = interceptCloud(cloud, (call, next) => {
      calls.push(`${call.kind}.${call.verb}`)
      return next(call)
    })
    const syncs = (await (await options.state.open('many', 'test'))._unsafeUnwrap().read())._unsafeUnwrap().version
    ;(await apply(stack, counted, options))._unsafeUnwrap()
    expect(calls.sort()).toEqual(['bucket.list', 'network.list', 'server.get', 'subnet.list'])
    // Nothing was recorded either.
    expect((await (await options.state.open('many', 'test'))._unsafeUnwrap().read())._unsafeUnwrap().version).toBe(syncs)
    calls.length = 0
    ;(await plan(stack, counted, options))._unsafeUnwrap()
    expect(calls).toHaveLength(4)
    ;(await destroy(stack, cloud, options))._unsafeUnwrap()
  })
})
