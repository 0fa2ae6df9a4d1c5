import { checkShape } from '../kind/check-value.ts'
import type { Verb } from '../kind/verb.ts'
import type { Problem } from '../limits.ts'
import { checkOptions } from './check-options.ts'
import { checkChanges, checkSpec } from './check-spec.ts'
import type { Acceptance } from './check-spec.ts'
import type { PortableCall } from './invoke.ts'

/** Checks the arguments and options of a call, before anything leaves. */
export function checkCall(on: Acceptance, verb: Verb, call: PortableCall): readonly Problem[] {
  const [id, ...others] = call.args
  const problems: Problem[] = verb.on === 'one' ? checkShape({ type: 'reference', to: on.kind.kind }, id, ['id']) : []
  const args = verb.on === 'one' ? others : call.args
  for (const [index, [name, field]] of Object.entries(verb.takes).entries()) {
    const value = args[index]
    // The spec is the argument that people mean: its fields are named without it.
    if (name === 'spec') problems.push(...checkSpec(on, value))
    else if (name === 'changes') problems.push(...checkChanges(on, value))
    else if (name === 'filter') problems.push(...(value === undefined ? [] : checkShape(field.shape, value, [])))
    else if (value !== undefined || !field.optional) problems.push(...checkShape(field.shape, value, [name]))
  }
  return [...problems, ...checkOptions(on, verb, call.options)]
}
