import type { Labels, Resource, ResourceId } from '../resource.ts'

/** The id of a network. */
export type NetworkId = ResourceId<'network'>

/** An isolated layer-2 network (AWS: VPC). */
export interface NetworkSpec {
  readonly name: string
  readonly labels?: Labels | undefined
}

/** What `update` takes. */
export type NetworkChanges = Partial<NetworkSpec>

/** What the cloud says of a network. */
export interface NetworkOutputs {
  /** It leads outside: floating IPs come from it and routers may have it as their way out. */
  readonly external: boolean
}

/** A network as the cloud shows it. */
export type NetworkResource = Resource<'network', NetworkSpec, NetworkOutputs, 'Ready' | 'Pending' | 'Failed'>
