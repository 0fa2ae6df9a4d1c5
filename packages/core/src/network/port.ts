import type { Labels, Resource, ResourceId } from '../resource.ts'
import type { SecurityGroupId } from './security-group.ts'
import type { SubnetId } from './subnet.ts'

/** The id of a port. */
export type PortId = ResourceId<'port'>

/** A place in a subnet with an address of its own (AWS: network interface). */
export interface PortSpec {
  readonly name: string
  readonly subnet: SubnetId
  /** A certain address of the subnet; any free one when left out. */
  readonly address?: string | undefined
  readonly securityGroups?: readonly SecurityGroupId[] | undefined
  readonly labels?: Labels | undefined
}

/** What `update` takes. */
export type PortChanges = Partial<Pick<PortSpec, 'name' | 'securityGroups' | 'labels'>>

/** What the cloud decided about a port. */
export interface PortOutputs {
  readonly address: string
  readonly macAddress: string
}

/** A port as the cloud shows it. */
export type PortResource = Resource<'port', PortSpec, PortOutputs, 'Ready' | 'Pending' | 'Failed'>
