import type { ServerSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { Resolved } from '@hanse/core/driver'
import { recordsOf } from '../local-document.ts'
import { refuseUnknownZone, zoneNames } from '../location/places.ts'
import { refuseOperated, subnetOf } from '../network/subnets.ts'
import { referrersOf } from '../store/references.ts'
import type { ReadTransaction } from '../store/transaction.ts'
import { readyImage } from './images.ts'
import { sizeOf } from './server-sizes.ts'

/** As many as Nova puts into a group unless its operator says otherwise. */
const serversPerGroup = 10

/** The zone of a server that asked for none: that of its subnets, or the next in turn. */
export function zoneFor(tx: ReadTransaction, { subnets = [] }: Resolved<ServerSpec>): string | undefined {
  const fixed = subnets.map((subnet) => subnetOf(tx, subnet).document.spec.zone).find((zone) => zone !== undefined)
  const names = zoneNames(tx)
  return fixed ?? names[recordsOf('server').count(tx) % names.length]
}

/** Refuses a new server that no host would take. */
export function refuseUnfit(tx: ReadTransaction, { image, size, subnets = [], zone, group }: Resolved<ServerSpec>): void {
  const wrong = (field: string, message: string) => refuse('InvalidArgument', `${field}: ${message}`, { path: [field] })
  const [disk, host] = [readyImage(tx, image).document.spec, sizeOf(tx, size)]
  if (disk.architecture !== undefined && host.architecture !== undefined && disk.architecture !== host.architecture)
    throw wrong('image', `image ${image} is for ${disk.architecture}, and size ${size} is ${host.architecture}`)
  if (new Set(subnets).size < subnets.length) throw wrong('subnets', 'one is named twice')
  refuseOperated(tx, 'subnets', subnets)
  refuseUnknownZone(tx, zone)
  const elsewhere = subnets.find((subnet) => (subnetOf(tx, subnet).document.spec.zone ?? zone) !== zone)
  if (elsewhere !== undefined) throw wrong('zone', `subnet ${elsewhere} is not in zone ${zone}`)
  if (
    group !== undefined &&
    referrersOf(tx, { kind: 'serverGroup', id: group }, { by: 'server', limit: serversPerGroup }).length >= serversPerGroup
  )
    throw refuse('QuotaExceeded', `server group ${group} may have ${serversPerGroup} servers, and has them`, {
      quota: 'serversPerGroup',
      limit: serversPerGroup,
    })
}
