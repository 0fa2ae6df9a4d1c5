import type { AnyKind } from '@hanse/core'
import type { Seen } from '../operations/operations.ts'
import type { Member } from '../stack/members.ts'
import type { Stack } from '../stack/stack.ts'
import type { StackProblem } from '../stack/stack-problem.ts'
import type { JsonObject, RecordedResource } from '../state/recorded-resource.ts'
import type { CloudSet } from './cloud-set.ts'
import type { DiffEntry } from './diff.ts'
import { diff } from './diff.ts'
import type { Knows } from './evaluate.ts'
import { evaluate } from './evaluate.ts'
import { isLater, Later } from './later.ts'
import { memberProblems } from './member-problems.ts'
import { physicalName } from './physical-name.ts'
import type { FieldChange, PlannedAction, PlannedChange, Recovered, Work, WorkingPlan } from './plan.ts'
import { inOrder, successorsFirst } from './order.ts'

/** Everything that a plan is made of. */
export interface PlanInput {
  readonly stack: Pick<Stack, 'name' | 'members' | 'problems'>
  readonly environment: string
  readonly stackId: string
  /** The highest generation that was given out. */
  readonly generation: number
  readonly recorded: ReadonlyMap<string, RecordedResource>
  /** The recorded specs with their secrets open, by address. */
  readonly recordedSpecs: ReadonlyMap<string, JsonObject>
  /** What the clouds show, by address; what is missing is gone. */
  readonly seen: ReadonlyMap<string, Seen>
  readonly recovered: readonly Recovered[]
  readonly clouds: CloudSet
}

