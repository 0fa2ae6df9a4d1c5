// The door for applications. Driver authors have a second one: @hanse/core/driver.

// Opening and combining clouds
export { openCloud } from './open-cloud.ts'
export type { BoundDriver, CloudSource, OpenCloud, OpenOptions } from './open-cloud.ts'
export { supports } from './cloud.ts'
export type { Capability, CapabilityMap, CapabilityOf, Cloud, CloudWith, Portable, Presets } from './cloud.ts'
export { composeCloud } from './compose-cloud.ts'
export type { Composed, ComposedOf } from './compose-cloud.ts'
export { interceptCloud } from './intercept-cloud.ts'
export type { InterceptedCall, Interceptor } from './intercept-cloud.ts'
export { kindAction, kindService } from './kind-service.ts'
export type { KindAction, KindService } from './kind-service.ts'
export { waitFor } from './wait-for.ts'
export type { WaitOptions } from './wait-for.ts'
export type { PortableCall } from './portable/invoke.ts'

// What operations take and give
export type { CloudResult, CloudResultAsync } from './result.ts'
export { unwrap } from './unwrap.ts'
export { cloudError, isCloudError, isCloudErrorCode } from './errors.ts'
export type { CloudError, CloudErrorCode, CloudErrorContext, CloudErrorDetails, ExistingResource } from './errors.ts'
export type { CallOptions, CreateOptions, MutationOptions, PageRequest } from './options.ts'
export { pagerOf } from './pager.ts'
export type { Page, Pager } from './pager.ts'
export type { AnyResource, Choice, Labels, NoOutputs, Observed, PlainText, Resource, ResourceId, ResourceStatus } from './resource.ts'
export type { Creates, Deletes, Gets, ListFilter, Lists, Updates } from './service.ts'
export type { Mark, Owner } from './owner.ts'
export { Secret, isSecret, secret } from './secret.ts'
export type { CloudWarning } from './warning.ts'
export type { CheckOptions, FieldLimits, KindLimits, LabelLimits, Limits, Problem } from './limits.ts'
export type { NativeExtras } from './native.ts'

// Kinds, as data
export { kinds } from './kinds.ts'
export type { KindName, Kinds } from './kinds.ts'
export { describeKind } from './kind/kind.ts'
export { specSchema } from './kind/json-schema.ts'
export type { JsonSchema } from './kind/json-schema.ts'
export type { Action, AnyKind, Choosing, Identity, Kind, PhaseMeaning, ServiceName, StandardVerb } from './kind/kind.ts'
export { canMake, changeableFields, filterFields, verbOf, verbsOf } from './kind/verb.ts'
export type { Verb } from './kind/verb.ts'
export { checkFields } from './kind/check-value.ts'
export {
  boolean,
  bytes,
  choice,
  concealed,
  integer,
  list,
  needing,
  object,
  oneOf,
  optional,
  record,
  reference,
  text,
} from './kind/field.ts'
export type { IsLater } from './kind/check-value.ts'
export type { AnyField, ByteSource, Field, FieldsOf, Observe, OnChange, Shape, TextFormat } from './kind/field.ts'

// Location
export type { HasQuotas, HasRegions, HasZones } from './location/capabilities.ts'
export type {
  QuotaOutputs,
  QuotaResource,
  QuotaService,
  QuotaSpec,
  RegionResource,
  RegionService,
  RegionSpec,
  ZoneResource,
  ZoneService,
  ZoneSpec,
} from './location/location.ts'

// Compute
export type {
  HasImageExport,
  HasImageImport,
  HasImages,
  HasKeyPairs,
  HasServerConsole,
  HasServerGroups,
  HasServerResize,
  HasServerSizes,
  HasServerSnapshot,
  HasServers,
} from './compute/capabilities.ts'
export type { ImageFormat, ImageId, ImageOutputs, ImagePhase, ImageResource, ImageSelector, ImageSpec } from './compute/image.ts'
export type { KeyPairId, KeyPairOutputs, KeyPairResource, KeyPairSpec } from './compute/key-pair.ts'
export type { ServerGroupId, ServerGroupResource, ServerGroupSpec } from './compute/server-group.ts'
export type { ServerConsole, ServerResizing, ServerService, ServerSnapshotting } from './compute/server-service.ts'
export type { Architecture, ServerSizeId, ServerSizeResource, ServerSizeSpec, SizeChoice, SizeSelector } from './compute/server-size.ts'
export type { ServerChanges, ServerId, ServerOutputs, ServerPhase, ServerResource, ServerSpec } from './compute/server.ts'
export type { ImageExport, ImageImport, ImageService, KeyPairService, ServerGroupService, ServerSizeService } from './compute/services.ts'

