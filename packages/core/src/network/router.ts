import type { Labels, Resource, ResourceId, NoOutputs } from '../resource.ts'
import type { NetworkId } from './network.ts'
import type { SubnetId } from './subnet.ts'

export type RouterId = ResourceId<'router'>
export type RouterInterfaceId = ResourceId<'routerInterface'>

/** What carries traffic between subnets, and outside. */
export interface RouterSpec {
  readonly name: string
  /** The network outside to which it leads; none when left out. */
  readonly externalNetwork?: NetworkId | undefined
  readonly labels?: Labels | undefined
}
export type RouterChanges = Partial<RouterSpec>

/** What the cloud decided about a router. */
export interface RouterOutputs {
  /** The address with which it speaks outside. */
  readonly externalAddress?: string | undefined
}
export type RouterResource = Resource<'router', RouterSpec, RouterOutputs, 'Ready' | 'Pending' | 'Failed'>

/** Joins a subnet to a router; the pair is its identity. */
export interface RouterInterfaceSpec {
  readonly router: RouterId
  readonly subnet: SubnetId
}
export type RouterInterfaceResource = Resource<'routerInterface', RouterInterfaceSpec, NoOutputs, 'Ready' | 'Pending'>
