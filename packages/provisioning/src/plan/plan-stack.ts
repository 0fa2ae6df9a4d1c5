import type { Seen } from '../operations/operations.ts'
import type { Stack } from '../stack/stack.ts'
import type { StackProblem } from '../stack/stack-problem.ts'
import type { JsonObject, RecordedResource } from '../state/recorded-resource.ts'
import type { CloudSet } from './cloud-set.ts'
import { displacements } from './displacements.ts'
import type { Knows } from './evaluate.ts'
import { identityOf } from './identity.ts'
import { Later } from './later.ts'
import { inOrder, successorsFirst } from './order.ts'
import type { PlannedAction, Recovered, Work, WorkingPlan } from './plan.ts'
import { nameOf, planMember } from './plan-member.ts'

/** Everything that a plan is made of. */
export interface PlanInput {
  readonly stack: Pick<Stack, 'name' | 'members' | 'problems'>
  readonly environment: string
  readonly stackId: string
  /** The highest generation that was given out. */
  readonly generation: number
  readonly recorded: ReadonlyMap<string, RecordedResource>
  /** The recorded specs with their secrets open. */
  readonly recordedSpecs: ReadonlyMap<RecordedResource, JsonObject>
  /** What the clouds show, by address; what is missing is gone. */
  readonly seen: ReadonlyMap<string, Seen>
  readonly recovered: readonly Recovered[]
  readonly clouds: CloudSet
}

/** Decides what is to happen: a pure function of what is wanted, recorded and seen. */
export function planStack(input: PlanInput): WorkingPlan {
  const { stack, recorded } = input
  const problems: StackProblem[] = [...stack.problems]
  const wanted = planMembers(input, problems)
  const removed = [...recorded.values()]
    .filter(({ address }) => !stack.members.has(address))
    .map((before) => planRemoval(input, before, false))
  const leftOver = [...recorded.values()].flatMap(predecessors).map((before) => planRemoval(input, before, true))
  for (const { change } of [...removed, ...leftOver])
    if (input.clouds.cloud(change.on) === undefined)
      problems.push({ path: [change.address], message: `stands on the cloud ${change.on}, which was not given` })

  problems.push(...twins(input, wanted))

  const ordered = displacing(input, [...besidePredecessors(input, wanted), ...lastFirst(removed), ...leftOver], problems)
  const summary: Record<PlannedAction, number> = { create: 0, update: 0, replace: 0, delete: 0, none: 0 }
  for (const { change } of ordered) summary[change.action] += 1
  const plan = {
    stack: stack.name,
    environment: input.environment,
    changes: ordered.map(({ change }) => change),
    summary,
    recovered: input.recovered,
    problems,
  }
  return { plan, work: ordered }
}

/** The members in the order of their needs: what one will be is known only when those are planned. */
function planMembers(input: PlanInput, problems: StackProblem[]): readonly Work[] {
  const { stack, clouds, environment, stackId } = input
  const addressOf = new Map([...stack.members.values()].map((member) => [member.wanted as object, member.address]))
  const planned = new Map<string, Work>()
  const knows: Knows = (wanted) => {
    const address = addressOf.get(wanted) ?? ''
    const work = planned.get(address)
    const stays = work?.change.action === 'none' || work?.change.action === 'update'
    const outputs = input.seen.get(address)?.outputs ?? work?.recorded?.outputs
    return stays && work.recorded?.id !== undefined && outputs !== undefined ? { id: work.recorded.id, outputs } : new Later(address)
  }
  const members = inOrder(
    [...stack.members.values()],
    ({ address }) => address,
    ({ dependsOn }) => dependsOn,
  )
  for (const member of members) {
    const kind = clouds.kind(member.wanted.kind)?.kind
    // The check of the stack has said so.
    if (kind === undefined) continue
    const before = input.recorded.get(member.address)
    const one = planMember({
      member,
      kind,
      before,
      recordedSpec: recordedSpec(input, before),
      seen: input.seen.get(member.address),
      knows,
      clouds,
      stack: { name: stack.name, environment, stackId, generation: input.generation + 1 },
    })
    planned.set(member.address, one.work)
    problems.push(...one.problems)
  }
  return [...planned.values()]
}

