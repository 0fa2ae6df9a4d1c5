import type { ImageId, ImageResource, ImageSpec } from '../compute/image.ts'
import type { KeyPairResource, KeyPairSpec } from '../compute/key-pair.ts'
import type { ServerGroupResource, ServerGroupSpec } from '../compute/server-group.ts'
import type { ServerSizeResource } from '../compute/server-size.ts'
import type { QuotaResource, RegionResource, ZoneResource } from '../location/location.ts'
import type { DnsRecordChanges, DnsRecordResource, DnsRecordSpec, DnsZoneChanges, DnsZoneResource, DnsZoneSpec } from '../network/dns.ts'
import type {
  FloatingIpAssociationResource,
  FloatingIpAssociationSpec,
  FloatingIpResource,
  FloatingIpSpec,
} from '../network/floating-ip.ts'
import type { LoadBalancerChanges, LoadBalancerResource, LoadBalancerSpec } from '../network/load-balancer.ts'
import type { NetworkChanges, NetworkResource, NetworkSpec } from '../network/network.ts'
import type { PortChanges, PortResource, PortSpec } from '../network/port.ts'
import type { RouterChanges, RouterInterfaceResource, RouterInterfaceSpec, RouterResource, RouterSpec } from '../network/router.ts'
import type {
  SecurityGroupChanges,
  SecurityGroupResource,
  SecurityGroupRuleResource,
  SecurityGroupRuleSpec,
  SecurityGroupSpec,
} from '../network/security-group.ts'
import type { SubnetChanges, SubnetResource, SubnetSpec } from '../network/subnet.ts'
import type { AnyResource } from '../resource.ts'
import type { BucketChanges, BucketResource, BucketSpec } from '../storage/bucket.ts'
import type {
  VolumeAttachmentResource,
  VolumeAttachmentSpec,
  VolumeBackupResource,
  VolumeBackupSpec,
  VolumeChanges,
  VolumeId,
  VolumeResource,
  VolumeSnapshotResource,
  VolumeSnapshotSpec,
  VolumeSpec,
} from '../storage/volume.ts'
import type { Call, CreateCall, MutationCall } from './call.ts'
import type { CreatesDriver, DeletesDriver, GetsDriver, ListsDriver, MarksDriver, Resolved, UpdatesDriver } from './kind-driver.ts'
import type { ConditionalPutDriver, MultipartDriver, ObjectDriver, PresignDriver, VersionsDriver } from './object-driver.ts'
import type {
  BlobDeleteDriver,
  BlobDriver,
  BlobMountDriver,
  ManifestDeleteDriver,
  ManifestDriver,
  ReferrersDriver,
  RepositoryCreateDriver,
  RepositoryDriver,
  TagDeleteDriver,
  TagDriver,
} from './registry-driver.ts'
import type { ServerConsoleDriver, ServerDriver, ServerResizeDriver, ServerSnapshotDriver } from './server-driver.ts'

/** Made, read, removed; recognised by name or by what it joins. */
interface Plain<Spec, R extends AnyResource> extends CreatesDriver<Spec, R>, GetsDriver<R>, ListsDriver<R>, DeletesDriver<R> {}
/** The same, recognised by its mark. */
interface Marked<Spec, R extends AnyResource> extends Plain<Spec, R>, MarksDriver<R> {}
/** The same, and it can change. */
interface Full<Spec, R extends AnyResource, Changes> extends Marked<Spec, R>, UpdatesDriver<R, Changes> {}

/** Bytes in a driver: a stream, whatever the caller gave. */
type Bytes = AsyncIterable<Uint8Array>

/**
 * What each capability asks of a driver, by the kind that it is about. A driver that declares a capability and lacks what stands here does
 * not compile. A driver of one's own adds to it as to `CapabilityMap`.
 */
export interface DriverMap {
  region: { readonly region: ListsDriver<RegionResource> }
  zone: { readonly zone: ListsDriver<ZoneResource> }
  quota: { readonly quota: ListsDriver<QuotaResource> }

