import type { IsLater } from '../kind/check-value.ts'
import type { AnyField } from '../kind/field.ts'
import type { Problem } from '../limits.ts'
import type { Acceptance } from './check-spec.ts'

type Fields = Readonly<Record<string, AnyField>>
type Path = Problem['path']

/**
 * What is given and nothing that this cloud offers: a field, at any depth, that needs a capability which it lacks; extras for another
 * provider; a field of the spec that its driver does not handle. Nothing is dropped silently.
 */
export function unsupportedFields(
  on: Acceptance,
  fields: Fields,
  given: Readonly<Record<string, unknown>>,
  isLater: IsLater,
): readonly Problem[] {
  const lacking = lackingCapabilities(on, fields, given, [], isLater)
  const unhandled = Object.keys(given).filter(
    (name) =>
      on.handled !== undefined &&
      !on.handled.includes(name) &&
      given[name] !== undefined &&
      Object.hasOwn(fields, name) &&
      fields[name]?.shape.type !== 'native' &&
      !lacking.some(({ path }) => path[0] === name),
  )
  return [
    ...lacking,
    ...unhandled.map((name): Problem => {
      const capability = `${on.kind.kind}.${name}`
      return { path: [name], message: `this cloud (${on.driver}) does not handle ${capability}`, capability }
    }),
  ]
}

/** What given values need and this cloud lacks, each with the path of the value. */
export function lackingCapabilities(
  on: Pick<Acceptance, 'driver' | 'supports'>,
  fields: Fields,
  given: Readonly<Record<string, unknown>>,
  at: Path,
  isLater: IsLater,
): readonly Problem[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = given[name]
    if (value === undefined) return []
    const path = [...at, name]
    const first = needsOf(field, value, isLater).find((capability) => on.supports[capability] !== true)
    if (first !== undefined) return [{ path, message: `this cloud (${on.driver}) has no ${first}`, capability: first }]
    const { shape } = field
    if (shape.type === 'object' && isPlain(value)) return lackingCapabilities(on, shape.fields, value, path, isLater)
    const inner = shape.type === 'list' && shape.of.type === 'object' && Array.isArray(value) ? shape.of.fields : undefined
    if (inner === undefined) return []
    return (value as readonly unknown[]).flatMap((item, index) =>
      isPlain(item) ? lackingCapabilities(on, inner, item, [...path, index], isLater) : [],
    )
  })
}

function needsOf(field: AnyField, value: unknown, isLater: IsLater): readonly string[] {
  const always = field.needs === undefined ? [] : [field.needs]
  if (isLater(value)) return always
  const ofValue = field.needsWhen?.value(value) === true ? [field.needsWhen.capability] : []
  const ofExtras = field.shape.type === 'native' && isPlain(value) && Array.isArray(value['needs']) ? value['needs'].map(String) : []
  return [...always, ...ofValue, ...ofExtras]
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
