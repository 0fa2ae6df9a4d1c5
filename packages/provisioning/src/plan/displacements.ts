import type { AnyKind } from '@hanse/core'
import type { JsonObject, RecordedResource } from '../state/recorded-resource.ts'
import type { CloudSet } from './cloud-set.ts'
import { identityOf } from './identity.ts'
import type { Incarnation, Work } from './plan.ts'
import { overlap, takesRange } from './ranges.ts'

/** Something that goes and may stand in the way of something that comes. */
interface InTheWay extends Incarnation {
  readonly cidr?: string | undefined
}

/**
 * What stands in the way of each resource that is made: the same one of its kind, or an overlapping range of the same parent, that goes in
 * the same plan. A resource that is listed under another name is such a case.
 */
export function displacements(work: readonly Work[], clouds: CloudSet): (maker: Work) => readonly Incarnation[] {
  const byIdentity = new Map<string, InTheWay[]>()
  const byParent = new Map<string, InTheWay[]>()
  for (const { change, recorded, recordedSpec, isGone, isLeftOver } of work) {
    const goes = isLeftOver || change.action === 'delete' || change.action === 'replace'
    if (!goes || recorded === undefined || isGone) continue
    const kind = clouds.kind(recorded.kind)?.kind
    if (kind === undefined) continue
    const at = { address: recorded.address, generation: recorded.generation }
    const identity = identityOf(kind, recorded.on, named(recorded, recordedSpec))
    if (identity !== undefined) add(byIdentity, identity, at)
    const range = rangeOf(kind, recorded.on, recordedSpec)
    if (range !== undefined) add(byParent, range.parent, { ...at, cidr: range.cidr })
  }
  if (byIdentity.size === 0 && byParent.size === 0) return () => []

  return ({ change, wanted }) => {
    const kind = change.action === 'create' || change.action === 'replace' ? clouds.kind(change.kind)?.kind : undefined
    if (kind === undefined) return []
    const identity = identityOf(kind, change.on, change.name === undefined ? wanted : { ...wanted, name: change.name })
    const range = rangeOf(kind, change.on, wanted)
    return [
      ...(identity === undefined ? [] : (byIdentity.get(identity) ?? [])),
      ...(range === undefined ? [] : (byParent.get(range.parent) ?? []).filter(({ cidr = '' }) => overlap(cidr, range.cidr))),
    ].map(({ address, generation }) => ({ address, generation }))
  }
}

const named = ({ name }: RecordedResource, spec: JsonObject): JsonObject => (name === '' ? spec : { ...spec, name })

function rangeOf(
  kind: AnyKind,
  on: string,
  spec: Readonly<Record<string, unknown>>,
): { readonly parent: string; readonly cidr: string } | undefined {
  if (!takesRange(kind)) return undefined
  const [parent, cidr] = [spec[kind.parent ?? ''], spec['cidr']]
  return typeof parent === 'string' && typeof cidr === 'string' ? { parent: `${on}\n${kind.kind}\n${parent}`, cidr } : undefined
}

function add(to: Map<string, InTheWay[]>, at: string, item: InTheWay): void {
  const others = to.get(at)
  if (others === undefined) to.set(at, [item])
  else others.push(item)
}
