import type { ConditionalPut, KeptVersions, MultipartUploads, ObjectService, Presigning } from './object-service.ts'
import type {
  BucketService,
  VolumeAttachmentService,
  VolumeBackupService,
  VolumeExport,
  VolumeImport,
  VolumeService,
  VolumeSnapshotService,
} from './services.ts'

/** A cloud that lends disks. */
export interface HasVolumes {
  readonly supports: { readonly volume: true }
  readonly storage: { readonly volumes: VolumeService }
}
/** A cloud that gives the bytes of its volumes. */
export interface HasVolumeExport {
  readonly supports: { readonly 'volume.export': true }
  readonly storage: { readonly volumes: VolumeExport }
}
/** A cloud that makes volumes of bytes. */
export interface HasVolumeImport {
  readonly supports: { readonly 'volume.import': true }
  readonly storage: { readonly volumes: VolumeImport }
}
/** A cloud that gives disks to servers. */
export interface HasVolumeAttachments {
  readonly supports: { readonly volumeAttachment: true }
  readonly storage: { readonly volumeAttachments: VolumeAttachmentService }
}
/** A cloud that keeps disks as they were, beside them. */
export interface HasVolumeSnapshots {
  readonly supports: { readonly volumeSnapshot: true }
  readonly storage: { readonly volumeSnapshots: VolumeSnapshotService }
}
/** A cloud that keeps disks as they were, apart from them. */
export interface HasVolumeBackups {
  readonly supports: { readonly volumeBackup: true }
  readonly storage: { readonly volumeBackups: VolumeBackupService }
}
/** A cloud that has buckets. */
export interface HasBuckets {
  readonly supports: { readonly bucket: true }
  readonly storage: { readonly buckets: BucketService }
}
/** A cloud whose buckets keep what is replaced. */
export interface HasBucketVersioning {
  readonly supports: { readonly 'bucket.versioning': true }
  readonly storage: { readonly objects: KeptVersions }
}
/** A cloud whose objects can go away by themselves. */
export interface HasBucketLifecycle {
  readonly supports: { readonly 'bucket.lifecycle': true }
}
/** A cloud that stores objects. */
export interface HasObjects {
  readonly supports: { readonly object: true }
  readonly storage: { readonly objects: ObjectService }
}
/** A cloud whose puts may depend on what is there. */
export interface HasObjectConditional {
  readonly supports: { readonly 'object.conditional': true }
  readonly storage: { readonly objects: ConditionalPut }
}
/** A cloud that takes objects in parts. */
export interface HasObjectMultipart {
  readonly supports: { readonly 'object.multipart': true }
  readonly storage: { readonly objects: MultipartUploads }
}
/** A cloud that signs URLs for others. */
export interface HasObjectPresign {
  readonly supports: { readonly 'object.presign': true }
  readonly storage: { readonly objects: Presigning }
}
