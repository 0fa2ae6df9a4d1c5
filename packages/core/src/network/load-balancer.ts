import type { ServerId } from '../compute/server.ts'
import type { Labels, Resource, ResourceId } from '../resource.ts'
import type { SubnetId } from './subnet.ts'

/** The id of a load balancer. */
export type LoadBalancerId = ResourceId<'loadBalancer'>

/** A port that a load balancer listens on, and who answers. */
export interface Listener {
  readonly protocol: 'tcp' | 'udp' | 'http'
  readonly port: number
  /** The members' port; the listener's own when left out. */
  readonly memberPort?: number | undefined
  readonly members: readonly ServerId[]
  /** The path that a healthy member answers with 2xx; without it a connection is enough. Only for `http`. */
  readonly healthPath?: string | undefined
}

/** Spreads connections over servers. */
export interface LoadBalancerSpec {
  readonly name: string
  /** Where its address comes from. */
  readonly subnet: SubnetId
  readonly listeners: readonly Listener[]
  readonly labels?: Labels | undefined
}

/** What `update` takes. */
export type LoadBalancerChanges = Partial<Pick<LoadBalancerSpec, 'name' | 'listeners' | 'labels'>>

/** What the cloud decided about a load balancer. */
export interface LoadBalancerOutputs {
  readonly address: string
}

/** A load balancer as the cloud shows it. */
export type LoadBalancerResource = Resource<
  'loadBalancer',
  LoadBalancerSpec,
  LoadBalancerOutputs,
  'Provisioning' | 'Ready' | 'Updating' | 'Deleting' | 'Failed' | 'Unknown'
>
