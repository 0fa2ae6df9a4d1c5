import { kinds } from '@hanse/core'
import type { SubnetId, SubnetResource, SubnetSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import type { DocumentOf } from '../local-document.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { refuseUnknownZone } from '../location/places.ts'
import { allocateAddress, createAddressPool } from '../store/address-pool.ts'
import { contains, formatAddress, hostsOf, overlaps, parseAddress, parseCidr } from '../store/addresses.ts'
import type { Cidr } from '../store/addresses.ts'
import type { Holder } from '../store/allocator.ts'
import type { StoredRecord } from '../store/record.ts'
import type { ReadTransaction, WriteTransaction } from '../store/transaction.ts'
import { simulatedLife, simulatedPhases } from './simulated-life.ts'

/** Subnets. Two of one network do not overlap; each gives its addresses out. */
export function subnets(cloud: LocalCloud): LocalKind<SubnetSpec, SubnetResource> {
  const kind = localKind<SubnetSpec, SubnetResource>(cloud, {
    kind: kinds.subnet,
    fields: ['name', 'network', 'cidr', 'gateway', 'dnsServers', 'zone', 'labels'],
    transitions: simulatedLife,
    phases: simulatedPhases,
    refuse: (tx, { network, cidr, gateway, zone }, before) => {
      if (before !== undefined) return // Nothing of this can change.
      if (recordsOf('network').get(tx, network)?.document.outputs.external === true)
        throw refuse('PermissionDenied', `network ${network} belongs to the operator of the cloud; it takes no subnets of yours`, {})
      const { version, prefix } = cidrIn('cidr', cidr)
      if (prefix > (version === 4 ? 30 : 126))
        throw refuse(
          'InvalidArgument',
          `cidr: ${cidr} has no room for a gateway and a server; the longest prefix is /${version === 4 ? 30 : 126}`,
          { path: ['cidr'] },
        )
      if (gateway !== undefined) refuseOutside(cidr, gateway)
      refuseUnknownZone(tx, zone)
      refuseOverlap(tx, network, cidr)
    },
    decide: (tx, record, { cidr, gateway = firstHost(cidr) }) => {
      createAddressPool(tx, { pool: `subnet/${record.id}`, cidr, reserved: [gateway], holder: record })
      return { cidr, gateway }
    },
  })

  /** Each page of the subnets of one network, until one of them overlaps. */
  function refuseOverlap(tx: ReadTransaction, network: string, cidr: string): void {
    let after: string | undefined
    do {
      const page = kind.records.page(tx, { parent: network, after, limit: 1000 })
      const other = page.records.find(({ document }) => overlaps(document.spec.cidr, cidr))
      if (other !== undefined) {
        const theirs = other.document.spec.cidr
        throw refuse('FailedPrecondition', `cidr: ${cidr} overlaps ${theirs} of subnet ${other.name} (${other.id})`, { actual: theirs })
      }
      after = page.next
    } while (after !== undefined)
  }
  return kind
}

/** Gives an address of a subnet, the `wanted` one or the lowest that is free, to a record. */
export const takeAddress = (tx: WriteTransaction, subnet: string, holder: Holder, wanted?: string): string =>
  allocateAddress(tx, `subnet/${subnet}`, subnetOf(tx, subnet).document.spec.cidr, holder, wanted)

/** A subnet that there is: its existence was checked with the references of whoever asks. */
export function subnetOf(tx: ReadTransaction, id: string): StoredRecord<DocumentOf<'subnet'>> {
  const subnet = recordsOf('subnet').get(tx, id)
  if (subnet === undefined) throw refuse('NotFound', `there is no subnet ${id}`, { kind: 'subnet', id })
  return subnet
}

/** Refuses subnets that servers, ports and load balancers may not join: those of the network outside. */
export function refuseOperated(tx: ReadTransaction, field: string, ids: readonly SubnetId[]): void {
  const id = ids.find((each) => subnetOf(tx, each).document.operated === true)
  if (id !== undefined)
    throw refuse(
      'PermissionDenied',
      `${field}: subnet ${id} is of the network outside; join one of yours, and lead a floating IP to it`,
      {},
    )
}

/** Reads a CIDR; refuses one whose host part is not zero, and says which it was meant to be (as Neutron does). */
export function cidrIn(field: string, text: string): Cidr {
  const cidr = parseCidr(text)
  if (cidr === undefined) throw refuse('InvalidArgument', `${field}: ${text} is not a range`, { path: [field] })
  if (cidr.text !== text)
    throw refuse('InvalidArgument', `${field}: ${text} names a host in a range; the range is ${cidr.text}`, { path: [field] })
  return cidr
}

function refuseOutside(cidr: string, gateway: string): void {
  const hosts = hostsOf(cidrIn('cidr', cidr))
  const value = parseAddress(gateway)?.value
  if (!contains(cidr, gateway) || value === undefined || value < hosts.first || value > hosts.last)
    throw refuse('InvalidArgument', `gateway: ${gateway} is not an address of a host in ${cidr}`, { path: ['gateway'] })
}

function firstHost(cidr: string): string {
  const parsed = cidrIn('cidr', cidr)
  return formatAddress(parsed.version, hostsOf(parsed).first)
}
