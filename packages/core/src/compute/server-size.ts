import type { Choice, Resource, ResourceId, NoOutputs } from '../resource.ts'

/** The id of a size of servers. */
export type ServerSizeId = ResourceId<'serverSize'>

/** The processor, as `uname -m` calls it. */
export type Architecture = 'x86_64' | 'aarch64'

/** What a size must at least have. The smallest size that has it is chosen: fewest vCPUs, then memory, then disk, then name. */
export interface SizeSelector {
  readonly vcpus?: number | undefined
  readonly memoryGiB?: number | undefined
  readonly diskGiB?: number | undefined
  readonly architecture?: Architecture | undefined
  /** How many accelerators (GPUs) at least. */
  readonly accelerators?: number | undefined
}

/** A size by id, by name (`SCS-4V-16-50`), or by what it must have. */
export type SizeChoice = Choice<'serverSize', SizeSelector>

/** What a size gives. Not a spec, for nobody creates one; described like one. */
export interface ServerSizeSpec {
  readonly name: string
  readonly vcpus: number
  readonly memoryGiB: number
  readonly diskGiB?: number | undefined
  readonly architecture?: Architecture | undefined
  readonly accelerators?: number | undefined
}

/** A size of servers as the cloud shows it. */
export type ServerSizeResource = Resource<'serverSize', ServerSizeSpec, NoOutputs, 'Ready'>
