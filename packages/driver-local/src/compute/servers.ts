import { kinds } from '@hanse/core'
import type { ServerChanges, ServerResource, ServerSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { ServerDriver, ServerResizeDriver } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { localKind } from '../local-kind.ts'
import { allocateAddress } from '../store/address-pool.ts'
import type { TransitionTable } from '../store/transitions.ts'
import { sizeOf } from './catalogue.ts'

/** Nova's words, with the truth beside them: nothing runs here. */
const transitions: TransitionTable<'create' | 'start' | 'stop' | 'reboot' | 'resize' | 'delete'> = {
  create: { from: [], steps: ['BUILD', 'ACTIVE (simulated)'] },
  start: { from: ['SHUTOFF', 'ACTIVE (simulated)'], steps: ['POWERING_ON', 'ACTIVE (simulated)'] },
  stop: { from: ['SHUTOFF', 'ACTIVE (simulated)'], steps: ['POWERING_OFF', 'SHUTOFF'] },
  reboot: { from: ['ACTIVE (simulated)'], steps: ['REBOOT', 'ACTIVE (simulated)'] },
  resize: { from: ['ACTIVE (simulated)', 'SHUTOFF'], steps: ['RESIZE', 'ACTIVE (simulated)'] },
  delete: { from: 'any', steps: ['DELETING', null] },
}

const phases = {
  BUILD: 'Provisioning',
  'ACTIVE (simulated)': 'Running',
  POWERING_ON: 'Provisioning',
  POWERING_OFF: 'Stopping',
  SHUTOFF: 'Stopped',
  REBOOT: 'Updating',
  RESIZE: 'Updating',
  DELETING: 'Deleting',
} as const

/** Servers: simulated, with real addresses, quotas and life. */
export function servers(cloud: LocalCloud): ServerDriver & ServerResizeDriver {
  const kind = localKind<ServerSpec, ServerResource>(cloud, {
    kind: kinds.server,
    fields: ['name', 'image', 'size', 'subnets', 'userData', 'labels'],
    transitions,
    phases,
    usage: (tx, { size }) => {
      const { vcpus, memoryGiB } = sizeOf(tx, size)
      return { vcpus, memoryGiB }
    },
    decide: (tx, record, { subnets = [] }) => ({
      addresses: subnets.map((subnet) => {
        const { cidr } = JSON.parse(tx.get<{ document: string }>("SELECT document FROM records WHERE kind = 'subnet' AND id = ?", subnet)?.document ?? '{}').spec
        return allocateAddress(tx, `subnet/${subnet}`, String(cidr), record)
      }),
    }),
  })
  return {
    ...kind,
    update: (id, changes: ServerChanges, call) => kind.update(id, changes, call),
    start: (id) => kind.act(id, 'start'),
    stop: (id) => kind.act(id, 'stop'),
    reboot: (id) => kind.act(id, 'reboot'),
    resize: (id, size) =>
      kind.act(id, 'resize', (tx, record) => {
        const { vcpus, memoryGiB } = sizeOf(tx, size)
        if (record.document.spec['size'] === size) throw refuse('FailedPrecondition', `server ${id} has this size already`, { actual: size })
        kind.records.update(tx, id, { usage: { vcpus, memoryGiB }, document: { ...record.document, spec: { ...record.document.spec, size } } })
      }),
  }
}
