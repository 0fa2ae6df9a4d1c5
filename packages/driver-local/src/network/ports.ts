import { kinds } from '@hanse/core'
import type { PortResource, PortSpec } from '@hanse/core'
import type { LocalCloud } from '../local-cloud.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { simulatedLife, simulatedPhases } from './simulated-life.ts'
import { refuseOperated, takeAddress } from './subnets.ts'

/** Ports. A floating IP that leads to one is freed when it goes. */
export const ports = (cloud: LocalCloud): LocalKind<PortSpec, PortResource> =>
  localKind<PortSpec, PortResource>(cloud, {
    kind: kinds.port,
    fields: ['name', 'subnet', 'address', 'securityGroups', 'labels'],
    transitions: simulatedLife,
    phases: simulatedPhases,
    refuse: (tx, { subnet }) => refuseOperated(tx, 'subnet', [subnet]),
    decide: (tx, record, { subnet, address }) => ({ address: takeAddress(tx, subnet, record, address), macAddress: macOf(record.seq) }),
    takesAlong: { floatingIpAssociation: 'port' },
  })

/** Under the prefix that OpenStack uses; a sequence number is used once, so no two are equal before 16 million. */
const macOf = (seq: number): string => {
  const digits = (seq % 0x1000000).toString(16).padStart(6, '0')
  return `fa:16:3e:${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4)}`
}
