import { boolean, bytes, integer, list, needing, object, oneOf, optional, record, reference, text } from '../kind/field.ts'
import type { AnyField } from '../kind/field.ts'
import { describeKind } from '../kind/kind.ts'
import { changeableName, labels } from '../kind/naming-fields.ts'
import type { BucketSpec, LifecycleRule } from './bucket.ts'
import type { MultipartUpload, ObjectAddress, UploadedPart } from './object.ts'
import type {
  VolumeAttachmentOutputs,
  VolumeAttachmentResource,
  VolumeAttachmentSpec,
  VolumeBackupSpec,
  VolumeCopyOutputs,
  VolumeCopyPhase,
  VolumePhase,
  VolumeSnapshotSpec,
  VolumeSpec,
} from './volume.ts'
import type { NoOutputs } from '../resource.ts'

const sizeGiB = integer(
  'Its size; it may grow, never shrink.',
  { min: 1, max: 65_536, unit: 'GiB' },
  { onChange: { action: 'extend', only: 'grow' } },
)
const copyPhases = { Creating: 'pending', Ready: 'ready', Deleting: 'pending', Failed: 'failed', Unknown: 'pending' } as const
const copyOutputs = { sizeGiB: { type: 'integer', min: 1, max: 65_536, unit: 'GiB' } } as const

const volumeFields = {
  name: changeableName,
  sizeGiB,
  type: optional(text('The word of the cloud for a class of disks.', { min: 1, max: 255 })),
  zone: optional(text('The availability zone by name.', { min: 1, max: 255 })),
  snapshot: optional(needing('volumeSnapshot', reference('The snapshot that it begins with.', 'volumeSnapshot'))),
  backup: optional(needing('volumeBackup', reference('The backup that it begins with.', 'volumeBackup'))),
  image: optional(reference('The image that it begins with.', 'image')),
  labels,
}

/** The kind of a volume, as data. */
export const volume = describeKind<VolumeSpec, NoOutputs, VolumePhase>()({
  kind: 'volume',
  service: 'storage',
  plural: 'volumes',
  summary: 'A disk that outlives the servers that it is attached to.',
  identity: 'marked',
  verbs: ['create', 'get', 'list', 'update', 'delete'],
  actions: {
    extend: { summary: 'Makes it larger, keeping its data.', on: 'one', takes: { sizeGiB }, effect: 'changes' },
    export: { summary: 'The bytes of a volume.', on: 'one', takes: {}, effect: 'reads', needs: 'volume.export' },
    import: {
      summary: 'Makes a volume that begins with these bytes.',
      on: 'kind',
      takes: { spec: object<VolumeSpec>('What the volume is to be.', volumeFields), content: bytes('The bytes.') },
      effect: 'creates',
      needs: 'volume.import',
    },
  },
  phases: {
    Creating: 'pending',
    Available: 'ready',
    Attached: 'ready',
    Updating: 'pending',
    Deleting: 'pending',
    Failed: 'failed',
    Unknown: 'pending',
  },
  fields: volumeFields,
  outputs: {},
})

/** The kind of an attachment of a volume, as data. */
export const volumeAttachment = describeKind<VolumeAttachmentSpec, VolumeAttachmentOutputs, VolumeAttachmentResource['status']['phase']>()({
  kind: 'volumeAttachment',
  service: 'storage',
  plural: 'volumeAttachments',
  summary: 'Gives a volume to a server.',
  identity: 'natural',
  joins: ['volume', 'server'],
  parent: 'server',
  verbs: ['create', 'get', 'list', 'delete'],
  actions: {},
  phases: { Attaching: 'pending', Attached: 'ready', Detaching: 'pending', Failed: 'failed' },
  fields: { volume: reference('The volume.', 'volume'), server: reference('The server.', 'server') },
  outputs: { device: { type: 'text', min: 1, max: 64 } },
})

/** The kind of a snapshot of a volume, as data. */
export const volumeSnapshot = describeKind<VolumeSnapshotSpec, VolumeCopyOutputs, VolumeCopyPhase>()({
  kind: 'volumeSnapshot',
  service: 'storage',
  plural: 'volumeSnapshots',
  summary: 'A volume as it was at one time, kept beside it.',
  identity: 'marked',
  parent: 'volume',
  verbs: ['create', 'get', 'list', 'delete'],
  actions: {},
  phases: copyPhases,
  fields: { name: changeableName, volume: reference('The volume.', 'volume'), labels },
  outputs: copyOutputs,
})

/** The kind of a backup of a volume, as data. */
export const volumeBackup = describeKind<VolumeBackupSpec, VolumeCopyOutputs, VolumeCopyPhase>()({
  kind: 'volumeBackup',
  service: 'storage',
  plural: 'volumeBackups',
  summary: 'A volume as it was at one time, kept apart from it.',
  identity: 'marked',
  parent: 'volume',
  verbs: ['create', 'get', 'list', 'delete'],
  actions: {},
  phases: copyPhases,
  fields: { name: changeableName, volume: reference('The volume.', 'volume'), labels },
  outputs: copyOutputs,
})

