import { kinds } from '@hanse/core'
import type { VolumeBackupResource, VolumeBackupSpec, VolumeCopyOutputs, VolumeSnapshotResource, VolumeSnapshotSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import type { Holder } from '../store/allocator.ts'
import type { ReadTransaction, WriteTransaction } from '../store/transaction.ts'

const life = {
  transitions: { create: { from: [], steps: ['creating', 'available'] }, delete: { from: 'any', steps: ['deleting', null] } },
  phases: { creating: 'Creating', available: 'Ready', deleting: 'Deleting' },
  fields: ['name', 'volume', 'labels'],
} as const

/** Snapshots: beside their volume, which stays as long as they do. They have its bytes, which are stored once. */
export const volumeSnapshots = (cloud: LocalCloud): LocalKind<VolumeSnapshotSpec, VolumeSnapshotResource> =>
  localKind<VolumeSnapshotSpec, VolumeSnapshotResource>(cloud, {
    kind: kinds.volumeSnapshot,
    ...life,
    refuse: (tx, { volume }) => refuseUnready(tx, volume),
    decide: (tx, record, { volume }) => copyOf(tx, cloud, volume, record),
  })

/** Backups: apart from their volume, which may go. */
export const volumeBackups = (cloud: LocalCloud): LocalKind<VolumeBackupSpec, VolumeBackupResource> =>
  localKind<VolumeBackupSpec, VolumeBackupResource>(cloud, {
    kind: kinds.volumeBackup,
    ...life,
    loose: ['volume'],
    refuse: (tx, { volume }, before) => {
      if (before === undefined) refuseUnready(tx, volume)
    },
    decide: (tx, record, { volume }) => copyOf(tx, cloud, volume, record),
  })

function refuseUnready(tx: ReadTransaction, volume: string): void {
  const phase = recordsOf('volume').get(tx, volume)?.phase ?? 'gone'
  const ready = ['available', 'in-use']
  if (!ready.includes(phase))
    throw refuse('FailedPrecondition', `volume: volume ${volume} is ${phase}`, { expected: ready.join(' or '), actual: phase })
}

/** Makes a copy use what its volume uses. */
function copyOf(tx: WriteTransaction, { store }: LocalCloud, volume: string, copy: Holder): VolumeCopyOutputs {
  const record = recordsOf('volume').get(tx, volume)
  if (record === undefined) throw refuse('NotFound', `there is no volume ${volume}`, { kind: 'volume', id: volume })
  for (const { digest } of store.bytes.usedBy(tx, record)) store.bytes.use(tx, { digest }, copy)
  return { sizeGiB: record.document.spec.sizeGiB }
}
