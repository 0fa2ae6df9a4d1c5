import type { Rule } from './rule.ts'
import { computeRules } from './rules/compute-rules.ts'
import { createRules } from './rules/create-rules.ts'
import { generalRules } from './rules/general-rules.ts'
import { listRules } from './rules/list-rules.ts'
import { networkRules } from './rules/network-rules.ts'
import { registryRules } from './rules/registry-rules.ts'
import { specRules } from './rules/spec-rules.ts'
import { storageRules } from './rules/storage-rules.ts'

/** Every rule of the driver contract, in the order of its page. `docs/reference/driver-contract.md` is made from it. */
export const rules = [
  ...generalRules,
  ...specRules,
  ...createRules,
  ...listRules,
  ...computeRules,
  ...storageRules,
  ...networkRules,
  ...registryRules,
] as const satisfies readonly Rule[]

/** The number of a rule. */
export type RuleId = (typeof rules)[number]['id']

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]))

/** A rule by its number. */
export const ruleOf = (id: RuleId): Rule => {
  const rule = byId.get(id)
  if (rule === undefined) throw new TypeError(`there is no rule ${id}`)
  return rule
}
