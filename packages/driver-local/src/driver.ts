import { hostname } from 'node:os'
import { pid } from 'node:process'
import { checkFields } from '@hanse/core'
import { defineDriver, integer, optional, record, refuse, text } from '@hanse/core/driver'
import { always, probed } from './capabilities.ts'
import { classifyError } from './classify-error.ts'
import { imageKind, images } from './compute/images.ts'
import { keyPairs } from './compute/key-pairs.ts'
import { serverGroups } from './compute/server-groups.ts'
import { serverSizes } from './compute/server-sizes.ts'
import { servers } from './compute/servers.ts'
import type { LocalConfig } from './config.ts'
import { defaultQuotas } from './config.ts'
import type { LocalCloud } from './local-cloud.ts'
import { regions, zones } from './location/places.ts'
import { quotas } from './location/quotas.ts'
import type { LocalNative } from './native.ts'
import { dnsRecords } from './network/dns-records.ts'
import { dnsZones } from './network/dns-zones.ts'
import { floatingIpAssociations, floatingIps } from './network/floating-ips.ts'
import { loadBalancers } from './network/load-balancers.ts'
import { networks } from './network/networks.ts'
import { ports } from './network/ports.ts'
import { routerInterfaces, routers } from './network/routers.ts'
import { securityGroupRules, securityGroups } from './network/security-groups.ts'
import { subnets } from './network/subnets.ts'
import { blobs } from './registry/blobs.ts'
import { catchUpAll } from './registry/layout.ts'
import { manifests } from './registry/manifests.ts'
import { repositories } from './registry/repositories.ts'
import { tags } from './registry/tags.ts'
import { buckets } from './storage/buckets.ts'
import { objects } from './storage/objects.ts'
import { volumeAttachments } from './storage/volume-attachments.ts'
import { volumeBackups, volumeSnapshots } from './storage/volume-copies.ts'
import { volumeKind } from './storage/volume-kind.ts'
import { volumes } from './storage/volumes.ts'
import type { Store } from './store/store.ts'
import { openStore } from './store/store.ts'
import { limits } from './limits.ts'
import { seed } from './seed.ts'

/** A configuration with the memory that its source shares. */
export interface BoundLocalConfig extends LocalConfig {
  readonly memory: (open: () => Promise<Store>) => Promise<Store>
}

/** The embedded cloud as a driver: the first to read for those who write one. */
export const driver = defineDriver({
  name: 'local',
  always,
  probed,
  classify: classifyError,
  open: async (config: BoundLocalConfig, runtime) => {
    refuseWrongConfig(config)
    const open = () =>
      openStore(config.path === undefined ? 'memory' : { folder: config.path }, {
        now: runtime.now,
        randomUUID: runtime.randomUUID,
        pid,
        host: hostname(),
      })
    const store = config.path === undefined ? await config.memory(open) : await open()
    await seed(store)
    const cloud: LocalCloud = {
      store,
      runtime,
      delayMs: config.delayMs ?? 0,
      quotas: { ...defaultQuotas, ...config.quotas },
      removers: new Map(),
    }
    const image = imageKind(cloud)
    const volume = volumeKind(cloud)
    catchUpAll(cloud)
    const native: LocalNative = { store }
    return {
      found: [],
      kinds: {
        // location
        quota: quotas(cloud),
        region: regions(cloud),
        zone: zones(cloud),
        // compute
        image: images(cloud, image),
        keyPair: keyPairs(cloud),
        server: servers(cloud, image),
        serverGroup: serverGroups(cloud),
        serverSize: serverSizes(cloud),
        // storage
        bucket: buckets(cloud),
        object: objects(cloud),
        volume: volumes(cloud, volume),
        volumeAttachment: volumeAttachments(cloud, volume),
        volumeBackup: volumeBackups(cloud),
        volumeSnapshot: volumeSnapshots(cloud),
        // network
        dnsRecord: dnsRecords(cloud),
        dnsZone: dnsZones(cloud),
        floatingIp: floatingIps(cloud),
        floatingIpAssociation: floatingIpAssociations(cloud),
        loadBalancer: loadBalancers(cloud),
        network: networks(cloud),
        port: ports(cloud),
        router: routers(cloud),
        routerInterface: routerInterfaces(cloud),
        securityGroup: securityGroups(cloud),
        securityGroupRule: securityGroupRules(cloud),
        subnet: subnets(cloud),
        // registry
        blob: blobs(cloud),
        manifest: manifests(cloud),
        repository: repositories(cloud),
        tag: tags(cloud),
      },
      limits: limits(cloud),
      // A key is a column with a unique index: the same key gives the same record, whichever process asks.
      consistency: { nativeKeys: true },
      native,
      close: async () => {
        // A memory lives as long as its source.
        if (config.path !== undefined) store.close()
      },
    }
  },
})

const configFields = {
  path: optional(text('The folder.', { min: 1, max: 4096 })),
  delayMs: optional(integer('How long transitions take.', { min: 0, max: 86_400_000, unit: 'ms' })),
  quotas: optional(record('How many of each kind.', integer('', { min: 0, max: Number.MAX_SAFE_INTEGER, unit: 'count' }))),
}

function refuseWrongConfig({ memory: _, ...config }: BoundLocalConfig): void {
  const [problem] = checkFields(configFields, config)
  if (problem !== undefined) throw refuse('InvalidArgument', `${problem.path.join('.')}: ${problem.message}`, { path: problem.path })
  const unknown = Object.keys(config.quotas ?? {}).find((quota) => !(quota in defaultQuotas))
  if (unknown !== undefined)
    throw refuse('InvalidArgument', `quotas.${unknown}: is no quota; there are ${Object.keys(defaultQuotas).join(', ')}`, {
      path: ['quotas', unknown],
    })
}
