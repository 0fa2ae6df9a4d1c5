import { kinds } from '@hanse/core'
import type { DnsRecordResource, DnsRecordSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { dnsLife } from './dns-life.ts'
import { normalName } from './dns-name.ts'
import { problemOfValue } from './dns-values.ts'

/** DNS records: all values of one name and type, each checked as its type wants it. */
export const dnsRecords = (cloud: LocalCloud): LocalKind<DnsRecordSpec, DnsRecordResource> => {
  const kind = localKind<DnsRecordSpec, DnsRecordResource>(cloud, {
    kind: kinds.dnsRecord,
    fields: ['zone', 'name', 'type', 'values', 'ttlSeconds'],
    transitions: dnsLife,
    phases: { PENDING: 'Pending', 'ACTIVE (simulated)': 'Ready', DELETING: 'Pending' },
    complete: (_, spec) => ({ ...spec, name: normalName(spec.name) }),
    refuse: (tx, { zone, name, type, values }, before) => {
      const wrong = (field: string, message: string, ...path: readonly number[]) =>
        refuse('InvalidArgument', `${[field, ...path].join('.')}: ${message}`, { path: [field, ...path] })
      const apex = recordsOf('dnsZone').get(tx, zone)?.name ?? ''
      if (name !== apex && !name.endsWith(`.${apex}`)) throw wrong('name', `${name} is not in zone ${apex}`)
      if (!isRecordName(name)) throw wrong('name', `${name} is not a domain name`)
      if (name === apex && type === 'NS') throw wrong('type', `the name servers of ${apex} are the cloud's`)
      values.forEach((value, index) => {
        const problem = problemOfValue(type, value)
        if (problem !== undefined) throw wrong('values', problem, index)
        if (values.indexOf(value) !== index) throw wrong('values', `${value} is given twice`, index)
      })
      if (type === 'CNAME' && values.length > 1) throw wrong('values', 'a CNAME has one value', 1)
      if (type === 'CNAME' && name === apex)
        throw wrong('type', `${apex} has name servers, so it cannot be a CNAME (RFC 1034, section 3.6.2)`)
      if (before !== undefined) return
      // An alias is alone at its name.
      const beside = kind.records
        .page(tx, { parent: zone, name, limit: 100 })
        .records.find((other) => other.document.spec.type !== type && [type, other.document.spec.type].includes('CNAME'))
      if (beside !== undefined)
        throw refuse(
          'FailedPrecondition',
          `${name} has a record ${beside.document.spec.type} (${beside.id}); a CNAME is alone at its name`,
          { actual: beside.id },
        )
    },
  })
  return kind
}

/** Labels may begin with an underscore (RFC 8552); the first may be a wildcard (RFC 4592). */
const isRecordName = (name: string): boolean =>
  name.length <= 253 && /^(?:\*\.)?(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*$/.test(name)
