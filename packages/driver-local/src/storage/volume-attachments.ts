import { kinds } from '@hanse/core'
import type { VolumeAttachmentResource, VolumeAttachmentSpec, VolumeResource, VolumeSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { allocate, createPool } from '../store/allocator.ts'
import type { Holder } from '../store/allocator.ts'
import { referrersOf } from '../store/references.ts'
import type { ReadTransaction, WriteTransaction } from '../store/transaction.ts'
import { volumeTransitions } from './volume-kind.ts'

/** The disks that a server has room for beside its own: /dev/vdb to /dev/vdz. */
const slots = { first: 1n, last: 25n }

/** Attachments. A volume has one at a time and follows its phases; a server gives each a device, the first that is free. */
export function volumeAttachments(
  cloud: LocalCloud,
  volumes: LocalKind<VolumeSpec, VolumeResource>,
): LocalKind<VolumeAttachmentSpec, VolumeAttachmentResource> {
  const { delayMs } = cloud
  return localKind<VolumeAttachmentSpec, VolumeAttachmentResource>(cloud, {
    kind: kinds.volumeAttachment,
    fields: ['volume', 'server'],
    transitions: { create: { from: [], steps: ['attaching', 'attached'] }, delete: { from: 'any', steps: ['detaching', null] } },
    phases: { attaching: 'Attaching', attached: 'Attached', detaching: 'Detaching' },
    refuse: refuseUnfit,
    decide: (tx, record, { volume, server }) => {
      volumes.records.begin(tx, volume, volumeTransitions, 'attach', { delayMs })
      return { device: takeDevice(tx, server, record) }
    },
    leave: (tx, { document: { spec } }) => void volumes.records.begin(tx, spec.volume, volumeTransitions, 'detach', { delayMs }),
  })
}

function refuseUnfit(tx: ReadTransaction, { volume, server }: VolumeAttachmentSpec): void {
  const disk = recordsOf('volume').get(tx, volume)
  const machine = recordsOf('server').get(tx, server)
  if (disk === undefined || machine === undefined) return // Their absence has been refused already.
  const [other] = referrersOf(tx, { kind: 'volume', id: volume }, { by: 'volumeAttachment', limit: 1 })
  const elsewhere = other === undefined ? undefined : recordsOf('volumeAttachment').get(tx, other.id)?.document.spec.server
  if (elsewhere !== undefined)
    throw refuse('FailedPrecondition', `volume: volume ${volume} is attached to server ${elsewhere}; detach it there first`, {
      expected: 'available',
      actual: disk.phase,
    })
  if (disk.phase !== 'available')
    throw refuse('FailedPrecondition', `volume: volume ${volume} is ${disk.phase}`, { expected: 'available', actual: disk.phase })
  const ready = ['ACTIVE (simulated)', 'SHUTOFF']
  if (!ready.includes(machine.phase))
    throw refuse('FailedPrecondition', `server: server ${server} is ${machine.phase}`, {
      expected: ready.join(' or '),
      actual: machine.phase,
    })
  const { zone } = disk.document.spec
  if (zone !== undefined && machine.document.spec.zone !== zone)
    throw refuse(
      'FailedPrecondition',
      `volume: volume ${volume} is in zone ${zone}, and server ${server} in ${machine.document.spec.zone}`,
      { expected: zone, actual: machine.document.spec.zone },
    )
}

/** The first device of a server that is free, until the attachment goes. The pool of a server goes with it. */
function takeDevice(tx: WriteTransaction, server: string, attachment: Holder): string {
  const holder = recordsOf('server').get(tx, server)
  const pool = `devices/${server}`
  if (holder !== undefined && tx.get('SELECT 1 FROM pools WHERE pool = ?', pool) === undefined)
    createPool(tx, { pool, bounds: slots, free: [slots], holder })
  if (tx.get('SELECT 1 FROM pool_free WHERE pool = ?', pool) === undefined) {
    const limit = Number(slots.last)
    throw refuse('QuotaExceeded', `server: server ${server} has room for ${limit} volumes, and has them`, {
      quota: 'volumesPerServer',
      limit,
    })
  }
  return `/dev/vd${String.fromCharCode('a'.charCodeAt(0) + Number(allocate(tx, pool, attachment)))}`
}
