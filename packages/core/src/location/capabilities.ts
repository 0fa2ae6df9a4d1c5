import type { QuotaService, RegionService, ZoneService } from './location.ts'

/** A cloud that names its regions. */
export interface HasRegions {
  readonly supports: { readonly region: true }
  readonly location: { readonly regions: RegionService }
}
/** A cloud that names its availability zones. */
export interface HasZones {
  readonly supports: { readonly zone: true }
  readonly location: { readonly zones: ZoneService }
}
/** A cloud that tells limits and use of the account. */
export interface HasQuotas {
  readonly supports: { readonly quota: true }
  readonly location: { readonly quotas: QuotaService }
}
