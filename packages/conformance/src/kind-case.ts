import type { AnyKind } from '@hanse/core'
import { canMake, verbsOf } from '@hanse/core'
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
    ? [
        {
          id: `${kind.kind}.${name}`,
          rules,
          requires: [kind.kind, ...new Set(needed(kind, name))],
          kind: kind.kind,
          run: (bench) => run(bench, kind),
        },
      ]
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

/** The beginnings of the names of cases that make nothing and so need no more than the kind. */
const makeNothing = ['list/given-', 'verbs/', 'errors/', 'abort/', 'deadline/']

/** What the verb of a case needs, and what making one needs if the case makes any. */
function needed(kind: AnyKind, name: string): readonly string[] {
  const verbs = verbsOf(kind)
  const own = verbs.find((verb) => name.startsWith(`${verb.name}/`))
  const making = verbs.find((verb) => verb.name === 'create') ?? verbs.find(({ effect, on }) => effect === 'creates' && on === 'kind')
  const needs = [own?.needs, makeNothing.some((beginning) => name.startsWith(beginning)) ? undefined : making?.needs]
  return needs.filter((need) => need !== undefined)
}