/** Names that were given once are kept, so that two may turn out to be one only now. */
function twins({ clouds }: PlanInput, work: readonly Work[]): readonly StackProblem[] {
  const addresses = new Map<string, string>()
  return work.flatMap(({ change, wanted }): readonly StackProblem[] => {
    const kind = clouds.kind(change.kind)?.kind
    const identity = kind && identityOf(kind, change.on, change.name === undefined ? wanted : { ...wanted, name: change.name })
    if (identity === undefined) return []
    const twin = addresses.get(identity)
    addresses.set(identity, change.address)
    return twin === undefined ? [] : [{ path: [change.address], message: `would be the same ${change.kind} as ${twin}` }]
  })
}

function planRemoval(input: PlanInput, before: RecordedResource, isLeftOver: boolean): Work {
  // What is left over was looked at when it was recovered; deleting what is gone is fine.
  const isGone = !isLeftOver && input.seen.get(before.address) === undefined
  return {
    recorded: before,
    recordedSpec: recordedSpec(input, before),
    wanted: {},
    isGone,
    isPending: false,
    isLeftOver,
    generation: before.generation,
    key: before.key,
    fields: [],
    actions: [],
    pinned: {},
    displaces: [],
    change: {
      address: before.address,
      kind: before.kind,
      on: before.on,
      action: 'delete',
      name: before.name || undefined,
      reason: isLeftOver ? 'was replaced by an earlier run' : isGone ? 'is no longer wanted, and is gone already' : 'is no longer wanted',
      changes: [],
      dependsOn: [],
      createFirst: false,
      ...(before.id === undefined ? {} : { id: before.id }),
    },
  }
}

const recordedSpec = ({ recordedSpecs }: PlanInput, resource: RecordedResource | undefined): JsonObject =>
  (resource === undefined ? undefined : recordedSpecs.get(resource)) ?? resource?.spec ?? {}

/** The predecessors of a resource that are not known to be gone, newest first. */
const predecessors = ({ previous }: RecordedResource): readonly RecordedResource[] =>
  previous === undefined ? [] : [previous, ...predecessors(previous)]

/** Marks what is made before its predecessor goes, and gives it a name of its own, unless the program names it. */
function besidePredecessors(input: PlanInput, work: readonly Work[]): readonly Work[] {
  const { stack, clouds, environment, stackId } = input
  const first = successorsFirst(new Map(work.map(({ change }) => [change.address, change])), input.recorded)
  if (first.size === 0) return work
  return work.map((each) => {
    const { address } = each.change
    const member = first.has(address) ? stack.members.get(address) : undefined
    const kind = member === undefined ? undefined : clouds.kind(member.wanted.kind)?.kind
    if (member === undefined || kind === undefined) return each
    const isNamed = member.spec['name'] !== undefined
    const name = isNamed
      ? each.change.name
      : nameOf({ member, kind, clouds, stack: { name: stack.name, environment, stackId, generation: each.generation } }, true)
    return { ...each, change: { ...each.change, name, createFirst: true } }
  })
}

/** Removals, what needs something before what is needed. */
const lastFirst = (removed: readonly Work[]): readonly Work[] =>
  [
    ...inOrder(
      removed,
      ({ change }) => change.address,
      ({ recorded }) => recorded?.dependsOn ?? [],
    ),
  ].reverse()

/** Says of each what has to go before it can come, and which cannot come for that reason. */
function displacing({ clouds }: PlanInput, work: readonly Work[], problems: StackProblem[]): readonly Work[] {
  const displaced = displacements(work, clouds)
  return work.map((each) => {
    const { address, createFirst } = each.change
    const found = displaced(each)
    if (createFirst && found.some((other) => other.address === address)) problems.push({ path: [address], message: cannotStandBeside })
    const displaces = found.filter((other) => other.address !== address)
    return displaces.length === 0 ? each : { ...each, displaces }
  })
}

const cannotStandBeside =
  'must be made before its predecessor goes, for something that stays refers to it, and cannot stand beside it; ' +
  'give it another name or range too, or take it out of what refers to it for one apply'
