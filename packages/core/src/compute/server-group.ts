import type { Resource, ResourceId, NoOutputs } from '../resource.ts'

/** The id of a group of servers. */
export type ServerGroupId = ResourceId<'serverGroup'>

/** Servers that are placed with regard to each other. */
export interface ServerGroupSpec {
  readonly name: string
  /** `spread` over hosts, or `pack` on one. */
  readonly policy: 'spread' | 'pack'
}

/** A group of servers as the cloud shows it. */
export type ServerGroupResource = Resource<'serverGroup', ServerGroupSpec, NoOutputs, 'Ready'>
