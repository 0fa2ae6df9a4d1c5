import type { ByteSource } from '../kind/field.ts'
import type { CallOptions, MutationOptions } from '../options.ts'
import type { CloudResultAsync } from '../result.ts'
import type { Creates, Deletes, Gets, ListFilter, Lists, Updates } from '../service.ts'
import type { ServerId } from '../compute/server.ts'
import type { BucketChanges, BucketResource, BucketSpec } from './bucket.ts'
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
} from './volume.ts'

/** Volumes. One that is attached cannot be deleted. */
export interface VolumeService
  extends Creates<VolumeSpec, VolumeResource>,
    Gets<VolumeResource>,
    Lists<VolumeResource>,
    Updates<VolumeResource, VolumeChanges>,
    Deletes<VolumeResource> {
  /** Makes it larger, keeping its data. Err: `InvalidArgument` when it would shrink, `NotFound`, `QuotaExceeded`. */
  extend(id: VolumeId, sizeGiB: number, options?: MutationOptions): CloudResultAsync<VolumeResource>
}

/** What `volume.export` adds. */
export interface VolumeExport {
  /** The volume's bytes. Err: `NotFound`, `FailedPrecondition` while it is attached. */
  export(id: VolumeId, options?: CallOptions): CloudResultAsync<AsyncIterable<Uint8Array>>
}

/** What `volume.import` adds. */
export interface VolumeImport {
  /** Makes a volume that begins with these bytes. Err: as `create`; `InvalidArgument` when they do not fit. */
  import(spec: VolumeSpec, content: ByteSource, options?: MutationOptions): CloudResultAsync<VolumeResource>
}

/** Attachments of volumes to servers. */
export interface VolumeAttachmentService
  extends Creates<VolumeAttachmentSpec, VolumeAttachmentResource>,
    Gets<VolumeAttachmentResource>,
    Lists<VolumeAttachmentResource, OfVolume>,
    Deletes<VolumeAttachmentResource> {}

/** Snapshots of volumes. */
export interface VolumeSnapshotService
  extends Creates<VolumeSnapshotSpec, VolumeSnapshotResource>,
    Gets<VolumeSnapshotResource>,
    Lists<VolumeSnapshotResource, OfVolume>,
    Deletes<VolumeSnapshotResource> {}

/** Backups of volumes. */
export interface VolumeBackupService
  extends Creates<VolumeBackupSpec, VolumeBackupResource>,
    Gets<VolumeBackupResource>,
    Lists<VolumeBackupResource, OfVolume>,
    Deletes<VolumeBackupResource> {}

/** Buckets. One with objects in it cannot be deleted. */
export interface BucketService
  extends Creates<BucketSpec, BucketResource>,
    Gets<BucketResource>,
    Lists<BucketResource>,
    Updates<BucketResource, BucketChanges>,
    Deletes<BucketResource> {}

/** Of one volume, or of one server's volumes. */
export interface OfVolume extends ListFilter {
  readonly volume?: VolumeId | undefined
  readonly server?: ServerId | undefined
}
