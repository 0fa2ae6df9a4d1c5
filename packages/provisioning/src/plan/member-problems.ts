import type { AnyKind } from '@hanse/core'
import { checkFields } from '@hanse/core'
import type { Member } from '../stack/members.ts'
import type { StackProblem } from '../stack/stack-problem.ts'
import type { CloudSet } from './cloud-set.ts'
import { isLater } from './later.ts'

/** What is wrong with a wanted resource for the cloud that it is meant for, before anything is asked of it. */
export function memberProblems(
  clouds: CloudSet,
  { address, wanted }: Member,
  kind: AnyKind,
  spec: Readonly<Record<string, unknown>>,
): readonly StackProblem[] {
  const cloud = clouds.cloud(wanted.on)
  if (cloud === undefined) {
    const names = clouds.names.join(', ') || 'none'
    return [{ path: [address], message: `is meant for the cloud ${wanted.on}, which was not given; there are ${names}` }]
  }
  const missing = (clouds.kind(wanted.kind)?.needs ?? []).filter(
    (capability) => (cloud.supports as Readonly<Record<string, true>>)[capability] !== true,
  )
  if (missing.length > 0)
    return missing.map((capability) => ({
      path: [address],
      message: `the cloud ${wanted.on} (${cloud.driver}) has no ${capability}`,
      capability,
    }))
  const problems =
    cloud.kinds[kind.kind] === undefined ? checkFields(kind.fields, spec, [], isLater) : cloud.check(kind.kind, spec, { isLater })
  return problems.map(({ path, message, capability }) => ({
    path: [address, ...path],
    message,
    ...(capability === undefined ? {} : { capability }),
  }))
}
