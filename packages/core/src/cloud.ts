import type {
  HasImageExport,
  HasImageImport,
  HasImages,
  HasKeyPairs,
  HasServerConsole,
  HasServerGroups,
  HasServerResize,
  HasServers,
  HasServerSizes,
  HasServerSnapshot,
} from './compute/capabilities.ts'
import type { AnyKind } from './kind/kind.ts'
import type { CheckOptions, Limits, Problem } from './limits.ts'
import type { HasQuotas, HasRegions, HasZones } from './location/capabilities.ts'
import type {
  HasDnsRecords,
  HasDnsZones,
  HasFloatingIpAssociations,
  HasFloatingIps,
  HasLoadBalancers,
  HasNetworks,
  HasPorts,
  HasRouterInterfaces,
  HasRouters,
  HasSecurityGroupRules,
  HasSecurityGroups,
  HasSubnetIpv6,
  HasSubnets,
} from './network/capabilities.ts'
import type {
  HasArtifactReferrers,
  HasArtifacts,
  HasBlobDelete,
  HasBlobMount,
  HasBlobs,
  HasManifestDelete,
  HasManifests,
  HasRepositories,
  HasRepositoryCreate,
  HasTagDelete,
  HasTags,
} from './registry/capabilities.ts'
import type { CloudResultAsync } from './result.ts'
import type {
  HasBucketLifecycle,
  HasBuckets,
  HasBucketVersioning,
  HasObjectConditional,
  HasObjectMultipart,
  HasObjectPresign,
  HasObjects,
  HasVolumeAttachments,
  HasVolumeBackups,
  HasVolumeExport,
  HasVolumeImport,
  HasVolumes,
  HasVolumeSnapshots,
} from './storage/capabilities.ts'

/**
 * Everything that a cloud may be able to do, and what it then has. One capability for each kind of resource, one (`noun.feature`) for each
 * verb or field that not every backend has. A small cloud declares what it has; nobody must stub a router to offer servers.
 *
 * A driver of one's own adds to it by declaration merging:
 * `declare module '@hanse/core' { interface CapabilityMap { 'acme.gpuPool': HasGpuPools } }`
 */
export interface CapabilityMap {
  region: HasRegions
  zone: HasZones
  quota: HasQuotas

  server: HasServers
  'server.resize': HasServerResize
  'server.snapshot': HasServerSnapshot
  'server.console': HasServerConsole
  serverSize: HasServerSizes
  image: HasImages
  'image.import': HasImageImport
  'image.export': HasImageExport
  keyPair: HasKeyPairs
  serverGroup: HasServerGroups

  volume: HasVolumes
  'volume.export': HasVolumeExport
  'volume.import': HasVolumeImport
  volumeAttachment: HasVolumeAttachments
  volumeSnapshot: HasVolumeSnapshots
  volumeBackup: HasVolumeBackups
  bucket: HasBuckets
  'bucket.versioning': HasBucketVersioning
  'bucket.lifecycle': HasBucketLifecycle
  object: HasObjects
  'object.conditional': HasObjectConditional
  'object.multipart': HasObjectMultipart
  'object.presign': HasObjectPresign

  network: HasNetworks
  subnet: HasSubnets
  'subnet.ipv6': HasSubnetIpv6
  router: HasRouters
  routerInterface: HasRouterInterfaces
  securityGroup: HasSecurityGroups
  securityGroupRule: HasSecurityGroupRules
  floatingIp: HasFloatingIps
  floatingIpAssociation: HasFloatingIpAssociations
  loadBalancer: HasLoadBalancers
  dnsZone: HasDnsZones
  dnsRecord: HasDnsRecords
  port: HasPorts

  repository: HasRepositories
  'repository.create': HasRepositoryCreate
  tag: HasTags
  'tag.delete': HasTagDelete
  manifest: HasManifests
  'manifest.delete': HasManifestDelete
  blob: HasBlobs
  'blob.mount': HasBlobMount
  'blob.delete': HasBlobDelete
  artifact: HasArtifacts
  'artifact.referrers': HasArtifactReferrers
}

/** The name of something that a cloud may be able to do. */
export type Capability = keyof CapabilityMap

/** What every cloud has, whatever it can do. */
export interface Cloud {
  /** The driver's name; of a composed cloud, those of its parts. */
  readonly driver: string
  /** What this cloud can do, found out when it was opened. {@link supports} asks it and tells the compiler. */
  readonly supports: { readonly [C in Capability]?: true }
  /** The kinds that it knows, described as data. */
  readonly kinds: Readonly<Record<string, AnyKind>>
  /** What it accepts, where narrower than the kinds themselves. */
  readonly limits: Limits
  /** Everything that is wrong with a spec for this cloud, without asking it: nothing means that a create gets as far as the cloud. */
  check(kind: string, spec: unknown, options?: CheckOptions): readonly Problem[]
  /** Gives back connections and files. Calls after it are `FailedPrecondition`; closing again is `Ok`. */
  close(): CloudResultAsync<void>
}

type UnionToIntersection<U> = (U extends unknown ? (of: U) => void : never) extends (of: infer I) => void ? I : never

/** A cloud that can do all of these: `CloudWith<'server' | 'server.snapshot'>` is a cloud with both. */
export type CloudWith<C extends Capability> = Cloud & UnionToIntersection<CapabilityMap[C]>

/** What a type of cloud promises. */
export type CapabilityOf<T extends Cloud> = { [C in Capability]: T extends CapabilityMap[C] ? C : never }[Capability]

/** What code may rely on when it must run on each of two clouds. */
export type Portable<A extends Cloud, B extends Cloud> = CloudWith<CapabilityOf<A> & CapabilityOf<B>>

/** Sets of capabilities that a reader asks for in one word: `CloudWith<Presets['compute']>`. */
export interface Presets {
  compute: 'server' | 'serverSize' | 'image'
  storage: 'volume' | 'volumeAttachment' | 'bucket' | 'object'
  network: 'network' | 'subnet' | 'securityGroup' | 'securityGroupRule'
  registry: 'repository' | 'tag' | 'manifest' | 'blob' | 'artifact'
}

/**
 * Asks whether a cloud can do something, and lets the compiler know.
 *
 * @example
 * if (supports(cloud, 'server.resize')) await cloud.compute.servers.resize(id, 'large')
 */
export function supports<T extends Cloud, const C extends Capability>(cloud: T, capability: C): cloud is T & CapabilityMap[C] {
  return cloud.supports[capability] === true
}
