import { checkFields, isNeverLater, unknownField } from '../kind/check-value.ts'
import { integer, object, optional, text } from '../kind/field.ts'
import type { AnyField } from '../kind/field.ts'
import type { Action } from '../kind/kind.ts'
import type { Verb } from '../kind/verb.ts'
import type { Problem } from '../limits.ts'
import type { Owner } from '../owner.ts'
import type { Acceptance } from './check-spec.ts'
import { lackingCapabilities } from './unsupported-fields.ts'

type Options = Readonly<Record<string, unknown>>

const mutation: Readonly<Record<string, AnyField>> = {
  key: optional(text('The idempotency key.', { min: 1, max: 255 })),
  owner: optional(
    object<Owner>('Who asks.', {
      stack: text('The id of the stack.', { min: 1, max: 255 }),
      environment: text('The environment of the stack.', { min: 1, max: 255 }),
    }),
  ),
  again: optional({ ...text('', { max: 0 }), shape: { type: 'boolean' } }),
}
const paging: Readonly<Record<string, AnyField>> = {
  cursor: optional(text('Where to go on.', { min: 1, max: Number.MAX_SAFE_INTEGER })),
  pageSize: optional(integer('How many items.', { min: 1, max: Number.MAX_SAFE_INTEGER, unit: 'item' })),
}

/** The options of every call, by what the call does: `CallOptions`, `MutationOptions` and `PageRequest` as data. */
const optionsOf: { readonly [E in Action['effect']]: Readonly<Record<string, AnyField>> } = {
  reads: {},
  lists: paging,
  changes: mutation,
  creates: mutation,
  deletes: mutation,
}

/** Everything that is wrong with the options of a call. An option that nobody knows is refused: a misspelt `signal` would never abort. */
export function checkOptions(on: Acceptance, verb: Verb, options: Options): readonly Problem[] {
  const { signal, timeoutMs, ...rest } = options
  const own = verb.options ?? {}
  const fields = { ...optionsOf[verb.effect], ...own }
  const problems = checkFields(fields, rest).filter(({ path }) => path.length > 1 || Object.hasOwn(fields, String(path[0])))
  const known = ['signal', 'timeoutMs', ...Object.keys(fields)]
  for (const name of Object.keys(rest))
    if (rest[name] !== undefined && !Object.hasOwn(fields, name))
      problems.push({ path: [name], message: unknownField(name, known, 'an option') })
  if (signal !== undefined && !(signal instanceof AbortSignal)) problems.push({ path: ['signal'], message: 'expected an AbortSignal' })
  if (timeoutMs !== undefined && !(typeof timeoutMs === 'number' && Number.isFinite(timeoutMs) && timeoutMs >= 0))
    problems.push({ path: ['timeoutMs'], message: 'expected a number of milliseconds, 0 or more' })
  return [...problems, ...lackingCapabilities(on, own, options, [], isNeverLater)]
}
