import type { Resource, NoOutputs } from '../resource.ts'
import type { Lists } from '../service.ts'

/** A place with a name of its own, as a provider cuts up the world. */
export interface RegionSpec {
  readonly name: string
}

/** A region as the cloud shows it. */
export type RegionResource = Resource<'region', RegionSpec, NoOutputs, 'Ready'>

/** A part of a region that fails apart from the others (availability zone). */
export interface ZoneSpec {
  readonly name: string
  readonly region?: string | undefined
}

/** A zone as the cloud shows it. */
export type ZoneResource = Resource<'zone', ZoneSpec, NoOutputs, 'Ready' | 'Unavailable'>

/** How much of something the account may have. */
export interface QuotaSpec {
  /** What is counted: `servers`, `vcpus`, `memoryGiB`, `volumeGiB`, `floatingIps` … in the words of the kinds. */
  readonly name: string
}

/** The count. */
export interface QuotaOutputs {
  /** Absent when there is no limit. */
  readonly limit?: number | undefined
  readonly used: number
}

/** A quota as the cloud shows it. */
export type QuotaResource = Resource<'quota', QuotaSpec, QuotaOutputs, 'Ready'>

/** The regions that the account may use. */
export interface RegionService extends Lists<RegionResource> {}
/** The availability zones of the region that is open. */
export interface ZoneService extends Lists<ZoneResource> {}
/** What the account may have and has. */
export interface QuotaService extends Lists<QuotaResource> {}
