import { kinds } from '@hanse/core'
import type { VolumeResource, VolumeSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { Resolved } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { refuseUnknownZone } from '../location/places.ts'
import type { TransitionTable } from '../store/transitions.ts'
import type { ReadTransaction } from '../store/transaction.ts'
import { beginningOf } from './volume-content.ts'

/** Cinder's words. */
export const volumeTransitions: TransitionTable<'create' | 'extend' | 'extendAttached' | 'attach' | 'detach' | 'delete'> = {
  create: { from: [], steps: ['creating', 'available'] },
  extend: { from: ['available'], steps: ['extending', 'available'] },
  extendAttached: { from: ['in-use'], steps: ['extending', 'in-use'] },
  attach: { from: ['available'], steps: ['attaching', 'in-use'] },
  detach: { from: 'any', steps: ['detaching', 'available'] },
  delete: { from: 'any', steps: ['deleting', null] },
}

const phases = {
  creating: 'Creating',
  available: 'Available',
  extending: 'Updating',
  attaching: 'Updating',
  'in-use': 'Attached',
  detaching: 'Updating',
  deleting: 'Deleting',
} as const

/** The classes of disks that there are; the first is what a volume gets that asks for none. */
const volumeTypes = ['ssd', 'hdd'] as const

/** Volumes as a kind, for those who use some: attachments and copies. */
export const volumeKind = (cloud: LocalCloud): LocalKind<VolumeSpec, VolumeResource> =>
  localKind<VolumeSpec, VolumeResource>(cloud, {
    kind: kinds.volume,
    fields: ['name', 'sizeGiB', 'type', 'zone', 'snapshot', 'backup', 'image', 'labels'],
    // A volume has its own bytes: what it began with may go.
    loose: ['snapshot', 'backup', 'image'],
    transitions: volumeTransitions,
    phases,
    complete: (_, spec) => ({ ...spec, type: spec.type ?? volumeTypes[0] }),
    refuse: (tx, spec, before) => {
      if (before === undefined) refuseUnfit(tx, spec)
    },
    usage: (_, { sizeGiB }) => ({ volumeGiB: sizeGiB }),
    decide: (tx, record, spec) => {
      for (const { digest } of beginningOf(tx, cloud, spec).pieces) cloud.store.bytes.use(tx, { digest }, record)
      return {}
    },
  })

function refuseUnfit(tx: ReadTransaction, spec: Resolved<VolumeSpec>): void {
  const wrong = (field: string, message: string) => refuse('InvalidArgument', `${field}: ${message}`, { path: [field] })
  const { type, zone, snapshot, backup, image } = spec
  if (type !== undefined && !(volumeTypes as readonly string[]).includes(type))
    throw wrong('type', `there is no type ${type}; there are ${volumeTypes.join(', ')}`)
  refuseUnknownZone(tx, zone)
  const [, second] = Object.entries({ snapshot, backup, image }).filter(([, value]) => value !== undefined)
  if (second !== undefined) throw wrong(second[0], 'a volume begins with one thing only')
}
