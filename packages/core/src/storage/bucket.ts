import type { Labels, Resource, ResourceId, NoOutputs } from '../resource.ts'

/** The id of a bucket. */
export type BucketId = ResourceId<'bucket'>

/** When objects of a bucket go away by themselves. */
export interface LifecycleRule {
  /** Of the keys that it is about; all when empty. */
  readonly prefix: string
  /** After so many days. */
  readonly expireAfterDays: number
}

/** A flat space of objects by key (OpenStack Swift: container). Its name is its identity. */
export interface BucketSpec {
  /** Unique in the account, in many clouds in the world. */
  readonly name: string
  /** Keeps what a put or delete replaces. Needs `bucket.versioning`. */
  readonly versioning?: boolean | undefined
  /** Needs `bucket.lifecycle`. */
  readonly lifecycle?: readonly LifecycleRule[] | undefined
  readonly labels?: Labels | undefined
}

/** What `update` takes. */
export type BucketChanges = Partial<Pick<BucketSpec, 'versioning' | 'lifecycle' | 'labels'>>

/** A bucket as the cloud shows it. */
export type BucketResource = Resource<'bucket', BucketSpec, NoOutputs, 'Ready'>
