import { cloudError, interceptCloud, openCloud, waitFor } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { errAsync } from 'neverthrow'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Plan, Stack } from '../index.ts'
import {
  apply,
  bucket,
  defineStack,
  destroy,
  keyPair,
  loadBalancer,
  memoryStateStore,
  network,
  plan,
  server,
  subnet,
  volume,
  volumeAttachment,
} from '../index.ts'

const image = { os: 'debian', version: '13' } as const
const publicKey = (letter: string) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${letter.repeat(43)}`
const open = async () => (await openCloud(local()))._unsafeUnwrap()

let cloud: Awaited<ReturnType<typeof open>>
let options: { readonly environment: string; readonly state: ReturnType<typeof memoryStateStore> }
beforeEach(async () => {
  cloud = await open()
  options = { environment: 'test', state: memoryStateStore() }
})

const applied = async (stack: Stack): Promise<Plan> => (await apply(stack, cloud as never, options))._unsafeUnwrap().plan
const planned = async (stack: Stack): Promise<Plan> => (await plan(stack, cloud as never, options))._unsafeUnwrap()
const actionsOf = ({ changes }: Plan): Readonly<Record<string, string>> =>
  Object.fromEntries(changes.map(({ address, action, createFirst }) => [address, createFirst ? `${action}, successor first` : action]))
const only = <T>(items: readonly T[]): T => (items.length === 1 ? (items[0] as T) : expect.fail(`there are ${items.length}`))
const servers = async () => (await cloud.compute.servers.list().toArray())._unsafeUnwrap()

describe('what was changed behind our back', () => {
  const shop = () => {
    const net = network({ labels: { tier: 'web' } })
    const front = subnet({ network: net, cidr: '10.0.0.0/24' })
    return defineStack('shop', { net, front, web: server({ image, size: { vcpus: 1 }, subnets: [front] }) })
  }

  it('is changed back', async () => {
    await applied(shop())
    const net = (await cloud.network.networks.list({ labels: { tier: 'web' } }).toArray())._unsafeUnwrap()
    ;(await cloud.network.networks.update(only(net).id, { labels: { tier: 'other' } }))._unsafeUnwrap()
    const change = (await planned(shop())).changes.find(({ address }) => address === 'net')
    expect(change).toMatchObject({
      action: 'update',
      reason: 'labels was changed in the cloud',
      changes: [{ field: 'labels', from: '{"tier":"other"}', to: '{"tier":"web"}', because: 'drifted', causes: 'update' }],
    })
    await applied(shop())
    expect((await cloud.network.networks.get(only(net).id))._unsafeUnwrap().labels).toEqual({ tier: 'web' })
  })

  it('is made again when it is gone', async () => {
    await applied(shop())
    const { id } = only(await servers())
    ;(await cloud.compute.servers.delete(id))._unsafeUnwrap()
    expect((await planned(shop())).changes.find(({ address }) => address === 'web')).toMatchObject({
      action: 'create',
      reason: `is recorded as ${id}, and is gone from the cloud`,
    })
    await applied(shop())
    expect(only(await servers()).id).not.toBe(id)
    expect((await planned(shop())).summary.none).toBe(3)
  })

  it('is left as it is when the program does not speak of it', async () => {
    await applied(shop())
    const { id } = only(await servers())
    ;(await cloud.compute.servers.update(id, { labels: { of: 'somebody' } }))._unsafeUnwrap()
    expect((await planned(shop())).summary.none).toBe(3)
  })

  it('is replaced when it has failed for good', async () => {
    await applied(shop())
    const { id } = only(await servers())
    const failing = interceptCloud(cloud, (call, next) =>
      next(call).map((answer) => {
        const failed = { phase: 'Failed', providerState: 'ERROR' }
        const told = (item: unknown) => (isServer(item, id) ? { ...item, status: failed } : item)
        return isPage(answer) ? { ...answer, items: answer.items.map(told) } : told(answer)
      }),
    )
    const change = (await plan(shop(), failing, options))._unsafeUnwrap().changes.find(({ address }) => address === 'web')
    expect(change).toMatchObject({ action: 'replace', reason: 'has failed: Failed (ERROR)' })
  })
})

const isPage = (value: unknown): value is { readonly items: readonly unknown[] } =>
  typeof value === 'object' && value !== null && 'items' in value
const isServer = (value: unknown, id: string): value is object =>
  typeof value === 'object' && value !== null && 'id' in value && value.id === id

describe('what the program says otherwise', () => {
  const front = (extra: object) => {
    const net = network({})
    return defineStack('shop', { net, front: subnet({ network: net, cidr: '10.0.0.0/24', ...extra }) })
  }

  it('is set to what stands for left out when a field is taken out of it', async () => {
    await applied(front({ labels: { a: 'b' }, dnsServers: ['10.0.0.2'] }))
    expect(actionsOf(await applied(front({})))).toEqual({ net: 'none', front: 'update' })
    expect(
      only((await cloud.network.subnets.list({ labels: {} }).toArray())._unsafeUnwrap().filter(({ owner }) => owner)).observed,
    ).toMatchObject({
      labels: {},
      dnsServers: [],
    })
    expect((await planned(front({}))).summary.none).toBe(2)
  })

  it('renames what can be renamed', async () => {
    const named = (name: string | undefined) => defineStack('shop', { net: network({ name }) })
    await applied(named('one'))
    expect(actionsOf(await applied(named('two')))).toEqual({ net: 'update' })
    // A name that was given once is kept when the program no longer gives one.
    expect((await planned(named(undefined))).summary.none).toBe(1)
  })

  it('moves a name to another address without the two meeting', async () => {
    await applied(defineStack('shop', { logs: bucket({ name: 'logs-of-the-shop' }) }))
    expect(actionsOf(await applied(defineStack('shop', { archive: bucket({ name: 'logs-of-the-shop' }) })))).toEqual({
      archive: 'create',
      logs: 'delete',
    })
  })

  it('extends a volume that grows, and replaces one that shrinks', async () => {
    const data = (sizeGiB: number) => defineStack('shop', { data: volume({ sizeGiB }) })
    await applied(data(10))
    const { id } = only((await cloud.storage.volumes.list().toArray())._unsafeUnwrap())
    expect(actionsOf(await applied(data(20)))).toEqual({ data: 'update' })
    expect(only((await cloud.storage.volumes.list().toArray())._unsafeUnwrap())).toMatchObject({ id, observed: { sizeGiB: 20 } })
    expect(actionsOf(await applied(data(5)))).toEqual({ data: 'replace' })
    expect(only((await cloud.storage.volumes.list().toArray())._unsafeUnwrap()).id).not.toBe(id)
  })

  it('moves a volume with its data when its server is replaced', async () => {
    const shop = (version: string) => {
      const data = volume({ sizeGiB: 10 })
      const web = server({ image: { os: 'debian', version }, size: { vcpus: 1 } })
      return defineStack('shop', { data, web, disk: volumeAttachment({ volume: data, server: web }) })
    }
    await applied(shop('13'))
    const before = only((await cloud.storage.volumes.list().toArray())._unsafeUnwrap())
    expect(actionsOf(await applied(shop('12')))).toEqual({ data: 'none', web: 'replace', disk: 'replace' })
    expect(only((await cloud.storage.volumes.list().toArray())._unsafeUnwrap()).id).toBe(before.id)
    expect((await planned(shop('12'))).summary.none).toBe(3)
  })

  it('makes the successor first when something that stays refers to it, and deletes the predecessor last', async () => {
    const shop = (version: string) => {
      const net = network({})
      const front = subnet({ network: net, cidr: '10.0.0.0/24' })
      const web = server({ image: { os: 'debian', version }, size: { vcpus: 1 }, subnets: [front] })
      return defineStack('shop', {
        net,
        front,
        web,
        lb: loadBalancer({ subnet: front, listeners: [{ protocol: 'tcp', port: 80, members: [web] }] }),
      })
    }
    await applied(shop('13'))
    const old = only(await servers())
    const steps: string[] = []
    const watched = {
      ...options,
      onEvent: (event: { readonly type: string; readonly step?: { readonly does: string; readonly address: string } }) => {
        if (event.type === 'done') steps.push(`${event.step?.does} ${event.step?.address}`)
      },
    }
    const done = (await apply(shop('12'), cloud, watched))._unsafeUnwrap()
    expect(actionsOf(done.plan)).toEqual({ net: 'none', front: 'none', web: 'replace, successor first', lb: 'update' })
    expect(steps).toEqual(['create web', 'update lb', 'delete web'])
    const now = only(await servers())
    expect(now.name).not.toBe(old.name)
    expect((await planned(shop('12'))).summary.none).toBe(4)
  })

  it('says so when a successor cannot stand beside its predecessor', async () => {
    const shop = (gateway: string, size: number) => {
      const net = network({})
      const front = subnet({ network: net, cidr: '10.0.0.0/24', gateway })
      const web = server({ image, size: { vcpus: size }, subnets: [front] })
      return defineStack('shop', {
        net,
        front,
        web,
        lb: loadBalancer({ subnet: front, listeners: [{ protocol: 'tcp', port: 80, members: [web] }] }),
        other: server({ image, size: { vcpus: 1 }, labels: { of: front.outputs.gateway.map(String) } }),
      })
    }
    await applied(shop('10.0.0.1', 1))
    const { problems } = await planned(shop('10.0.0.254', 1))
    expect(problems).toMatchObject([{ path: ['front'], message: expect.stringContaining('cannot stand beside it') as string }])
  })

  it('deletes a predecessor that a failed run has left', async () => {
    const shop = (version: string) => {
      const web = server({ image: { os: 'debian', version }, size: { vcpus: 1 } })
      return defineStack('shop', { web, other: network({ labels: { of: web.outputs.addresses.map(String) } }) })
    }
    await applied(shop('13'))
    const context = { driver: 'test', operation: 'server.delete' }
    const stubborn = interceptCloud(cloud, (call, next) =>
      call.verb === 'delete' ? errAsync(cloudError('Unavailable', 'not now', context, {}, true)) : next(call),
    )
    expect((await apply(shop('12'), stubborn, options))._unsafeUnwrapErr().code).toBe('ResourceFailed')
    expect(await servers()).toHaveLength(2)
    const left = await planned(shop('12'))
    expect(left.changes.map(({ address, action, reason }) => [address, action, reason])).toContainEqual([
      'web',
      'delete',
      'was replaced by an earlier run',
    ])
    await applied(shop('12'))
    expect(await servers()).toHaveLength(1)
    expect((await planned(shop('12'))).summary.none).toBe(2)
  })

  it('replaces a key pair by its name, one after the other', async () => {
    const shop = (letter: string) => {
      const ops = keyPair({ publicKey: publicKey(letter) })
      return defineStack('shop', { ops, web: server({ image, size: { vcpus: 1 }, keyPair: ops }) })
    }
    await applied(shop('A'))
    expect(actionsOf(await applied(shop('B')))).toEqual({ ops: 'replace', web: 'replace' })
    expect((await planned(shop('B'))).summary.none).toBe(2)
  })
})

describe('what is chosen once', () => {
  it('stays: a newer image is no drift, and is not taken for another reason', async () => {
    const shop = (label: string | undefined) => {
      const net = network({ labels: label === undefined ? {} : { a: label } })
      const front = subnet({ network: net, cidr: label === undefined ? '10.0.0.0/24' : '10.0.1.0/24' })
      return defineStack('shop', { net, front, web: server({ image: { os: 'debian' }, size: { vcpus: 1 }, subnets: [front] }) })
    }
    await applied(shop(undefined))
    const { image: chosen } = only(await servers()).observed
    const newer = { name: 'debian-99', os: 'debian', version: '99', architecture: 'x86_64' } as const
    const made = (await cloud.compute.images.import(newer, 'bytes'))._unsafeUnwrap()
    ;(await waitFor(cloud.compute.images, made.id, { phase: 'Ready' }))._unsafeUnwrap()
    expect((await planned(shop(undefined))).summary.none).toBe(3)
    // The subnet is replaced, so the server is: with the image that it had.
    expect(actionsOf(await applied(shop('b')))).toMatchObject({ web: 'replace' })
    expect(only(await servers()).observed.image).toBe(chosen)
    expect((await planned(shop('b'))).summary.none).toBe(3)
  })
})

describe('what is not known yet', () => {
  const shop = (version: string, throws = false) => {
    const net = network({})
    const front = subnet({ network: net, cidr: '10.0.0.0/24' })
    const web = server({ image: { os: 'debian', version }, size: { vcpus: 1 }, subnets: [front] })
    const upstream = web.outputs.addresses.map((addresses) => {
      if (throws) throw new Error('no address here')
      return addresses[0] ?? ''
    })
    return defineStack(
      'shop',
      { net, front, web, app: server({ image, size: { vcpus: 1 }, labels: { upstream } }) },
      { upstream, twice: upstream.map((text) => [text, text]) },
    )
  }

  it('is shown as such', async () => {
    await applied(shop('13'))
    const change = (await planned(shop('12'))).changes.find(({ address }) => address === 'app')
    expect(change).toMatchObject({
      action: 'update',
      reason: 'labels refers to what is made anew',
      changes: [{ field: 'labels', to: '(known after apply)', because: 'dependency' }],
    })
  })

  it('is given by outputs when it is known', async () => {
    expect((await apply(shop('13'), cloud, options))._unsafeUnwrap().outputs).toEqual({
      upstream: '10.0.0.2',
      twice: ['10.0.0.2', '10.0.0.2'],
    })
  })

  it('is told with its path when the function of the program throws: when it is made, or when it is planned', async () => {
    const failed = (await apply(shop('13', true), cloud, options))._unsafeUnwrapErr()
    expect(failed).toMatchObject({
      code: 'ResourceFailed',
      message: 'app: labels.upstream: a function of the program failed: no address here',
    })
    expect((await planned(shop('13', true))).problems).toEqual([
      { path: ['app', 'labels', 'upstream'], message: 'a function of the program failed: no address here' },
    ])
  })

  it('is told with its path when the function of an output throws, and everything is applied all the same', async () => {
    const net = network({})
    const stack = defineStack(
      'shop',
      { net },
      {
        bad: net.outputs.external.map((): string => {
          throw new Error('cannot say')
        }),
      },
    )
    const failed = (await apply(stack, cloud, options))._unsafeUnwrapErr()
    expect(failed).toMatchObject({
      code: 'InvalidStack',
      message: 'outputs.bad: a function of the program failed: cannot say',
      details: { path: ['outputs', 'bad'] },
    })
    expect((await planned(defineStack('shop', { net }))).summary.none).toBe(1)
  })
})

describe('the order of a plan', () => {
  it('names what is needed first, and deletes the other way round', async () => {
    const net = network({})
    const front = subnet({ network: net, cidr: '10.0.0.0/24' })
    const web = server({ image, size: { vcpus: 1 }, subnets: [front] })
    const first = await applied(defineStack('shop', { web, front, net }))
    expect(first.changes.map(({ address }) => address)).toEqual(['net', 'front', 'web'])
    const last = (await destroy({ name: 'shop' }, cloud, options))._unsafeUnwrap()
    expect(last.plan.changes.map(({ address }) => address)).toEqual(['web', 'front', 'net'])
  })
})
