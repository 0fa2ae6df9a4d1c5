import type { Page } from '../pager.ts'
import type { BucketId } from '../storage/bucket.ts'
import type {
  ByteRange,
  MultipartUpload,
  ObjectAddress,
  ObjectContent,
  ObjectHead,
  PutCondition,
  PutOptions,
  UploadedPart,
} from '../storage/object.ts'
import type { Call, MutationCall } from './call.ts'

type Bytes = AsyncIterable<Uint8Array>

/** What a driver writes to offer objects. Bytes stream both ways; nothing holds an object whole. */
export interface ObjectDriver {
  put(bucket: BucketId, key: string, content: Bytes, options: PutOptions, call: MutationCall): Promise<ObjectHead>
  get(
    bucket: BucketId,
    key: string,
    options: { readonly range?: ByteRange | undefined; readonly versionId?: string | undefined },
    call: Call,
  ): Promise<ObjectContent>
  head(bucket: BucketId, key: string, call: Call): Promise<ObjectHead>
  /** A page in the order of the keys as UTF-8 bytes. */
  list(
    bucket: BucketId,
    options: { readonly prefix?: string | undefined; readonly cursor?: string | undefined; readonly pageSize?: number | undefined },
    call: Call,
  ): Promise<Page<ObjectHead>>
  delete(bucket: BucketId, key: string, options: { readonly versionId?: string | undefined }, call: MutationCall): Promise<void>
  copy(from: ObjectAddress, to: ObjectAddress, call: MutationCall): Promise<ObjectHead>
}

/** What `object.conditional` asks of a driver: the condition is judged by the store, in the same step as the write. */
export interface ConditionalPutDriver {
  put(bucket: BucketId, key: string, content: Bytes, options: PutOptions & PutCondition, call: MutationCall): Promise<ObjectHead>
}

/** What `bucket.versioning` asks of a driver, beside `get` and `delete` with a `versionId`. */
export interface VersionsDriver {
  /** A page of what is kept, oldest first; not what is there now, and no marks of deletion. */
  versions(
    bucket: BucketId,
    options: { readonly key?: string | undefined; readonly cursor?: string | undefined; readonly pageSize?: number | undefined },
    call: Call,
  ): Promise<Page<ObjectHead>>
}

/** What `object.multipart` asks of a driver. */
export interface MultipartDriver {
  createUpload(bucket: BucketId, key: string, options: PutOptions, call: MutationCall): Promise<MultipartUpload>
  putPart(upload: MultipartUpload, number: number, content: Bytes, call: MutationCall): Promise<UploadedPart>
  completeUpload(upload: MultipartUpload, parts: readonly UploadedPart[], call: MutationCall): Promise<ObjectHead>
  abortUpload(upload: MultipartUpload, call: MutationCall): Promise<void>
}

/** What `object.presign` asks of a driver. */
export interface PresignDriver {
  presign(
    bucket: BucketId,
    key: string,
    options: { readonly method: 'GET' | 'PUT'; readonly expiresInMs: number },
    call: Call,
  ): Promise<string>
}
