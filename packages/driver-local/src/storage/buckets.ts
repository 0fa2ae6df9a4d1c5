import { kinds } from '@hanse/core'
import type { BucketResource, BucketSpec } from '@hanse/core'
import type { DriverKinds } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { localKind } from '../local-kind.ts'
import { emptyBucket } from './let-go.ts'

/** Buckets. One with objects or versions in it is in use: each refers to it. What it lets go does not keep it. */
export const buckets = (cloud: LocalCloud): DriverKinds<'bucket'>['bucket'] =>
  localKind<BucketSpec, BucketResource>(cloud, {
    kind: kinds.bucket,
    fields: ['name', 'versioning', 'lifecycle', 'labels'],
    uniqueName: 'everywhere',
    transitions: { create: { from: [], steps: ['READY'] }, delete: { from: 'any', steps: [null] } },
    phases: { READY: 'Ready' },
    leave: (tx, { id }) => emptyBucket(tx, cloud, id),
  })
