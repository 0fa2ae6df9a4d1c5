import { kinds } from '@hanse/core'
import type { DnsZoneResource, DnsZoneSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import type { ReadTransaction } from '../store/transaction.ts'
import { normalName } from './dns-name.ts'
import { dnsLife } from './dns-life.ts'

/** Under a name that nobody can register (RFC 6761): nothing answers there, and nothing is said to. */
const nameServers = ['ns1.hanse.invalid', 'ns2.hanse.invalid']

/** DNS zones. As on Route 53, one with records is in use: each record refers to it. */
export const dnsZones = (cloud: LocalCloud): LocalKind<DnsZoneSpec, DnsZoneResource> =>
  localKind<DnsZoneSpec, DnsZoneResource>(cloud, {
    kind: kinds.dnsZone,
    fields: ['name', 'email', 'ttlSeconds', 'labels'],
    uniqueName: 'everywhere',
    transitions: dnsLife,
    phases: { PENDING: 'Pending', 'ACTIVE (simulated)': 'Ready', DELETING: 'Deleting' },
    complete: (_, spec) => ({ ...spec, name: normalName(spec.name) }),
    refuse: (tx, { name }, before) => {
      if (before === undefined) refuseBadZone(tx, name)
    },
    decide: () => ({ nameServers }),
  })

function refuseBadZone(tx: ReadTransaction, name: string): void {
  if (!name.includes('.'))
    throw refuse('InvalidArgument', `name: ${name} is a top-level domain; a zone here is below one`, { path: ['name'] })
  if (name.startsWith('*.')) throw refuse('InvalidArgument', 'name: a zone has no wildcard; its records may have', { path: ['name'] })
  // A zone above this one would answer for its names already: those are records of it.
  for (let above = name; above.includes('.'); ) {
    above = above.slice(above.indexOf('.') + 1)
    const zone = recordsOf('dnsZone').byName(tx, above)
    const taken = zone === undefined ? undefined : recordsOf('dnsRecord').byName(tx, name, zone.id)
    if (zone !== undefined && taken !== undefined && taken.document.spec.type !== 'NS')
      throw refuse('FailedPrecondition', `name: zone ${above} (${zone.id}) has a record ${taken.document.spec.type} of this name`, {
        actual: taken.id,
      })
  }
}