  server: { readonly server: ServerDriver }
  'server.resize': { readonly server: ServerResizeDriver }
  'server.snapshot': { readonly server: ServerSnapshotDriver }
  'server.console': { readonly server: ServerConsoleDriver }
  serverSize: { readonly serverSize: GetsDriver<ServerSizeResource> & ListsDriver<ServerSizeResource> }
  image: {
    readonly image: GetsDriver<ImageResource> & ListsDriver<ImageResource> & DeletesDriver<ImageResource> & MarksDriver<ImageResource>
  }
  'image.import': { readonly image: { import(spec: Resolved<ImageSpec>, content: Bytes, call: CreateCall): Promise<ImageResource> } }
  'image.export': { readonly image: { export(id: ImageId, call: Call): Promise<Bytes> } }
  keyPair: { readonly keyPair: Plain<KeyPairSpec, KeyPairResource> }
  serverGroup: { readonly serverGroup: Plain<ServerGroupSpec, ServerGroupResource> }

  volume: {
    readonly volume: Full<VolumeSpec, VolumeResource, VolumeChanges> & {
      extend(id: VolumeId, sizeGiB: number, call: MutationCall): Promise<VolumeResource>
    }
  }
  'volume.export': { readonly volume: { export(id: VolumeId, call: Call): Promise<Bytes> } }
  'volume.import': { readonly volume: { import(spec: Resolved<VolumeSpec>, content: Bytes, call: CreateCall): Promise<VolumeResource> } }
  volumeAttachment: { readonly volumeAttachment: Plain<VolumeAttachmentSpec, VolumeAttachmentResource> }
  volumeSnapshot: { readonly volumeSnapshot: Marked<VolumeSnapshotSpec, VolumeSnapshotResource> }
  volumeBackup: { readonly volumeBackup: Marked<VolumeBackupSpec, VolumeBackupResource> }
  bucket: { readonly bucket: Plain<BucketSpec, BucketResource> & UpdatesDriver<BucketResource, BucketChanges> }
  'bucket.versioning': { readonly object: VersionsDriver }
  'bucket.lifecycle': object
  object: { readonly object: ObjectDriver }
  'object.conditional': { readonly object: ConditionalPutDriver }
  'object.multipart': { readonly object: MultipartDriver }
  'object.presign': { readonly object: PresignDriver }

  network: { readonly network: Full<NetworkSpec, NetworkResource, NetworkChanges> }
  subnet: { readonly subnet: Full<SubnetSpec, SubnetResource, SubnetChanges> }
  'subnet.ipv6': object
  router: { readonly router: Full<RouterSpec, RouterResource, RouterChanges> }
  routerInterface: { readonly routerInterface: Plain<RouterInterfaceSpec, RouterInterfaceResource> }
  securityGroup: { readonly securityGroup: Full<SecurityGroupSpec, SecurityGroupResource, SecurityGroupChanges> }
  securityGroupRule: { readonly securityGroupRule: Plain<SecurityGroupRuleSpec, SecurityGroupRuleResource> }
  floatingIp: { readonly floatingIp: Marked<FloatingIpSpec, FloatingIpResource> }
  floatingIpAssociation: { readonly floatingIpAssociation: Plain<FloatingIpAssociationSpec, FloatingIpAssociationResource> }
  loadBalancer: { readonly loadBalancer: Full<LoadBalancerSpec, LoadBalancerResource, LoadBalancerChanges> }
  dnsZone: { readonly dnsZone: Plain<DnsZoneSpec, DnsZoneResource> & UpdatesDriver<DnsZoneResource, DnsZoneChanges> }
  dnsRecord: { readonly dnsRecord: Plain<DnsRecordSpec, DnsRecordResource> & UpdatesDriver<DnsRecordResource, DnsRecordChanges> }
  port: { readonly port: Full<PortSpec, PortResource, PortChanges> }

  repository: { readonly repository: RepositoryDriver }
  'repository.create': { readonly repository: RepositoryCreateDriver }
  tag: { readonly tag: TagDriver }
  'tag.delete': { readonly tag: TagDeleteDriver }
  manifest: { readonly manifest: ManifestDriver }
  'manifest.delete': { readonly manifest: ManifestDeleteDriver }
  blob: { readonly blob: BlobDriver }
  'blob.mount': { readonly blob: BlobMountDriver }
  'blob.delete': { readonly blob: BlobDeleteDriver }
  // Core makes artifacts of these three; a driver writes nothing more.
  artifact: { readonly tag: TagDriver; readonly manifest: ManifestDriver; readonly blob: BlobDriver }
  'artifact.referrers': { readonly manifest: ReferrersDriver }
}
