import { kinds } from '@hanse/core'
import type { Listener, LoadBalancerResource, LoadBalancerSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { referencesIn } from '../references-in.ts'
import { referrersOf } from '../store/references.ts'
import type { TransitionTable } from '../store/transitions.ts'
import type { ReadTransaction, WriteTransaction } from '../store/transaction.ts'
import { refuseOperated, takeAddress } from './subnets.ts'

/** Octavia's words; one that is being changed takes no other change. */
const transitions: TransitionTable<'create' | 'update' | 'delete'> = {
  create: { from: [], steps: ['PENDING_CREATE', 'ACTIVE (simulated)'] },
  update: { from: ['ACTIVE (simulated)'], steps: ['PENDING_UPDATE', 'ACTIVE (simulated)'] },
  delete: { from: 'any', steps: ['PENDING_DELETE', null] },
}

const phases = {
  PENDING_CREATE: 'Provisioning',
  'ACTIVE (simulated)': 'Ready',
  PENDING_UPDATE: 'Updating',
  PENDING_DELETE: 'Deleting',
} as const

/** Load balancers. A member that is deleted is a member no longer, as on AWS. */
export const loadBalancers = (cloud: LocalCloud): LocalKind<LoadBalancerSpec, LoadBalancerResource> =>
  localKind<LoadBalancerSpec, LoadBalancerResource>(cloud, {
    kind: kinds.loadBalancer,
    fields: ['name', 'subnet', 'listeners', 'labels'],
    transitions,
    phases,
    refuse: (tx, { subnet, listeners }) => {
      refuseOperated(tx, 'subnet', [subnet])
      listeners.forEach((listener, index) => refuseListener(tx, listener, index, listeners))
    },
    decide: (tx, record, { subnet }) => ({ address: takeAddress(tx, subnet, record) }),
  })

/** Takes a server that is being deleted out of the listeners that it is a member of. */
export function dropMember(tx: WriteTransaction, server: string): void {
  const records = recordsOf('loadBalancer')
  for (const { id } of referrersOf(tx, { kind: 'server', id: server }, { by: 'loadBalancer', limit: 10_000 })) {
    const record = records.get(tx, id)
    if (record === undefined) continue
    const listeners = record.document.spec.listeners.map((listener) => ({
      ...listener,
      members: listener.members.filter((member) => member !== server),
    }))
    const spec = { ...record.document.spec, listeners }
    records.update(tx, id, { references: referencesIn(kinds.loadBalancer, spec), document: { ...record.document, spec } })
  }
}

function refuseListener(
  tx: ReadTransaction,
  { protocol, port, healthPath, members }: Listener,
  index: number,
  all: readonly Listener[],
): void {
  const wrong = (field: string, message: string) =>
    refuse('InvalidArgument', `listeners.${index}.${field}: ${message}`, { path: ['listeners', index, field] })
  const twin = all.findIndex((other) => other.port === port && transportOf(other) === transportOf({ protocol }))
  if (twin !== index) throw wrong('port', `listener ${twin} listens on port ${port} already`)
  if (healthPath !== undefined && protocol !== 'http') throw wrong('healthPath', `${protocol} has no paths; only http has`)
  if (new Set(members).size < members.length) throw wrong('members', 'a server is named twice')
  const lost = members.find((member) => recordsOf('server').get(tx, member)?.document.outputs.addresses.length === 0)
  if (lost !== undefined) throw wrong('members', `server ${lost} has no address; it must join a subnet`)
}

const transportOf = ({ protocol }: Pick<Listener, 'protocol'>): 'tcp' | 'udp' => (protocol === 'udp' ? 'udp' : 'tcp')
