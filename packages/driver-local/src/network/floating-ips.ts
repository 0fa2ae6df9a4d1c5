import { kinds } from '@hanse/core'
import type {
  FloatingIpAssociationResource,
  FloatingIpAssociationSpec,
  FloatingIpResource,
  FloatingIpSpec,
  NetworkId,
  SubnetId,
} from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { Resolved } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { referrersOf } from '../store/references.ts'
import { nameOf } from '../store/refusal.ts'
import type { ReadTransaction, WriteTransaction } from '../store/transaction.ts'
import { refuseInternal } from './networks.ts'
import { takeOutside, wayOutside } from './routers.ts'
import { simulatedLife, simulatedPhases } from './simulated-life.ts'
import { subnetOf } from './subnets.ts'

/** Floating IPs, from the pool of a network outside, until it runs out. One that leads somewhere is in use: its association refers to it. */
export const floatingIps = (cloud: LocalCloud): LocalKind<FloatingIpSpec, FloatingIpResource> =>
  localKind<FloatingIpSpec, FloatingIpResource>(cloud, {
    kind: kinds.floatingIp,
    fields: ['network', 'labels'],
    transitions: simulatedLife,
    phases: simulatedPhases,
    complete: (tx, spec) => ({ ...spec, network: spec.network ?? onlyOutside(tx) }),
    refuse: (tx, { network }) => refuseInternal(tx, 'network', network),
    decide: (tx, record, { network = onlyOutside(tx) }) => ({ address: takeOutside(tx, network, record) }),
    nameOf: ({ address }) => address,
  })

/**
 * Associations of floating IPs. As on real clouds, there must be a router between the server and the network outside, and it stays as
 * long as an address is led through it. Deleting the server or the port frees the address.
 */
export const floatingIpAssociations = (cloud: LocalCloud): LocalKind<FloatingIpAssociationSpec, FloatingIpAssociationResource> =>
  localKind<FloatingIpAssociationSpec, FloatingIpAssociationResource>(cloud, {
    kind: kinds.floatingIpAssociation,
    fields: ['floatingIp', 'server', 'port'],
    transitions: simulatedLife,
    phases: simulatedPhases,
    refuse: (tx, { floatingIp, server, port }) => {
      if ((server === undefined) === (port === undefined))
        throw refuse('InvalidArgument', 'server: give it or port, exactly one', { path: ['server'] })
      const [other] = referrersOf(tx, { kind: 'floatingIp', id: floatingIp }, { by: 'floatingIpAssociation', limit: 1 })
      if (other !== undefined)
        throw refuse('FailedPrecondition', `floating IP ${floatingIp} leads elsewhere already: delete ${nameOf(other)} first`, {
          actual: other.id,
        })
    },
    holds: (tx, spec) => [{ field: 'way', kind: 'routerInterface', id: wayOf(tx, spec) }],
    decide: (tx, _, { floatingIp, server }) => {
      const { address } = floatingIpOf(tx, floatingIp)
      changeAddresses(tx, server, (addresses) => [...addresses, address])
      return {}
    },
    leave: (tx, { document: { spec } }) => {
      const { address } = floatingIpOf(tx, spec.floatingIp)
      changeAddresses(tx, spec.server, (addresses) => addresses.filter((each) => each !== address))
    },
  })

function onlyOutside(tx: ReadTransaction): NetworkId {
  const external = recordsOf('network')
    .page(tx, { limit: 1000 })
    .records.filter(({ document }) => document.outputs.external)
  const [first, second] = external
  if (first === undefined || second !== undefined)
    throw refuse('InvalidArgument', `network: ${external.length} networks lead outside; name one of them`, { path: ['network'] })
  // The id of a network's record is one of a network.
  return first.id as NetworkId
}

/** The router interface through which a floating IP reaches its server or port. */
function wayOf(tx: ReadTransaction, { floatingIp, server, port }: Resolved<FloatingIpAssociationSpec>): string {
  const { network } = floatingIpOf(tx, floatingIp)
  const inside: readonly SubnetId[] =
    port !== undefined
      ? [recordsOf('port').get(tx, port)?.document.spec.subnet].filter((subnet) => subnet !== undefined)
      : server === undefined
        ? []
        : (recordsOf('server').get(tx, server)?.document.spec.subnets ?? [])
  // A floating IP is IPv4.
  for (const subnet of inside.filter((each) => !subnetOf(tx, each).document.spec.cidr.includes(':'))) {
    const way = wayOutside(tx, subnet, network)
    if (way !== undefined) return way
  }
  const [field, id] = port === undefined ? ['server', server] : ['port', port]
  const message = `${field} ${id} is in no IPv4 subnet with a router to network ${network}; join its subnet to a router that has externalNetwork ${network}`
  throw refuse('FailedPrecondition', message, { expected: 'a router interface' })
}

function floatingIpOf(tx: ReadTransaction, id: string): { readonly address: string; readonly network: NetworkId } {
  const document = recordsOf('floatingIp').get(tx, id)?.document
  if (document === undefined) throw refuse('NotFound', `there is no floatingIp ${id}`, { kind: 'floatingIp', id })
  return { address: document.outputs.address, network: document.spec.network ?? onlyOutside(tx) }
}

/** A server shows the floating IPs that lead to it after its own addresses. */
function changeAddresses(
  tx: WriteTransaction,
  server: string | undefined,
  change: (addresses: readonly string[]) => readonly string[],
): void {
  const records = recordsOf('server')
  const record = server === undefined ? undefined : records.get(tx, server)
  if (record === undefined) return
  const { document } = record
  records.update(tx, record.id, {
    document: { ...document, outputs: { ...document.outputs, addresses: change(document.outputs.addresses) } },
  })
}
