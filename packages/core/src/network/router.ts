import type { Labels, Resource, ResourceId, NoOutputs } from '../resource.ts'
import type { NetworkId } from './network.ts'
import type { SubnetId } from './subnet.ts'

/** The id of a router. */
export type RouterId = ResourceId<'router'>

/** The id of an interface of a router. */
export type RouterInterfaceId = ResourceId<'routerInterface'>

/** What carries traffic between subnets, and outside. */
export interface RouterSpec {
  readonly name: string
  /** The network outside to which it leads; none when left out. */
  readonly externalNetwork?: NetworkId | undefined
  readonly labels?: Labels | undefined
}

/** What `update` takes. */
export type RouterChanges = Partial<RouterSpec>

/** What the cloud decided about a router. */
export interface RouterOutputs {
  /** The address with which it speaks outside. */
  readonly externalAddress?: string | undefined
}

/** A router as the cloud shows it. */
export type RouterResource = Resource<'router', RouterSpec, RouterOutputs, 'Ready' | 'Pending' | 'Failed'>

/** Joins a subnet to a router; the pair is its identity. */
export interface RouterInterfaceSpec {
  readonly router: RouterId
  readonly subnet: SubnetId
}

/** An interface of a router as the cloud shows it. */
export type RouterInterfaceResource = Resource<'routerInterface', RouterInterfaceSpec, NoOutputs, 'Ready' | 'Pending'>
