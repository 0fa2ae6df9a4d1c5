import { describe, expect, it } from 'vitest'
import { FakeBackend } from './__fixtures__/fake-backend.ts'
import { fakeWorld } from './__fixtures__/fake-clock.ts'
import { fake } from './__fixtures__/fake-driver.ts'
import { errorOf, valueOf } from './__fixtures__/outcome.ts'
import { supports } from './cloud.ts'
import { openCloud } from './open-cloud.ts'

const { runtime } = fakeWorld()

describe('openCloud', () => {
  it('promises what its driver always has, and what probing found', async () => {
    const { source } = fake({ always: ['server'], probed: ['loadBalancer', 'dnsZone'], found: ['loadBalancer'] })
    const cloud = valueOf(await openCloud(source, { runtime }))
    expect(cloud.supports).toEqual({ server: true, loadBalancer: true })
    expect(supports(cloud, 'loadBalancer') && typeof cloud.network.loadBalancers.create).toBe('function')
    expect(supports(cloud, 'dnsZone')).toBe(false)
    expect(Object.keys(cloud.kinds).sort()).toEqual(['loadBalancer', 'server'])
  })

  it('takes no capability that a driver finds without having said that it looks for it', async () => {
    const { source } = fake({ always: ['server'], probed: ['dnsZone'], found: ['loadBalancer'] })
    expect(valueOf(await openCloud(source, { runtime })).supports).toEqual({ server: true })
  })

  it('requires more, or fails naming what is missing and closes what it opened', async () => {
    let closed = 0
    const close = async () => void (closed += 1)
    const { source } = fake({ always: ['server'], probed: ['loadBalancer', 'dnsZone'], found: ['loadBalancer'], close })
    expect((await openCloud(source, { runtime, require: ['loadBalancer'] })).isOk()).toBe(true)
    const error = errorOf(await openCloud(source, { runtime, require: ['loadBalancer', 'dnsZone'] }))
    expect(error).toMatchObject({ code: 'Unsupported', message: 'this cloud (fake) has no dnsZone', details: { capability: 'dnsZone' } })
    expect(closed).toBe(1)
  })

  it('loads nothing for what no cloud of the driver has', async () => {
    let loads = 0
    const { source } = fake({ always: ['server'] })
    const load = () => {
      loads += 1
      return source.load()
    }
    const counted = { ...source, load }
    const error = errorOf(await openCloud(counted, { runtime, require: ['bucket', 'nonsense' as never] }))
    expect(error).toMatchObject({
      code: 'Unsupported',
      message: 'no cloud of the driver fake has bucket, nonsense',
      details: { capability: 'bucket' },
    })
    expect(loads).toBe(0)
  })

  it.each([
    [undefined, {}, 'source'],
    [null, {}, 'source'],
    ['local', {}, 'source'],
    [() => {}, {}, 'source'],
    [{ driver: 'x' }, {}, 'source'],
    [fake().source, 'options', 'options'],
    [fake().source, null, 'options'],
    [fake().source, { readonly: true }, 'readonly'],
    [fake().source, { readOnly: 'yes' }, 'readOnly'],
    [fake().source, { require: 'server' }, 'require'],
    [fake().source, { timeoutMs: -5 }, 'timeoutMs'],
    [fake().source, { signal: {} }, 'signal'],
    [fake().source, { runtime: 5 }, 'runtime'],
  ])('refuses %o with %o by its path', async (source, options, path) => {
    expect(errorOf(await openCloud(source as never, options as never))).toMatchObject({
      code: 'InvalidArgument',
      details: { path: [path] },
    })
  })

  it('says what to install when a package is missing, and shows no path of this machine', async () => {
    const raw = "Cannot find package '@aws-sdk/client-ec2' imported from /home/someone/app/driver.js"
    for (const message of [
      raw,
      "Cannot find module '@aws-sdk/client-ec2/lib/x' from '/home/someone'",
      'Could not find npm package "@aws-sdk/client-ec2"',
    ]) {
      const source = { ...fake().source, driver: 'aws', load: () => Promise.reject(new Error(message)) }
      const error = errorOf(await openCloud(source, { runtime }))
      expect(error.code).toBe('FailedPrecondition')
      expect(error.message).toBe(
        'the driver aws needs the package @aws-sdk/client-ec2, which is not installed: npm install @aws-sdk/client-ec2',
      )
    }
  })

  it('says so when loading fails for another reason, throws, or gives no driver', async () => {
    const { source } = fake()
    const message = async (load: () => unknown) => errorOf(await openCloud({ ...source, load: load as never }, { runtime })).message
    expect(await message(() => Promise.reject(new Error('Cannot find module ./gone.js')))).toBe(
      'the driver fake could not be loaded: Cannot find module ./gone.js',
    )
    expect(
      await message(() => {
        throw new Error('syntax')
      }),
    ).toBe('the driver fake could not be loaded: syntax')
    expect(await message(async () => undefined)).toBe('what the source fake loads is no driver; expected what bindDriver gives')
    expect(await message(async () => ({ driver: { specification: 'v1' } }))).toContain('is no driver')
  })

  it('refuses a driver of another contract, naming both versions', async () => {
    const { source } = fake()
    const load = async () => ({ driver: { specification: 'v7' }, open: async () => ({}) }) as never
    expect(errorOf(await openCloud({ ...source, load }, { runtime }))).toMatchObject({
      code: 'FailedPrecondition',
      details: { expected: 'v1', actual: 'v7' },
    })
  })

  it('gives what the driver refuses its configuration with, classified', async () => {
    const { source } = fake()
    const bound = await source.load()
    const load = async () => ({ ...bound, open: () => Promise.reject(new Error('no such cloud')) })
    expect(errorOf(await openCloud({ ...source, load }, { runtime }))).toMatchObject({
      code: 'Unknown',
      message: 'no such cloud',
      context: { driver: 'fake', operation: 'openCloud' },
    })
  })

  it('ends with the caller who leaves, and closes what opens too late', async () => {
    let closed = 0
    const { source } = fake({ close: async () => void (closed += 1) })
    const bound = await source.load()
    let letOpen = (): void => {}
    const gate = new Promise<void>((resolve) => (letOpen = resolve))
    const load = async () => ({ ...bound, open: (...args: Parameters<typeof bound.open>) => gate.then(() => bound.open(...args)) })
    const leaving = new AbortController()
    const opening = openCloud({ ...source, load }, { runtime, signal: leaving.signal })
    setImmediate(() => leaving.abort())
    expect(errorOf(await opening)).toMatchObject({ code: 'Cancelled', context: { operation: 'openCloud' } })
    letOpen()
    await new Promise(setImmediate)
    expect(closed).toBe(1)
    expect(
      errorOf(await openCloud({ ...source, load: () => new Promise<never>(() => {}) }, { runtime: fakeWorld().runtime, timeoutMs: 50 }))
        .code,
    ).toBe('DeadlineExceeded')
  })

  it('may be closed twice, and at the same time', async () => {
    let closed = 0
    const cloud = valueOf(await openCloud(fake({ close: async () => void (closed += 1) }).source, { runtime }))
    expect((await Promise.all([cloud.close(), cloud.close()])).every((result) => result.isOk())).toBe(true)
    expect((await cloud.close()).isOk()).toBe(true)
    expect(closed).toBe(1)
  })

  it('gives the native client, typed and out of sight', async () => {
    const cloud = valueOf(await openCloud(fake().source, { runtime }))
    expect(cloud.native.name).toBe('fake')
    expect(Object.keys(cloud)).not.toContain('native')
  })

  it('reads the environment when it is asked for, and lets every part of the world be replaced', async () => {
    const { source } = fake()
    const bound = await source.load()
    const seen: unknown[] = []
    const load = async () => ({
      ...bound,
      open: (...[world, signal]: Parameters<typeof bound.open>) => {
        seen.push(world.environment['WHERE'], world.now(), typeof world.transport)
        return bound.open(world, signal)
      },
    })
    await openCloud({ ...source, load }, { runtime: { environment: { WHERE: 'here' }, now: () => 5 } }).unwrapOr(undefined)
    expect(seen).toEqual(['here', 5, 'function'])
  })

  it('read-only refuses whatever changes something, before a request leaves', async () => {
    const world = fakeWorld()
    const backend = new FakeBackend(world, 0)
    const seeded = backend.seed('network', { name: 'front' })
    const cloud = valueOf(await openCloud(fake({ backend, world }).source, { runtime: world.runtime, readOnly: true }))
    const refusals = await Promise.all([
      cloud.network.networks.create({ name: 'a' }),
      cloud.network.networks.update(seeded.id as never, { name: 'b' }),
      cloud.network.networks.delete(seeded.id as never),
      cloud.compute.servers.start('s' as never),
      cloud.compute.images.import({ name: 'i' }, 'bytes'),
      cloud.storage.objects.put('b' as never, 'k', 'bytes'),
    ])
    expect(refusals.map((result) => errorOf(result).code)).toEqual(Array(6).fill('PermissionDenied'))
    expect(backend.calls).toEqual([])
    expect((await cloud.network.networks.find('front')).isOk()).toBe(true)
  })
})