// Storage
export type { BucketChanges, BucketId, BucketResource, BucketSpec, LifecycleRule } from './storage/bucket.ts'
export type {
  HasBucketLifecycle,
  HasBucketVersioning,
  HasBuckets,
  HasObjectConditional,
  HasObjectMultipart,
  HasObjectPresign,
  HasObjects,
  HasVolumeAttachments,
  HasVolumeBackups,
  HasVolumeExport,
  HasVolumeImport,
  HasVolumeSnapshots,
  HasVolumes,
} from './storage/capabilities.ts'
export type { ConditionalPut, KeptVersions, MultipartUploads, ObjectService, Presigning } from './storage/object-service.ts'
export type {
  ByteRange,
  MultipartUpload,
  ObjectAddress,
  ObjectContent,
  ObjectHead,
  PutCondition,
  PutOptions,
  UploadedPart,
} from './storage/object.ts'
export type {
  BucketService,
  OfVolume,
  VolumeAttachmentService,
  VolumeBackupService,
  VolumeExport,
  VolumeImport,
  VolumeService,
  VolumeSnapshotService,
} from './storage/services.ts'
export type {
  VolumeAttachmentId,
  VolumeAttachmentOutputs,
  VolumeAttachmentResource,
  VolumeAttachmentSpec,
  VolumeBackupId,
  VolumeBackupResource,
  VolumeBackupSpec,
  VolumeChanges,
  VolumeCopyOutputs,
  VolumeCopyPhase,
  VolumeId,
  VolumePhase,
  VolumeResource,
  VolumeSnapshotId,
  VolumeSnapshotResource,
  VolumeSnapshotSpec,
  VolumeSpec,
} from './storage/volume.ts'

// Network
export type {
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
export type {
  DnsRecordChanges,
  DnsRecordId,
  DnsRecordResource,
  DnsRecordSpec,
  DnsZoneChanges,
  DnsZoneId,
  DnsZoneOutputs,
  DnsZoneResource,
  DnsZoneSpec,
} from './network/dns.ts'
export type {
  FloatingIpAssociationId,
  FloatingIpAssociationResource,
  FloatingIpAssociationSpec,
  FloatingIpId,
  FloatingIpOutputs,
  FloatingIpResource,
  FloatingIpSpec,
} from './network/floating-ip.ts'
export type {
  Listener,
  LoadBalancerChanges,
  LoadBalancerId,
  LoadBalancerOutputs,
  LoadBalancerResource,
  LoadBalancerSpec,
} from './network/load-balancer.ts'
export type { NetworkChanges, NetworkId, NetworkOutputs, NetworkResource, NetworkSpec } from './network/network.ts'
export type { PortChanges, PortId, PortOutputs, PortResource, PortSpec } from './network/port.ts'
export type {
  RouterChanges,
  RouterId,
  RouterInterfaceId,
  RouterInterfaceResource,
  RouterInterfaceSpec,
  RouterOutputs,
  RouterResource,
  RouterSpec,
} from './network/router.ts'
export type {
  SecurityGroupChanges,
  SecurityGroupId,
  SecurityGroupResource,
  SecurityGroupRuleId,
  SecurityGroupRuleResource,
  SecurityGroupRuleSpec,
  SecurityGroupSpec,
} from './network/security-group.ts'
export type {
  DnsRecordService,
  DnsZoneService,
  FloatingIpAssociationService,
  FloatingIpService,
  InNetwork,
  InSecurityGroup,
  InSubnet,
  InZone,
  LoadBalancerService,
  NetworkService,
  OfFloatingIp,
  OfRouter,
  PortService,
  RouterInterfaceService,
  RouterService,
  SecurityGroupRuleService,
  SecurityGroupService,
  SubnetService,
} from './network/services.ts'
export type { SubnetChanges, SubnetId, SubnetOutputs, SubnetResource, SubnetSpec } from './network/subnet.ts'

// Registry
export { isIndex } from './registry/artifact.ts'
export type { Artifact, ArtifactManifest } from './registry/artifact.ts'
export type { ArtifactService, CopyOptions, PushOptions, PushProgress } from './registry/artifact-service.ts'
export { artifactOf, imageOf, indexOf } from './registry/artifact-source.ts'
export type { ArtifactSource, CustomSource, ImageConfig, ImageSource, IndexSource, LayerSource } from './registry/artifact-source.ts'
export type {
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
export type { Annotations, Descriptor, Digest, MediaType, Platform } from './registry/descriptor.ts'
export { digestOf } from './registry/digest.ts'
export { mediaTypes } from './registry/manifest.ts'
export type { BlobContent, Index, Manifest, ManifestContent, TagOrDigest } from './registry/manifest.ts'
export { formatReference, isDigest, parseReference } from './registry/reference.ts'
export type { Reference } from './registry/reference.ts'
export type { RepositoryId, RepositoryName, RepositoryResource, RepositorySpec } from './registry/repository.ts'
export type {
  BlobDeletion,
  BlobMounting,
  BlobService,
  ManifestDeletion,
  ManifestService,
  Referrers,
  RepositoryCreation,
  RepositoryService,
  TagDeletion,
  TagService,
} from './registry/services.ts'

// The world that a driver sees, for those who stand in for parts of it
export type { DriverRuntime, HttpRequest, HttpResponse, LogEvent, TraceEvent } from './driver/runtime.ts'
