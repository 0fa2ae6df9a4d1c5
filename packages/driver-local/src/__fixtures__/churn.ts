import type { AnyResource, CloudError, DnsRecordId, NetworkId, ResourceId } from '@hanse/core'
import type { OpenLocal } from './open-world.ts'
import { piecesOf, publicKey } from './ok.ts'
import type { Call } from './ok.ts'

/**
 * Makes, changes and deletes resources of every kind of compute and network, and volumes, for some time, at random; the seed decides what. Refusals are
 * part of the game, for another process does the same. It says how often each verb of each kind was answered how, and stops at an answer
 * that no cloud should give.
 */
export async function churn(cloud: OpenLocal, seed: number, forMs: number, say: (value: unknown) => void): Promise<void> {
  const random = randomFrom(seed)
  const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(random() * of.length)]
  const some = <T>(of: readonly T[]): readonly T[] => of.filter(() => random() < 0.4).slice(0, 3)
  const { compute, network: net, storage } = cloud
  const counts: Record<string, number> = {}
  const known: Record<string, string[]> = {}
  let serial = 0

  const ids = <K extends string>(kind: K): readonly ResourceId<K>[] => (known[kind] ?? []) as readonly string[] as readonly ResourceId<K>[]
  const one = <K extends string>(kind: K): ResourceId<K> => pick(ids(kind)) ?? (`no-${kind}` as ResourceId<K>)
  const name = () => `n${seed}-${serial++}`
  const octet = () => Math.floor(random() * 8)

  const makers: Readonly<Record<string, () => Call<AnyResource>>> = {
    network: () => net.networks.create({ name: name() }),
    subnet: () =>
      net.subnets.create({
        name: name(),
        network: one('network'),
        cidr: random() < 0.2 ? `fd00:${octet()}::/64` : `10.${octet()}.${octet()}.0/27`,
      }),
    router: () => net.routers.create({ name: name(), externalNetwork: random() < 0.7 ? ('public' as NetworkId) : undefined }),
    routerInterface: () => net.routerInterfaces.create({ router: one('router'), subnet: one('subnet') }),
    securityGroup: () => net.securityGroups.create({ name: name() }),
    securityGroupRule: () => {
      const port = 1 + octet()
      const remote = random() < 0.5 ? { remoteCidr: '10.0.0.0/8' } : { remoteGroup: one('securityGroup') }
      return net.securityGroupRules.create({
        securityGroup: one('securityGroup'),
        direction: 'ingress',
        protocol: 'tcp',
        fromPort: port,
        toPort: port,
        ...remote,
      })
    },
    keyPair: () => compute.keyPairs.create({ name: name(), publicKey }),
    serverGroup: () => compute.serverGroups.create({ name: name(), policy: 'spread' }),
    image: () => compute.images.import({ name: name() }, piecesOf(`image ${octet()}`)),
    server: () =>
      compute.servers.create({
        name: name(),
        image: random() < 0.5 ? 'debian-13' : one('image'),
        size: pick(['SCS-1V-1', 'SCS-2V-4', 'SCS-4V-8']) ?? 'SCS-1V-1',
        subnets: some(ids('subnet')),
        securityGroups: some(ids('securityGroup')),
        keyPair: pick(ids('keyPair')),
        group: random() < 0.3 ? pick(ids('serverGroup')) : undefined,
        userData: 'canary',
      }),
    port: () =>
      net.ports.create({
        name: name(),
        subnet: one('subnet'),
        securityGroups: some(ids('securityGroup')),
        address: random() < 0.3 ? `10.0.0.${octet()}` : undefined,
      }),
    floatingIp: () => net.floatingIps.create({}),
    floatingIpAssociation: () =>
      net.floatingIpAssociations.create({
        floatingIp: one('floatingIp'),
        ...(random() < 0.6 ? { server: one('server') } : { port: one('port') }),
      }),
    loadBalancer: () =>
      net.loadBalancers.create({
        name: name(),
        subnet: one('subnet'),
        listeners: [{ protocol: 'tcp', port: 80, members: some(ids('server')) }],
      }),
    volume: () => storage.volumes.create({ name: name(), sizeGiB: 1 + octet() }),
    volumeAttachment: () => storage.volumeAttachments.create({ volume: one('volume'), server: one('server') }),
    dnsZone: () => net.dnsZones.create({ name: `z${octet()}.example.org` }),
    dnsRecord: () =>
      net.dnsRecords.create({
        zone: one('dnsZone'),
        name: `w${octet()}.z${octet()}.example.org`,
        type: 'A',
        values: [`192.0.2.${octet()}`],
      }),
  }
  const changers: Readonly<Record<string, (id: never) => Call<AnyResource>>> = {
    server: (id: ResourceId<'server'>) => {
      const change = pick(['update', 'stop', 'start', 'reboot', 'resize', 'snapshot'] as const)
      if (change === 'update')
        return compute.servers.update(id, { name: name(), labels: { a: String(octet()) }, securityGroups: some(ids('securityGroup')) })
      if (change === 'resize') return compute.servers.resize(id, pick(['SCS-1V-2', 'SCS-2V-8', 'SCS-8V-16']) ?? 'SCS-1V-2')
      if (change === 'snapshot') return compute.servers.snapshot(id, name())
      return compute.servers[change ?? 'start'](id)
    },
    volume: (id: ResourceId<'volume'>) => storage.volumes.extend(id, 2 + octet()),
    router: (id: ResourceId<'router'>) => net.routers.update(id, { externalNetwork: 'public' as NetworkId }),
    port: (id: ResourceId<'port'>) => net.ports.update(id, { securityGroups: some(ids('securityGroup')) }),
    loadBalancer: (id: ResourceId<'loadBalancer'>) =>
      net.loadBalancers.update(id, { listeners: [{ protocol: 'tcp', port: 1 + octet(), members: some(ids('server')) }] }),
    dnsRecord: (id: DnsRecordId) => net.dnsRecords.update(id, { values: [`192.0.2.${octet()}`, '192.0.2.99'] }),
  }
  const services = { ...compute, ...net, ...storage } as unknown as Readonly<
    Record<string, { delete(id: string): Call<void>; list(): { toArray(): Call<readonly AnyResource[]> } }>
  >
  const plural = (kind: string): string => cloud.kinds[kind]?.plural ?? ''

  const count = (verb: string, kind: string, error: CloudError | undefined): void => {
    const key = `${kind}.${verb} ${error?.code ?? 'Ok'}`
    counts[key] = (counts[key] ?? 0) + 1
    if (error !== undefined && ['Unknown', 'Unsupported'].includes(error.code)) throw error
  }

  const end = Date.now() + forMs
  for (let step = 0; Date.now() < end; step++) {
    // What the other process has made is fair game.
    if (step % 50 === 0)
      for (const kind of Object.keys(makers)) {
        const all = await services[plural(kind)]?.list().toArray()
        known[kind] = all?.isOk() ? all.value.filter(({ key }) => key !== undefined).map(({ id }) => id) : []
      }
    const kind = pick(Object.keys(makers)) ?? ''
    const mine = (known[kind] ??= [])
    const what = random()
    const id = pick(mine)
    if (id === undefined || (what < 0.55 && mine.length < 40)) {
      const made = await makers[kind]?.()
      count('create', kind, made?.isErr() ? made.error : undefined)
      if (made?.isOk()) mine.push(made.value.id)
    } else if (what < 0.75 && changers[kind] !== undefined) {
      // An id of this very kind.
      const changed = await changers[kind](id as never)
      count('change', kind, changed.isErr() ? changed.error : undefined)
    } else {
      const gone = await services[plural(kind)]?.delete(id)
      count('delete', kind, gone?.isErr() ? gone.error : undefined)
      if (gone?.isOk()) mine.splice(mine.indexOf(id), 1)
    }
  }
  say(counts)
}

/** Numbers from 0 to 1 that one seed always gives in one order (mulberry32). */
export const randomFrom = (seed: number) => {
  let state = seed >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
