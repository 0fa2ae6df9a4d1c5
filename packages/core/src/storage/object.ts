import type { BucketId } from './bucket.ts'

/** An object without its bytes. */
export interface ObjectHead {
  readonly key: string
  readonly sizeBytes: number
  /** The store's own tag of this content; equal tags mean equal content within one bucket, and no more. */
  readonly etag: string
  readonly contentType?: string | undefined
  readonly modifiedAt?: Date | undefined
  /** The user's own, by name in lower case. */
  readonly metadata: Readonly<Record<string, string>>
  /** Of this version, in a bucket that keeps versions. */
  readonly versionId?: string | undefined
}

/** An object with its bytes. Reading the stream throws a `CloudError` if the transfer breaks. */
export interface ObjectContent {
  readonly head: ObjectHead
  readonly content: AsyncIterable<Uint8Array>
}

/** Where an object is. */
export interface ObjectAddress {
  readonly bucket: BucketId
  readonly key: string
}

/** A part of an object's bytes, `end` included as in RFC 9110, section 14.1.2. */
export interface ByteRange {
  readonly start: number
  readonly end?: number | undefined
}

/** What is said of an object when it is put. */
export interface PutOptions {
  readonly contentType?: string | undefined
  readonly metadata?: Readonly<Record<string, string>> | undefined
}

/** Makes a put depend on what is there. Needs `object.conditional`. Err when it is not so: `FailedPrecondition`. */
export interface PutCondition {
  /** Only over this content. */
  readonly ifMatch?: string | undefined
  /** Only where there is nothing. */
  readonly ifNoneMatch?: '*' | undefined
}

/** An upload in parts. It costs room until it is completed or aborted. */
export interface MultipartUpload extends ObjectAddress {
  readonly uploadId: string
}

/** A part that has arrived. */
export interface UploadedPart {
  /** From 1 on; parts are joined in this order. */
  readonly number: number
  readonly etag: string
}