/** The kind of a bucket, as data. */
export const bucket = describeKind<BucketSpec>()({
  kind: 'bucket',
  service: 'storage',
  plural: 'buckets',
  summary: 'A flat space of objects by key.',
  identity: 'named',
  verbs: ['create', 'get', 'list', 'update', 'delete'],
  actions: {},
  phases: { Ready: 'ready' },
  fields: {
    // The rules that every store shares: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    name: text('Its name, unique in the account and in many clouds in the world.', {
      min: 3,
      max: 63,
      pattern: /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
    }),
    versioning: optional(needing('bucket.versioning', boolean('Keeps what a put or delete replaces.', { onChange: 'update' }))),
    lifecycle: optional(
      needing(
        'bucket.lifecycle',
        list(
          'When objects go away by themselves.',
          object<LifecycleRule>('', {
            prefix: text('Of the keys that it is about.', { max: 1024 }),
            expireAfterDays: integer('After so many days.', { min: 1, max: 36_500, unit: 'day' }),
          }),
          { max: 100 },
          { onChange: 'update' },
        ),
      ),
    ),
    labels,
  },
  outputs: {},
})

const bucketId = reference('The bucket.', 'bucket')
const key = text('The key, at most 1,024 bytes of UTF-8.', { min: 1, max: 1024 })
const address: AnyField = object<ObjectAddress>('Where the object is.', { bucket: bucketId, key })
const uploadId = text('The upload.', { min: 1, max: 1024 })
const upload: AnyField = object<MultipartUpload>('The upload.', { bucket: bucketId, key, uploadId })
const partNumber = integer('Its place.', { min: 1, max: 10_000, unit: 'part' })
const contentType = optional(text('The media type (RFC 9110, section 8.3).', { min: 1, max: 255 }))
const metadata = optional(record('The words of the user by name.', text('', { max: 2048 })))
const versionId = optional(needing('bucket.versioning', text('Of this version.', { min: 1, max: 255 })))
const range: AnyField = {
  ...metadata,
  shape: {
    type: 'object',
    fields: {
      start: integer('The first byte.', { min: 0, max: Number.MAX_SAFE_INTEGER, unit: 'byte' }),
      end: optional(integer('The last byte.', { min: 0, max: Number.MAX_SAFE_INTEGER, unit: 'byte' })),
    },
  },
}

/** Objects have no spec: they are bytes by key, and every verb is an action on the kind. */
export const objectKind = describeKind<object>()({
  kind: 'object',
  service: 'storage',
  plural: 'objects',
  summary: 'Bytes by key in a bucket.',
  identity: 'given',
  verbs: [],
  actions: {
    put: {
      summary: 'Writes an object.',
      on: 'kind',
      takes: { bucket: bucketId, key, content: bytes('The bytes.') },
      options: {
        contentType,
        metadata,
        ifMatch: optional(needing('object.conditional', text('Only over this content.', { min: 1, max: 255 }))),
        ifNoneMatch: optional(needing('object.conditional', oneOf('Only where there is nothing.', ['*']))),
      },
      effect: 'changes',
    },
    get: {
      summary: 'Opens an object.',
      on: 'kind',
      takes: { bucket: bucketId, key },
      options: { range, versionId },
      effect: 'reads',
    },
    head: { summary: 'What is known of an object.', on: 'kind', takes: { bucket: bucketId, key }, effect: 'reads' },
    list: {
      summary: 'The objects of a bucket.',
      on: 'kind',
      takes: { bucket: bucketId },
      options: { prefix: optional(text('Of the keys.', { max: 1024 })) },
      effect: 'lists',
    },
    delete: {
      summary: 'Removes an object, or a version of it that is kept.',
      on: 'kind',
      takes: { bucket: bucketId, key },
      options: { versionId },
      effect: 'deletes',
    },
    versions: {
      summary: 'What puts and deletes have replaced and the bucket keeps.',
      on: 'kind',
      takes: { bucket: bucketId },
      options: { key: optional(key) },
      effect: 'lists',
      needs: 'bucket.versioning',
    },
    copy: { summary: 'Copies within the cloud.', on: 'kind', takes: { from: address, to: address }, effect: 'changes' },
    createUpload: {
      summary: 'Begins an upload in parts.',
      on: 'kind',
      takes: { bucket: bucketId, key },
      options: { contentType, metadata },
      effect: 'changes',
      needs: 'object.multipart',
    },
    putPart: {
      summary: 'Sends one part.',
      on: 'kind',
      takes: { upload, number: partNumber, content: bytes('The bytes.') },
      effect: 'changes',
      needs: 'object.multipart',
    },
    completeUpload: {
      summary: 'Joins the parts to the object.',
      on: 'kind',
      takes: {
        upload,
        parts: list('The parts.', object<UploadedPart>('', { number: partNumber, etag: text('Its tag.', { min: 1, max: 255 }) }), {
          min: 1,
          max: 10_000,
        }),
      },
      effect: 'changes',
      needs: 'object.multipart',
    },
    abortUpload: { summary: 'Gives up an upload.', on: 'kind', takes: { upload }, effect: 'deletes', needs: 'object.multipart' },
    presign: {
      summary: 'A URL for this one object.',
      on: 'kind',
      takes: { bucket: bucketId, key },
      options: {
        method: oneOf('What it lets do.', ['GET', 'PUT']),
        expiresInMs: integer('For how long.', { min: 1000, max: 604_800_000, unit: 'ms' }),
      },
      effect: 'reads',
      needs: 'object.presign',
    },
  },
  phases: { Ready: 'ready' },
  fields: {},
  outputs: {},
})
