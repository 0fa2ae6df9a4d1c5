import type { Resource, ResourceId, NoOutputs } from '../resource.ts'

export type ServerGroupId = ResourceId<'serverGroup'>

/** Servers that are placed with regard to each other. */
export interface ServerGroupSpec {
  readonly name: string
  /** `spread` over hosts, or `pack` on one. */
  readonly policy: 'spread' | 'pack'
}

export type ServerGroupResource = Resource<'serverGroup', ServerGroupSpec, NoOutputs, 'Ready'>
