import type { ByteSource } from '../kind/field.ts'
import type { CallOptions, MutationOptions, PageRequest } from '../options.ts'
import type { Pager } from '../pager.ts'
import type { CloudResultAsync } from '../result.ts'
import type { BucketId } from './bucket.ts'
import type {
  ByteRange,
  MultipartUpload,
  ObjectAddress,
  ObjectContent,
  ObjectHead,
  PutCondition,
  PutOptions,
  UploadedPart,
} from './object.ts'

/**
 * Objects: bytes by key in a bucket. Keys are UTF-8, at most 1,024 bytes. Bytes stream; no object is ever held whole.
 *
 * @example
 * await cloud.storage.objects.put(site.id, 'index.html', '<h1>Hello</h1>', { contentType: 'text/html' })
 */
export interface ObjectService {
  /** Writes an object, in place of one that has the key. It is there whole or not at all. Err: `NotFound` (the bucket), `QuotaExceeded`. */
  put(bucket: BucketId, key: string, content: ByteSource, options?: MutationOptions & PutOptions): CloudResultAsync<ObjectHead>
  /** Opens an object. Err: `NotFound`; `InvalidArgument` for a range that lies outside. */
  get(
    bucket: BucketId,
    key: string,
    options?: CallOptions & { readonly range?: ByteRange | undefined; readonly versionId?: string | undefined },
  ): CloudResultAsync<ObjectContent>
  /** What is known of an object, without its bytes. Err: `NotFound`. */
  head(bucket: BucketId, key: string, options?: CallOptions): CloudResultAsync<ObjectHead>
  /** The objects of a bucket, in the order of their keys as UTF-8 bytes. Err: `NotFound` (the bucket). */
  list(bucket: BucketId, options?: PageRequest & { readonly prefix?: string | undefined }): Pager<ObjectHead>
  /**
   * Removes an object; a bucket that keeps versions keeps it as one. Removing what is gone is `Ok`. Err: `NotFound` (the bucket).
   */
  delete(bucket: BucketId, key: string, options?: MutationOptions): CloudResultAsync<void>
  /** Copies within the cloud, without the bytes coming here. Err: `NotFound`. */
  copy(from: ObjectAddress, to: ObjectAddress, options?: MutationOptions): CloudResultAsync<ObjectHead>
}

/** What `object.conditional` adds. */
export interface ConditionalPut {
  /** Writes only if what is there is what the condition says. Err: `FailedPrecondition` when it is not. */
  put(
    bucket: BucketId,
    key: string,
    content: ByteSource,
    options: MutationOptions & PutOptions & PutCondition,
  ): CloudResultAsync<ObjectHead>
}

/** What `bucket.versioning` adds for objects. */
export interface KeptVersions {
  /**
   * What puts and deletes have replaced and the bucket keeps, in the order in which that happened; with `key`, of one object. What is there
   * now is not among them. Err: `NotFound` (the bucket).
   */
  versions(bucket: BucketId, options?: PageRequest & { readonly key?: string | undefined }): Pager<ObjectHead>
  /**
   * With `versionId` removes a version that is kept, for good. Removing what is gone is `Ok`. Err: `NotFound` (the bucket);
   * `FailedPrecondition` for the version that is there now.
   */
  delete(bucket: BucketId, key: string, options: MutationOptions & { readonly versionId?: string | undefined }): CloudResultAsync<void>
}

/** What `object.multipart` adds. */
export interface MultipartUploads {
  /** Begins an upload in parts. Err: `NotFound` (the bucket). */
  createUpload(bucket: BucketId, key: string, options?: MutationOptions & PutOptions): CloudResultAsync<MultipartUpload>
  /** Sends one part; sending a number again replaces it. Err: `NotFound` (the upload). */
  putPart(upload: MultipartUpload, number: number, content: ByteSource, options?: MutationOptions): CloudResultAsync<UploadedPart>
  /** Joins the parts to the object. Err: `NotFound`; `FailedPrecondition` when a part is missing or another than named. */
  completeUpload(upload: MultipartUpload, parts: readonly UploadedPart[], options?: MutationOptions): CloudResultAsync<ObjectHead>
  /** Gives up an upload and its parts. Aborting one that is gone is `Ok`. */
  abortUpload(upload: MultipartUpload, options?: MutationOptions): CloudResultAsync<void>
}

/** What `object.presign` adds. */
export interface Presigning {
  /** A URL with which anybody may read or write this one object for a while. `expiresInMs` in milliseconds. */
  presign(
    bucket: BucketId,
    key: string,
    options: CallOptions & { readonly method: 'GET' | 'PUT'; readonly expiresInMs: number },
  ): CloudResultAsync<string>
}
