import { kinds } from '@hanse/core'
import type { RegionResource, RegionSpec, ZoneResource, ZoneSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { oneStep, oneStepPhases } from '../one-step.ts'
import type { ReadTransaction } from '../store/transaction.ts'

/** The region, as the seed wrote it. */
export const regions = (cloud: LocalCloud): LocalKind<RegionSpec, RegionResource> =>
  localKind<RegionSpec, RegionResource>(cloud, { kind: kinds.region, fields: [], transitions: oneStep, phases: oneStepPhases })

/** The zones of the region, as the seed wrote them. */
export const zones = (cloud: LocalCloud): LocalKind<ZoneSpec, ZoneResource> =>
  localKind<ZoneSpec, ZoneResource>(cloud, { kind: kinds.zone, fields: [], transitions: oneStep, phases: oneStepPhases })

/** The names of the zones. */
export const zoneNames = (tx: ReadTransaction): readonly string[] =>
  recordsOf('zone')
    .page(tx, { limit: 100 })
    .records.map(({ name }) => name)

/** Refuses a zone that there is not. */
export function refuseUnknownZone(tx: ReadTransaction, zone: string | undefined): void {
  if (zone === undefined) return
  const names = zoneNames(tx)
  if (!names.includes(zone))
    throw refuse('InvalidArgument', `zone: there is no zone ${zone}; there are ${names.join(', ')}`, { path: ['zone'] })
}
