import type { CloudSet } from '../plan/cloud-set.ts'
import type { Member } from '../stack/members.ts'
import type { StackProblem } from '../stack/stack-problem.ts'
import type { Desired } from './work-on-stack.ts'

/** Reads what the members of a stack bring from this machine: files become digests, and their bytes are kept for when they are put. */
export async function prepareMembers(desired: Desired, clouds: CloudSet): Promise<Desired> {
  const members = new Map<string, Member>()
  const problems: StackProblem[] = [...desired.problems]
  for (const [address, member] of desired.members) {
    const prepare = clouds.kind(member.wanted.kind)?.prepare
    if (prepare === undefined) {
      members.set(address, member)
      continue
    }
    const prepared = await prepare(member.spec, clouds.keep)
    problems.push(...prepared.problems.map((problem) => ({ ...problem, path: [address, ...problem.path] })))
    members.set(address, { ...member, spec: prepared.spec })
  }
  return { ...desired, members, problems }
}
