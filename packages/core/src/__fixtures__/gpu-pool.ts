import type { ServerGroupId } from '../compute/server-group.ts'
import type { SizeChoice, SizeSelector } from '../compute/server-size.ts'
import { choice, concealed, integer, needing, oneOf, optional, reference, text } from '../kind/field.ts'
import { describeKind } from '../kind/kind.ts'
import type { MutationOptions } from '../options.ts'
import type { NoOutputs, Resource, ResourceId } from '../resource.ts'
import type { CloudResultAsync } from '../result.ts'
import type { Secret } from '../secret.ts'
import type { Creates, Deletes, Gets, Lists, Updates } from '../service.ts'

// A kind of somebody else's, as a driver's package would add it.

export type GpuPoolId = ResourceId<'acme.gpuPool'>

export interface GpuPoolSpec {
  readonly name: string
  readonly count: number
  readonly model: 'h200' | 'mi300'
  readonly size: SizeChoice
  readonly group?: ServerGroupId | undefined
  readonly password: string | Secret<string>
}
export type GpuPoolResource = Resource<'acme.gpuPool', GpuPoolSpec, NoOutputs, 'Ready' | 'Draining'>

export interface GpuPoolService
  extends Creates<GpuPoolSpec, GpuPoolResource>,
    Gets<GpuPoolResource>,
    Lists<GpuPoolResource>,
    Updates<GpuPoolResource, Partial<Pick<GpuPoolSpec, 'count'>>>,
    Deletes<GpuPoolResource> {}

export interface HasGpuPools {
  readonly supports: { readonly 'acme.gpuPool': true }
  readonly compute: { readonly gpuPools: GpuPoolService }
}
export interface HasGpuPoolDrain {
  readonly supports: { readonly 'acme.gpuPool.drain': true }
  readonly compute: {
    readonly gpuPools: { drain(id: GpuPoolId, graceSeconds: number, options?: MutationOptions): CloudResultAsync<GpuPoolResource> }
  }
}

declare module '../cloud.ts' {
  interface CapabilityMap {
    'acme.gpuPool': HasGpuPools
    'acme.gpuPool.drain': HasGpuPoolDrain
  }
}

export const gpuPool = describeKind<GpuPoolSpec, NoOutputs, 'Ready' | 'Draining'>()({
  kind: 'acme.gpuPool',
  service: 'compute',
  plural: 'gpuPools',
  summary: 'A set of accelerators that servers share.',
  identity: 'marked',
  verbs: ['create', 'get', 'list', 'update', 'delete'],
  actions: {
    drain: {
      summary: 'Waits for its work to end and takes no more.',
      on: 'one',
      takes: { graceSeconds: integer('For so long at most.', { min: 0, max: 3600, unit: 's' }) },
      effect: 'changes',
      needs: 'acme.gpuPool.drain',
    },
  },
  phases: { Ready: 'ready', Draining: 'pending' },
  fields: {
    name: text('Its name.', { min: 1, max: 63 }),
    count: integer('How many.', { min: 1, max: 64, unit: 'GPU' }, { onChange: 'update' }),
    model: oneOf('Of which make.', ['h200', 'mi300']),
    size: choice<'serverSize', SizeSelector>('Of the hosts.', 'serverSize', {
      vcpus: optional(integer('At least so many.', { min: 1, max: 1024, unit: 'vCPU' })),
      memoryGiB: optional(integer('At least so much.', { min: 1, max: 24_576, unit: 'GiB' })),
      diskGiB: optional(integer('At least so much.', { min: 0, max: 65_536, unit: 'GiB' })),
      architecture: optional(oneOf('The processor.', ['x86_64', 'aarch64'])),
      accelerators: optional(integer('At least so many.', { min: 0, max: 64, unit: 'GPU' })),
    }),
    group: optional(needing('serverGroup', reference('Whose placement policy its hosts follow.', 'serverGroup'))),
    password: concealed(text('Of its console.', { min: 8, max: 64 })),
  },
  outputs: {},
})
