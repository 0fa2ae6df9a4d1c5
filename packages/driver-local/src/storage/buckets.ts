import { kinds } from '@hanse/core'
import type { BucketChanges, BucketResource, BucketSpec } from '@hanse/core'
import type { DriverKinds } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { localKind } from '../local-kind.ts'

/** Buckets. One with objects in it is in use: each object refers to it. */
export function buckets(cloud: LocalCloud): DriverKinds<'bucket'>['bucket'] {
  const kind = localKind<BucketSpec, BucketResource>(cloud, {
    kind: kinds.bucket,
    fields: ['name', 'labels'],
    uniqueName: 'everywhere',
    transitions: { create: { from: [], steps: ['READY'] }, delete: { from: 'any', steps: ['DELETING', null] } },
    phases: { READY: 'Ready' },
  })
  return { ...kind, update: (id, changes: BucketChanges, call) => kind.update(id, changes, call) }
}
