import type { Labels, Resource, ResourceId } from '../resource.ts'
import type { NetworkId } from './network.ts'

/** The id of a subnet. */
export type SubnetId = ResourceId<'subnet'>

/** A range of addresses in a network. */
export interface SubnetSpec {
  readonly name: string
  readonly network: NetworkId
  /** IPv4 or IPv6 in CIDR notation (RFC 4632, RFC 4291): `10.0.0.0/24`. IPv6 needs `subnet.ipv6`. */
  readonly cidr: string
  /** The router's address; the first of the range when left out. */
  readonly gateway?: string | undefined
  readonly dnsServers?: readonly string[] | undefined
  /** The availability zone by name, where subnets have one (AWS). */
  readonly zone?: string | undefined
  readonly labels?: Labels | undefined
}

/** What `update` takes. */
export type SubnetChanges = Partial<Pick<SubnetSpec, 'name' | 'dnsServers' | 'labels'>>

/** What the cloud decided about a subnet. */
export interface SubnetOutputs {
  readonly cidr: string
  readonly gateway?: string | undefined
}

/** A subnet as the cloud shows it. */
export type SubnetResource = Resource<'subnet', SubnetSpec, SubnetOutputs, 'Ready' | 'Pending' | 'Failed'>
