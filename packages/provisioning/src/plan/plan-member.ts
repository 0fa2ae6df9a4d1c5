import type { AnyKind } from '@hanse/core'
import type { Seen } from '../operations/operations.ts'
import { sameJson, toJson } from '../operations/to-json.ts'
import type { Member } from '../stack/members.ts'
import type { StackProblem } from '../stack/stack-problem.ts'
import type { JsonObject, RecordedResource } from '../state/recorded-resource.ts'
import type { CloudSet } from './cloud-set.ts'
import type { DiffEntry } from './diff.ts'
import { diff } from './diff.ts'
import type { Knows } from './evaluate.ts'
import { evaluateSpec } from './evaluate.ts'
import { isLater } from './later.ts'
import { memberProblems } from './member-problems.ts'
import { physicalName } from './physical-name.ts'
import type { FieldChange, PlannedAction, PlannedChange, Work } from './plan.ts'

/** What is known of one member when it is planned. */
export interface MemberInput {
  readonly member: Member
  readonly kind: AnyKind
  readonly before: RecordedResource | undefined
  /** The recorded spec with its secrets open. */
  readonly recordedSpec: JsonObject
  readonly seen: Seen | undefined
  readonly knows: Knows
  readonly clouds: CloudSet
  /** Of the whole plan. */
  readonly stack: { readonly name: string; readonly environment: string; readonly stackId: string; readonly generation: number }
}

/** Decides what is to happen to one member, and finds what is wrong with it now that more is known. */
export function planMember(input: MemberInput): { readonly work: Work; readonly problems: readonly StackProblem[] } {
  const { member, kind, before, recordedSpec, seen, clouds } = input
  const { address, wanted } = member
  const problems: StackProblem[] = []
  const spec = evaluateSpec(kind, member.spec, input.knows, (path, message) => problems.push({ path: [address, ...path], message }))

  const isOther = before !== undefined && (before.kind !== wanted.kind || before.on !== wanted.on)
  const kept = before === undefined || isOther || before.name === '' ? undefined : before.name
  const given = typeof spec['name'] === 'string' ? spec['name'] : undefined
  const name = given ?? kept ?? nameOf(input, isOther)
  const full = name === undefined || spec['name'] !== undefined ? spec : { ...spec, name }
  problems.push(...memberProblems(clouds, member, kind, full))

  const isGone = before !== undefined && seen === undefined
  const decision = decide(input, isOther, full)
  const change: PlannedChange = {
    address,
    kind: wanted.kind,
    on: wanted.on,
    action: decision.action,
    name,
    reason: decision.reason,
    changes: (decision.entries ?? []).map(({ action: _, ...entry }): FieldChange => entry),
    dependsOn: member.dependsOn,
    createFirst: false,
    ...(before?.id === undefined || isGone ? {} : { id: before.id }),
  }
  const updates = decision.action === 'update' ? (decision.entries ?? []) : []
  const { generation } = input.stack
  const work: Work = {
    change,
    recorded: before,
    recordedSpec,
    wanted: full,
    isGone,
    isPending: seen?.meaning === 'pending',
    isLeftOver: false,
    generation,
    key: resourceKey(input.stack, address, generation),
    fields: updates.filter(({ action }) => action === undefined).map(({ field }) => field),
    actions: updates.flatMap(({ action, field }) => (action === undefined ? [] : [{ action, field }])),
    pinned: decision.action === 'replace' && !isOther ? pinnedChoices(kind, full, before, recordedSpec) : {},
    displaces: [],
  }
  return { work, problems }
}

interface Decision {
  readonly action: PlannedAction
  readonly reason: string
  readonly entries?: readonly DiffEntry[]
}

function decide(
  { member, kind, before, recordedSpec, seen, clouds }: MemberInput,
  isOther: boolean,
  full: Readonly<Record<string, unknown>>,
): Decision {
  if (before === undefined) return { action: 'create', reason: 'is new' }
  if (seen === undefined) return { action: 'create', reason: `is recorded as ${before.id ?? before.key}, and is gone from the cloud` }
  if (isOther) return { action: 'replace', reason: `was a ${before.kind} on ${before.on}` }
  if (before.status === 'deleting') return { action: 'replace', reason: 'an earlier run had begun to delete it' }
  if (seen.meaning === 'failed') return { action: 'replace', reason: `has failed: ${seen.state}` }
  const supports = clouds.cloud(member.wanted.on)?.supports as Readonly<Record<string, true>> | undefined
  const entries = diff({
    kind,
    wanted: full,
    recorded: recordedSpec,
    recordedSeen: before.observed,
    seen: seen.observed,
    supports: (capability) => supports?.[capability] === true,
  })
  if (entries.length === 0) return { action: 'none', reason: 'is as wanted' }
  const replacing = entries.filter(({ causes }) => causes === 'replace')
  return replacing.length > 0
    ? { action: 'replace', reason: reasonOf(replacing), entries }
    : { action: 'update', reason: reasonOf(entries), entries }
}

/** The physical name of a member's next incarnation, unless the program gives one; `beside` its predecessor it must be another. */
export function nameOf(
  { member, kind, clouds, stack }: Pick<MemberInput, 'member' | 'kind' | 'clouds' | 'stack'>,
  beside: boolean,
): string | undefined {
  const { name, environment, stackId, generation } = stack
  const parts = { stack: name, environment, address: member.address, stackId, generation }
  return physicalName(kind, clouds.cloud(member.wanted.on)?.limits[kind.kind], parts, beside)
}

/** The idempotency key of an incarnation: the same parts always give the same. */
const resourceKey = (
  { stackId, environment }: { readonly stackId: string; readonly environment: string },
  address: string,
  generation: number,
): string => `${stackId}/${environment}/${address}/${generation}`

const reasonOf = (entries: readonly DiffEntry[]): string => entries.map(({ field, because }) => `${field} ${reasons[because]}`).join(', ')

const reasons = {
  drifted: 'was changed in the cloud',
  dependency: 'refers to what is made anew',
  changed: 'changed',
} as const

/** Image and size were chosen once; a replacement for another reason keeps them. */
function pinnedChoices(
  kind: AnyKind,
  wanted: Readonly<Record<string, unknown>>,
  before: RecordedResource | undefined,
  recorded: JsonObject,
): JsonObject {
  const pinned = Object.keys(kind.fields).flatMap((field) => {
    const id = before?.observed?.[field]
    const isChoice = kind.fields[field]?.shape.type === 'choice'
    return isChoice && id !== undefined && !isLater(wanted[field]) && same(wanted[field], recorded[field]) ? [[field, id] as const] : []
  })
  return Object.fromEntries(pinned)
}

const same = (wanted: unknown, recorded: JsonObject[string] | undefined): boolean =>
  wanted !== undefined && sameJson(toJson({ wanted })['wanted'], recorded)
