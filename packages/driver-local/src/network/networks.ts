import { kinds } from '@hanse/core'
import type { NetworkChanges, NetworkResource, NetworkSpec, SubnetChanges, SubnetResource, SubnetSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { DriverKinds } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { localKind } from '../local-kind.ts'
import { createAddressPool } from '../store/address-pool.ts'
import { formatAddress, hostsOf, overlaps, parseCidr } from '../store/addresses.ts'

const transitions = { create: { from: [], steps: ['ACTIVE'] }, delete: { from: 'any', steps: ['DELETING', null] } } as const
const phases = { ACTIVE: 'Ready', DELETING: 'Pending' } as const

/** Networks. One with subnets is in use. */
export function networks(cloud: LocalCloud): DriverKinds<'network'>['network'] {
  const kind = localKind<NetworkSpec, NetworkResource>(cloud, {
    kind: kinds.network,
    fields: ['name', 'labels'],
    transitions,
    phases,
    decide: () => ({ external: false }),
  })
  return { ...kind, update: (id, changes: NetworkChanges, call) => kind.update(id, changes, call) }
}

/** Subnets. Two of one network do not overlap; each gives its addresses out. */
export function subnets(cloud: LocalCloud): DriverKinds<'subnet'>['subnet'] {
  const kind = localKind<SubnetSpec, SubnetResource>(cloud, {
    kind: kinds.subnet,
    fields: ['name', 'network', 'cidr', 'gateway', 'dnsServers', 'labels'],
    transitions,
    phases,
    refuse: (tx, { network, cidr }) => {
      let after: string | undefined
      do {
        const page = kind.records.page(tx, { parent: network, after, limit: 1000 })
        for (const other of page.records) {
          const theirs = String(other.document.spec['cidr'])
          if (overlaps(theirs, cidr)) throw refuse('FailedPrecondition', `cidr: ${cidr} overlaps ${theirs} of subnet ${other.name} (${other.id})`, { actual: theirs })
        }
        after = page.next
      } while (after !== undefined)
    },
    decide: (tx, record, { cidr, gateway = firstHost(cidr) }) => {
      createAddressPool(tx, { pool: `subnet/${record.id}`, cidr, reserved: [gateway], holder: record })
      return { cidr, gateway }
    },
  })
  return { ...kind, update: (id, changes: SubnetChanges, call) => kind.update(id, changes, call) }
}

function firstHost(cidr: string): string {
  const parsed = parseCidr(cidr)
  if (parsed === undefined) throw refuse('InvalidArgument', `cidr: ${cidr} is not a range`, { path: ['cidr'] })
  return formatAddress(parsed.version, hostsOf(parsed).first)
}
