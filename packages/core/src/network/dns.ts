import type { Labels, Resource, ResourceId, NoOutputs } from '../resource.ts'

/** The id of a DNS zone. */
export type DnsZoneId = ResourceId<'dnsZone'>

/** The id of a DNS record. */
export type DnsRecordId = ResourceId<'dnsRecord'>

/** A domain whose records the cloud answers for. */
export interface DnsZoneSpec {
  /** With or without the dot at the end: `example.org`. */
  readonly name: string
  /** Of who is responsible, for the SOA record (RFC 1035, section 3.3.13). */
  readonly email?: string | undefined
  /** How long others may keep an answer, in seconds, where a record says nothing. */
  readonly ttlSeconds?: number | undefined
  readonly labels?: Labels | undefined
}

/** What `update` takes. */
export type DnsZoneChanges = Partial<Pick<DnsZoneSpec, 'email' | 'ttlSeconds' | 'labels'>>

/** What the cloud decided about a zone. */
export interface DnsZoneOutputs {
  /** To be named at the registrar. */
  readonly nameServers: readonly string[]
}

/** A DNS zone as the cloud shows it. */
export type DnsZoneResource = Resource<'dnsZone', DnsZoneSpec, DnsZoneOutputs, 'Ready' | 'Pending' | 'Deleting' | 'Failed'>

/** All values of one name and type in a zone (RFC 2181, section 5: an RRSet). Zone, name and type are its identity. */
export interface DnsRecordSpec {
  readonly zone: DnsZoneId
  /** The whole name: `www.example.org`. */
  readonly name: string
  readonly type: 'A' | 'AAAA' | 'CAA' | 'CNAME' | 'MX' | 'NS' | 'SRV' | 'TXT'
  readonly values: readonly string[]
  readonly ttlSeconds?: number | undefined
}

/** What `update` takes. */
export type DnsRecordChanges = Partial<Pick<DnsRecordSpec, 'values' | 'ttlSeconds'>>

/** A DNS record as the cloud shows it. */
export type DnsRecordResource = Resource<'dnsRecord', DnsRecordSpec, NoOutputs, 'Ready' | 'Pending' | 'Failed'>