/** Decides what is to happen: a pure function of what is wanted, recorded and seen. */
export function planStack(input: PlanInput): WorkingPlan {
  const { stack, recorded, clouds } = input
  const problems: StackProblem[] = [...stack.problems]
  const generation = input.generation + 1
  const byAddress = new Map<string, Work>()
  const addressOf = new Map([...stack.members.values()].map((member) => [member.wanted as object, member.address]))

  const knows: Knows = (wanted) => {
    const address = addressOf.get(wanted)
    const work = address === undefined ? undefined : byAddress.get(address)
    const stays = work?.change.action === 'none' || work?.change.action === 'update'
    return stays && work.recorded?.id !== undefined ? { id: work.recorded.id, outputs: work.recorded.outputs } : new Later(address ?? '')
  }

  for (const member of inOrder(
    [...stack.members.values()],
    (each) => each.address,
    (each) => each.dependsOn,
  )) {
    const stackKind = clouds.kind(member.wanted.kind)
    if (stackKind === undefined) {
      problems.push({ path: [member.address], message: `there is no kind ${member.wanted.kind}` })
      continue
    }
    byAddress.set(member.address, planMember(input, member, stackKind.kind, knows, generation, problems))
  }
  for (const before of recorded.values())
    if (!stack.members.has(before.address)) byAddress.set(before.address, planRemoval(input, before, false))

  const createFirst = successorsFirst(byAddress, recorded)
  const work = [...byAddress.values()].map((each) => ({
    ...each,
    change: { ...each.change, createFirst: createFirst.has(each.change.address) },
  }))
  const named = work.map((each) => (each.change.createFirst ? withName(input, each) : each))
  const leftOver = [...recorded.values()].flatMap(predecessors).map((before) => planRemoval(input, before, true))
  const ordered = [...deletionsLast(named, recorded), ...leftOver]
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

function planMember(input: PlanInput, member: Member, kind: AnyKind, knows: Knows, generation: number, problems: StackProblem[]): Work {
  const { address, wanted, dependsOn } = member
  const { clouds, environment } = input
  const cloud = clouds.cloud(wanted.on)
  const before = input.recorded.get(address)
  const replacesKind = before !== undefined && (before.kind !== wanted.kind || before.on !== wanted.on)
  const seen = input.seen.get(address)
  const nameOf = (besidePredecessor: boolean): string | undefined =>
    physicalName(
      kind,
      cloud?.limits[kind.kind],
      { stack: input.stack.name, environment, address, stackId: input.stackId, generation },
      besidePredecessor,
    )

  const spec = evaluate(member.spec, knows, (path, cause) =>
    problems.push({
      path: [address, ...path],
      message: `a function of the program failed: ${cause instanceof Error ? cause.message : String(cause)}`,
    }),
  ) as Readonly<Record<string, unknown>>
  const explicit = typeof spec['name'] === 'string' ? spec['name'] : undefined
  const name = explicit ?? (before !== undefined && !replacesKind ? before.name || undefined : undefined) ?? nameOf(false)
  const full = name === undefined || spec['name'] !== undefined ? spec : { ...spec, name }
  problems.push(...memberProblems(clouds, member, kind, full))

  const base = {
    recorded: before,
    recordedSpec: input.recordedSpecs.get(address) ?? {},
    isGone: before !== undefined && seen === undefined,
    isPending: seen?.meaning === 'pending',
    isLeftOver: false,
    generation,
    key: resourceKey(input, address, generation),
    fields: [] as readonly string[],
    actions: [] as Work['actions'],
    pinned: {},
  }
  const change = (action: PlannedAction, reason: string, changes: readonly FieldChange[] = []): PlannedChange => ({
    address,
    kind: wanted.kind,
    on: wanted.on,
    action,
    name,
    reason,
    changes,
    dependsOn,
    createFirst: false,
    ...(before?.id === undefined || base.isGone ? {} : { id: before.id }),
  })

  if (before === undefined) return { ...base, change: change('create', 'is new') }
  if (base.isGone)
    return { ...base, isGone: true, change: change('create', `is recorded as ${before.id ?? before.key}, and is gone from the cloud`) }
  if (replacesKind) return { ...base, change: { ...change('replace', `was a ${before.kind} on ${before.on}`), name: nameOf(true) } }
  if (before.status === 'deleting') return { ...base, change: change('replace', 'an earlier run had begun to delete it') }
  if (seen?.meaning === 'failed') return { ...base, change: change('replace', `has failed: ${seen.state}`) }

  const entries = diff({
    kind,
    wanted: full,
    recorded: base.recordedSpec,
    recordedSeen: before.observed,
    seen: seen?.observed,
    supports: (capability) => (cloud?.supports as Readonly<Record<string, true>> | undefined)?.[capability] === true,
  })
  if (entries.length === 0) return { ...base, change: change('none', 'is as wanted') }
  const replacing = entries.filter((entry) => entry.causes === 'replace')
  const shown = entries.map(({ action: _, ...entry }) => entry)
  const reason = reasonOf(replacing.length > 0 ? replacing : entries)
  if (replacing.length > 0) {
    const pinned = pinnedChoices(kind, full, base.recordedSpec, before.observed, entries)
    // A provider that wants names unique frees the old one first, for the predecessor goes first unless something stays that refers to it.
    return { ...base, pinned, change: change('replace', reason, shown) }
  }
  return {
    ...base,
    fields: entries.filter((entry) => entry.action === undefined).map((entry) => entry.field),
    actions: entries.flatMap(({ action, field }) => (action === undefined ? [] : [{ action, field }])),
    change: change('update', reason, shown),
  }
}

function planRemoval(input: PlanInput, before: RecordedResource, isLeftOver: boolean): Work {
  // What is left over was looked at when it was recovered; deleting what is gone is fine.
  const isGone = !isLeftOver && input.seen.get(before.address) === undefined
  return {
    recorded: before,
    recordedSpec: input.recordedSpecs.get(before.address) ?? {},
    isGone,
    isPending: false,
    isLeftOver,
    generation: before.generation,
    key: before.key,
    fields: [],
    actions: [],
    pinned: {},
    change: {
      address: before.address,
      kind: before.kind,
      on: before.on,
      action: 'delete',
      name: before.name,
      reason: isLeftOver ? 'was replaced by an earlier run' : isGone ? 'is no longer wanted, and is gone already' : 'is no longer wanted',
      changes: [],
      dependsOn: [],
      createFirst: false,
      ...(before.id === undefined ? {} : { id: before.id }),
    },
  }
}

/** The predecessors of a resource that are not known to be gone, newest first. */
const predecessors = ({ previous }: RecordedResource): readonly RecordedResource[] =>
  previous === undefined ? [] : [previous, ...predecessors(previous)]

/** The idempotency key of an incarnation: the same parts always give the same. */
export const resourceKey = (
  input: { readonly stackId: string; readonly environment: string },
  address: string,
  generation: number,
): string => `${input.stackId}/${input.environment}/${address}/${generation}`

const reasonOf = (entries: readonly DiffEntry[]): string =>
  entries
    .map(({ field, because }) =>
      because === 'drifted'
        ? `${field} was changed in the cloud`
        : because === 'dependency'
          ? `${field} refers to what is made anew`
          : `${field} changed`,
    )
    .join(', ')

/** Image and size were chosen once; a replacement for another reason keeps them. */
function pinnedChoices(
  kind: AnyKind,
  wanted: Readonly<Record<string, unknown>>,
  recorded: JsonObject,
  seen: JsonObject | undefined,
  entries: readonly DiffEntry[],
): JsonObject {
  const pinned = Object.keys(kind.fields).flatMap((field) => {
    const id = seen?.[field]
    const isKept =
      kind.fields[field]?.shape.type === 'choice' &&
      recorded[field] !== undefined &&
      !isLater(wanted[field]) &&
      !entries.some((entry) => entry.field === field)
    return isKept && id !== undefined ? [[field, id] as const] : []
  })
  return Object.fromEntries(pinned)
}

/** A successor that stands beside its predecessor has a name of its own, unless the program names it. */
function withName(input: PlanInput, work: Work): Work {
  const { change, generation } = work
  const kind = input.clouds.kind(change.kind)?.kind
  const explicit = input.stack.members.get(change.address)?.wanted.spec['name']
  if (kind === undefined || explicit !== undefined) return work
  const parts = { stack: input.stack.name, environment: input.environment, address: change.address, stackId: input.stackId, generation }
  return { ...work, change: { ...change, name: physicalName(kind, input.clouds.cloud(change.on)?.limits[kind.kind], parts, true) } }
}

/** Creations in the order of their needs, then removals in the opposite one. */
function* deletionsLast(work: readonly Work[], recorded: ReadonlyMap<string, RecordedResource>): Iterable<Work> {
  const isRemoval = ({ change }: Work): boolean => change.action === 'delete'
  yield* work.filter((each) => !isRemoval(each))
  const removals = inOrder(
    work.filter(isRemoval),
    ({ change }) => change.address,
    ({ change }) => recorded.get(change.address)?.dependsOn ?? [],
  )
  yield* [...removals].reverse()
}
