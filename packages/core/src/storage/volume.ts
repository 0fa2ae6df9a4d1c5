import type { ServerId } from '../compute/server.ts'
import type { ImageId } from '../compute/image.ts'
import type { Labels, Resource, ResourceId, NoOutputs } from '../resource.ts'

/** The id of a volume. */
export type VolumeId = ResourceId<'volume'>

/** The id of an attachment of a volume. */
export type VolumeAttachmentId = ResourceId<'volumeAttachment'>

/** The id of a snapshot of a volume. */
export type VolumeSnapshotId = ResourceId<'volumeSnapshot'>

/** The id of a backup of a volume. */
export type VolumeBackupId = ResourceId<'volumeBackup'>

/** A disk that outlives the servers that it is attached to. */
export interface VolumeSpec {
  readonly name: string
  /** In GiB. It may grow, never shrink. */
  readonly sizeGiB: number
  /** The cloud's own word for a class of disks (OpenStack: volume type; AWS: `gp3`). */
  readonly type?: string | undefined
  /** The availability zone by name. */
  readonly zone?: string | undefined
  /** What it begins with: a snapshot, a backup, an image, or nothing. At most one of the three. */
  readonly snapshot?: VolumeSnapshotId | undefined
  readonly backup?: VolumeBackupId | undefined
  readonly image?: ImageId | undefined
  readonly labels?: Labels | undefined
}

/** What `update` takes. */
export type VolumeChanges = Partial<Pick<VolumeSpec, 'name' | 'labels'>>

/** What a volume may be doing. */
export type VolumePhase = 'Creating' | 'Available' | 'Attached' | 'Updating' | 'Deleting' | 'Failed' | 'Unknown'

/** A volume as the cloud shows it. */
export type VolumeResource = Resource<'volume', VolumeSpec, NoOutputs, VolumePhase>

/** Gives a volume to a server; the pair is its identity. */
export interface VolumeAttachmentSpec {
  readonly volume: VolumeId
  readonly server: ServerId
}

/** What the cloud decided about an attachment. */
export interface VolumeAttachmentOutputs {
  /** The device as the server names it, `/dev/vdb`, where the cloud can know. */
  readonly device?: string | undefined
}

/** An attachment of a volume as the cloud shows it. */
export type VolumeAttachmentResource = Resource<
  'volumeAttachment',
  VolumeAttachmentSpec,
  VolumeAttachmentOutputs,
  'Attaching' | 'Attached' | 'Detaching' | 'Failed'
>

/** A volume as it was at one time, kept beside it. */
export interface VolumeSnapshotSpec {
  readonly name: string
  readonly volume: VolumeId
  readonly labels?: Labels | undefined
}

/** What the cloud says of a snapshot or backup. */
export interface VolumeCopyOutputs {
  readonly sizeGiB?: number | undefined
}

/** A snapshot of a volume as the cloud shows it. */
export type VolumeSnapshotResource = Resource<'volumeSnapshot', VolumeSnapshotSpec, VolumeCopyOutputs, VolumeCopyPhase>

/** What a copy of a volume may be doing. */
export type VolumeCopyPhase = 'Creating' | 'Ready' | 'Deleting' | 'Failed' | 'Unknown'

/** A volume as it was at one time, kept apart from it, so that it survives the loss of the volume's storage. */
export interface VolumeBackupSpec {
  readonly name: string
  readonly volume: VolumeId
  readonly labels?: Labels | undefined
}

/** A backup of a volume as the cloud shows it. */
export type VolumeBackupResource = Resource<'volumeBackup', VolumeBackupSpec, VolumeCopyOutputs, VolumeCopyPhase>
