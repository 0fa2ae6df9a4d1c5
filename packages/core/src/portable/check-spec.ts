import { checkFields, isNeverLater } from '../kind/check-value.ts'
import type { IsLater } from '../kind/check-value.ts'
import type { AnyKind } from '../kind/kind.ts'
import { changeableFields } from '../kind/verb.ts'
import type { KindLimits, Problem } from '../limits.ts'
import { beyondLimits } from './beyond-limits.ts'
import { unsupportedFields } from './unsupported-fields.ts'

/** What decides whether a spec gets through. */
export interface Acceptance {
  readonly kind: AnyKind
  readonly driver: string
  readonly limits: KindLimits
  readonly supports: Readonly<Record<string, true>>
  /** The fields of the spec that the driver handles; undefined where the kind has no create. */
  readonly handled: readonly string[] | undefined
}

/** Everything that is wrong with a spec for one cloud. */
export function checkSpec(on: Acceptance, spec: unknown, isLater: IsLater = isNeverLater): readonly Problem[] {
  const problems = checkFields(on.kind.fields, spec, [], isLater)
  if (!isFields(spec)) return problems
  const good = withoutWrong(spec, problems)
  return [...problems, ...unsupportedFields(on, on.kind.fields, good, isLater), ...beyondLimits(on, good, isLater)]
}

/** Everything that is wrong with what an update is to change. */
export function checkChanges(on: Acceptance, changes: unknown): readonly Problem[] {
  const changeable = changeableFields(on.kind)
  if (!isFields(changes)) return checkFields(changeable, changes)
  const fixed = Object.keys(changes).filter(
    (name) => changes[name] !== undefined && !Object.hasOwn(changeable, name) && Object.hasOwn(on.kind.fields, name),
  )
  const rest = Object.fromEntries(Object.entries(changes).filter(([name]) => !fixed.includes(name)))
  const problems = checkFields(changeable, rest)
  const good = withoutWrong(rest, problems)
  return [
    ...fixed.map((name): Problem => ({ path: [name], message: howItChanges(on.kind, name) })),
    ...problems,
    ...unsupportedFields(on, changeable, good, isNeverLater),
    ...beyondLimits(on, good, isNeverLater),
  ]
}

/** The fields that have the right form: only of those can it be said what they need, and whether they lie within limits. */
function withoutWrong(given: Readonly<Record<string, unknown>>, problems: readonly Problem[]): Readonly<Record<string, unknown>> {
  const wrong = new Set(problems.map(({ path }) => path[0]))
  return Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name)))
}

function howItChanges(kind: AnyKind, name: string): string {
  const change = kind.fields[name]?.onChange
  return typeof change === 'object'
    ? `is not changed by update; ${change.action} does it`
    : `cannot change in place; a ${kind.kind} with another ${name} is another ${kind.kind}`
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
