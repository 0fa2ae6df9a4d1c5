import type { AnyKind } from '@hanse/core'
import { canMake } from '@hanse/core'
import type { Bench } from './bench.ts'
import type { ConformanceCase } from './case.ts'
import type { RuleId } from './rules.ts'

/** A case that every kind of a certain form has: written once, made for each from its description. */
export interface KindCase {
  /** What follows the kind in the id: `create/same-key-same-resource`. */
  readonly name: string
  readonly rules: readonly RuleId[]
  readonly applies: (kind: AnyKind) => boolean
  readonly run: (bench: Bench, kind: AnyKind) => Promise<void>
}

/** The case of one kind. It requires the kind, and what making one needs if it makes any. */
export const caseOf = (kind: AnyKind, { name, rules, applies, run }: KindCase): readonly ConformanceCase[] =>
  applies(kind)
    ? [{ id: `${kind.kind}.${name}`, rules, requires: [kind.kind, ...(makes(name) ? neededToMake(kind) : [])], kind: kind.kind, run: (bench) => run(bench, kind) }]
    : []

/** Whether resources of a kind can be made at all. */
export const isMade = (kind: AnyKind): boolean => canMake(kind)

/** Whether a kind has a verb of the five. */
export const has =
  (...verbs: readonly AnyKind['verbs'][number][]) =>
  (kind: AnyKind): boolean =>
    verbs.every((verb) => kind.verbs.includes(verb))

/** Both. */
export const both =
  (...conditions: readonly ((kind: AnyKind) => boolean)[]) =>
  (kind: AnyKind): boolean =>
    conditions.every((condition) => condition(kind))

/** Cases about what is there already make nothing. */
const makes = (name: string): boolean => !name.startsWith('list/given-')

const neededToMake = (kind: AnyKind): readonly string[] => {
  if (!canMake(kind) || kind.verbs.includes('create')) return []
  const action = Object.values(kind.actions).find(({ effect, on }) => effect === 'creates' && on === 'kind')
  return action?.needs === undefined ? [] : [action.needs]
}
