import type { Capability, CloudResultAsync, CloudWith } from '@hanse/core'
import type { DriverKinds } from '@hanse/core/driver'

/** A capability of somebody else's: one interface for those who use it, one for the driver that has it. */
export interface HasGpuPools {
  readonly acme: { readonly gpuPools: { grow(by: number): CloudResultAsync<number> } }
}
export interface GpuPoolDriver {
  grow(by: number): Promise<number>
}

declare module '@hanse/core' {
  interface CapabilityMap {
    'acme.gpuPool': HasGpuPools
  }
}
declare module '@hanse/core/driver' {
  interface DriverMap {
    'acme.gpuPool': { readonly gpuPool: GpuPoolDriver }
  }
}

export const capability: Capability = 'acme.gpuPool'

export const grow = (cloud: CloudWith<'acme.gpuPool' | 'server'>): CloudResultAsync<number> => cloud.acme.gpuPools.grow(1)

export const kinds: DriverKinds<'acme.gpuPool'> = { gpuPool: { grow: async (by) => by } }

// @ts-expect-error the driver declares the capability and does not implement it
export const missing: DriverKinds<'acme.gpuPool'> = {}
