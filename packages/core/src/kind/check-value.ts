import type { Problem } from '../limits.ts'
import { isSecret } from '../secret.ts'
import type { AnyField, Shape } from './field.ts'
import { textFormats } from './text-format.ts'

type Path = Problem['path']
type Fields = Readonly<Record<string, AnyField>>

/** Says of a value that it stands for one that is not known yet: an output of a stack. */
export type IsLater = (value: unknown) => boolean

/** For calls, where everything is known. */
export const isNeverLater: IsLater = () => false

/**
 * Checks a value against the description of its fields and gives every problem, each with its path. `undefined` is a field left out.
 * A value that stands for one that is not known yet (an output of a stack) is passed over if `isLater` says so.
 */
export function checkFields(fields: Fields, value: unknown, path: Path = [], isLater: IsLater = isNeverLater): Problem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ path, message: `expected an object, got ${show(value)}` }]
  // What a user gave may be any object; only its own enumerable members are looked at.
  const given = value as Readonly<Record<string, unknown>>
  const problems: Problem[] = []
  for (const [name, field] of Object.entries(fields)) {
    const at = [...path, name]
    const member = Object.hasOwn(given, name) ? given[name] : undefined
    if (member === undefined) {
      if (!field.optional) problems.push({ path: at, message: 'is required' })
    } else if (!isLater(member)) {
      problems.push(...checkShape(field.shape, field.secret && isSecret(member) ? member.reveal() : member, at, isLater, field.secret))
    }
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(fields, name) && given[name] !== undefined)
      problems.push({ path: [...path, name], message: unknownField(name, Object.keys(fields)) })
  }
  return problems
}

/** Checks one value against a shape. A secret value is never quoted in a message. */
export function checkShape(shape: Shape, value: unknown, path: Path, isLater: IsLater = isNeverLater, hidden = false): Problem[] {
  const wrong = (message: string): Problem[] => [{ path, message }]
  const got = hidden ? 'something else' : show(value)
  switch (shape.type) {
    case 'text':
      if (typeof value !== 'string') return wrong(`expected a text, got ${got}`)
      if (value.length < shape.min) return wrong(shape.min === 1 ? 'must not be empty' : `must have at least ${shape.min} characters`)
      if (value.length > shape.max) return wrong(`must have at most ${shape.max} characters, and has ${value.length}`)
      if (shape.format !== undefined && !textFormats[shape.format].test(value))
        return wrong(`expected ${textFormats[shape.format].words}, got ${got}`)
      if (shape.pattern !== undefined && !shape.pattern.test(value)) return wrong(`must match ${shape.pattern}, and is ${got}`)
      return []
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return wrong(`expected a whole number (${shape.unit}), got ${got}`)
      if (value < shape.min || value > shape.max) return wrong(`must be from ${shape.min} to ${shape.max} ${shape.unit}, and is ${value}`)
      return []
    case 'boolean':
      return typeof value === 'boolean' ? [] : wrong(`expected true or false, got ${got}`)
    case 'oneOf':
      return typeof value === 'string' && shape.of.includes(value) ? [] : wrong(`expected one of ${shape.of.join(', ')}, got ${got}`)
    case 'reference':
      return typeof value === 'string' && value !== '' ? [] : wrong(`expected the id of a ${shape.to}, got ${got}`)
    case 'choice':
      if (typeof value === 'string') return value !== '' ? [] : wrong(`expected the id or name of a ${shape.of}, got an empty text`)
      if (typeof value === 'object' && value !== null && Object.values(value).every((member) => member === undefined))
        return wrong(`expected at least one of ${Object.keys(shape.selector).join(', ')}`)
      return checkFields(shape.selector, value, path, isLater)
    case 'list':
      if (!Array.isArray(value)) return wrong(`expected a list, got ${got}`)
      if (value.length < shape.min) return wrong(`must have at least ${shape.min} ${shape.min === 1 ? 'item' : 'items'}`)
      if (value.length > shape.max) return wrong(`must have at most ${shape.max} items, and has ${value.length}`)
      // A list with holes has undefined in them.
      return Array.from<unknown>(value).flatMap((item, index) =>
        isLater(item) ? [] : checkShape(shape.of, item, [...path, index], isLater, hidden),
      )
    case 'record':
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(`expected an object, got ${got}`)
      return Object.entries(value).flatMap(([name, item]) =>
        item === undefined || isLater(item) ? [] : checkShape(shape.of, item, [...path, name], isLater, hidden),
      )
    case 'object':
      return checkFields(shape.fields, value, path, isLater)
    case 'bytes':
      return typeof value === 'string' || value instanceof Uint8Array || isStream(value)
        ? []
        : wrong(`expected bytes, a text or a stream of bytes, got ${got}`)
    case 'native':
      return typeof value === 'object' && value !== null && 'driver' in value && 'needs' in value
        ? []
        : wrong("expected what a driver's own function makes")
    case 'live':
      return shape.is(value) ? [] : wrong(`expected ${shape.what}, got ${got}`)
  }
}

const isStream = (value: unknown): boolean => typeof value === 'object' && value !== null && Symbol.asyncIterator in value

const show = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value)
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || value === undefined) return String(value)
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}

/** What is said of a name that nobody knows: the nearest one that is known, or all of them. */
export const unknownField = (name: string, known: readonly string[], what = 'a field'): string => {
  const near = known.find(
    (candidate) => candidate.toLowerCase() === name.toLowerCase() || distance(candidate, name) <= Math.min(2, candidate.length - 2),
  )
  return `is not ${what} here; ${near === undefined ? `there are ${known.join(', ') || 'none'}` : `did you mean ${near}?`}`
}

/** Levenshtein distance, as far as it matters for a hint. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
