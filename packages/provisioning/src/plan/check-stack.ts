import type { Member } from '../stack/members.ts'
import { isWanted } from '../stack/builders.ts'
import type { Stack } from '../stack/stack.ts'
import type { StackProblem } from '../stack/stack-problem.ts'
import type { CloudSet } from './cloud-set.ts'
import { evaluateSpec } from './evaluate.ts'
import { byAddress, identityOf } from './identity.ts'
import { Later } from './later.ts'
import { memberProblems } from './member-problems.ts'
import { physicalName } from './physical-name.ts'
import { overlapping, takesRange } from './ranges.ts'

/** Everything that is wrong with a stack for these clouds, as far as it can be known without asking anybody. */
export function checkStack(
  stack: Pick<Stack, 'name' | 'members' | 'problems'>,
  environment: string,
  clouds: CloudSet,
): readonly StackProblem[] {
  const problems: StackProblem[] = [...clouds.problems, ...stack.problems]
  const addressOf = new Map([...stack.members.values()].map((member) => [member.wanted as object, member.address]))
  const identities = new Map<string, string>()
  const ranges = new Map<string, { readonly address: string; readonly cidr: string }[]>()

  for (const member of stack.members.values()) {
    const { address, wanted } = member
    const kind = clouds.kind(wanted.kind)?.kind
    if (kind === undefined) {
      problems.push({ path: [address], message: `there is no kind ${wanted.kind}` })
      continue
    }
    const spec = evaluateSpec(
      kind,
      member.spec,
      (referred) => new Later(addressOf.get(referred) ?? ''),
      (path, message) => problems.push({ path: [address, ...path], message }),
    )
    problems.push(...memberProblems(clouds, member, kind, named(spec, stack.name, environment, member, clouds)))

    const own = byAddress(spec, referredAddress(member, addressOf))
    const identity = kind.identity === 'named' && typeof spec['name'] !== 'string' ? undefined : identityOf(kind, wanted.on, own)
    const twin = identity === undefined ? undefined : identities.get(identity)
    if (twin !== undefined) problems.push({ path: [address], message: `would be the same ${kind.kind} as ${twin}` })
    else if (identity !== undefined) identities.set(identity, address)

    const [parent, cidr] = [own[kind.parent ?? ''], own['cidr']]
    if (takesRange(kind) && typeof parent === 'string' && typeof cidr === 'string') {
      const at = `${wanted.on}\n${kind.kind}\n${parent}`
      const siblings = ranges.get(at)
      if (siblings === undefined) ranges.set(at, [{ address, cidr }])
      else siblings.push({ address, cidr })
    }
  }
  for (const siblings of ranges.values())
    for (const [one, other] of overlapping(siblings))
      problems.push({ path: [other.address, 'cidr'], message: `${other.cidr} overlaps ${one.cidr} of ${one.address}, in the same network` })
  return problems
}

const referredAddress =
  ({ spec }: Member, addressOf: ReadonlyMap<object, string>) =>
  (field: string): string | undefined =>
    isWanted(spec[field]) ? addressOf.get(spec[field]) : undefined

/** With the name that it will have, or one as long. */
function named(
  spec: Readonly<Record<string, unknown>>,
  stack: string,
  environment: string,
  { address, wanted }: Member,
  clouds: CloudSet,
): Readonly<Record<string, unknown>> {
  const kind = clouds.kind(wanted.kind)?.kind
  if (kind === undefined || spec['name'] !== undefined) return spec
  const parts = { stack, environment, address, stackId: '', generation: 0 }
  const name = physicalName(kind, clouds.cloud(wanted.on)?.limits[kind.kind], parts, false)
  return name === undefined ? spec : { ...spec, name }
}
