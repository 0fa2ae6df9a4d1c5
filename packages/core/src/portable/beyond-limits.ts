import type { IsLater } from '../kind/check-value.ts'
import type { FieldLimits, LabelLimits, Problem } from '../limits.ts'
import { isSecret } from '../secret.ts'
import type { Acceptance } from './check-spec.ts'

type Path = Problem['path']
type Values = Readonly<Record<string, unknown>>

/** Where values lie outside of what this cloud accepts, though the kind would allow them. No message quotes a value. */
export function beyondLimits(
  { driver, limits }: Pick<Acceptance, 'driver' | 'limits'>,
  given: Values,
  isLater: IsLater,
): readonly Problem[] {
  const ofFields = Object.entries(limits.fields ?? {}).flatMap(([path, limit]) =>
    valuesAt(given, path.split('.'), isLater).flatMap(([at, value]) => beyondField(limit, value).map((message) => ({ path: at, message }))),
  )
  const labels = given['labels']
  const ofLabels =
    limits.labels === undefined || typeof labels !== 'object' || labels === null || isLater(labels)
      ? []
      : beyondLabels(limits.labels, labels, isLater)
  return [...ofFields, ...ofLabels].map(({ path, message }) => ({ path, message: `${message} on this cloud (${driver})` }))
}

function beyondField(limit: FieldLimits, value: unknown): readonly string[] {
  const plain = isSecret(value) ? value.reveal() : value
  const messages: string[] = []
  const isCounted = typeof plain === 'string' || Array.isArray(plain)
  const size = typeof plain === 'number' ? plain : isCounted ? plain.length : undefined
  const unit = typeof plain === 'string' ? ' characters' : Array.isArray(plain) ? ' items' : ''
  const has = isCounted ? 'has' : 'is'
  const must = isCounted ? 'must have' : 'must be'
  if (size !== undefined && limit.min !== undefined && size < limit.min)
    messages.push(`${must} at least ${limit.min}${unit}, and ${has} ${size}`)
  if (size !== undefined && limit.max !== undefined && size > limit.max)
    messages.push(`${must} at most ${limit.max}${unit}, and ${has} ${size}`)
  if (typeof plain !== 'string') return messages
  if (limit.maxBytes !== undefined) {
    const bytes = new TextEncoder().encode(plain).length
    if (bytes > limit.maxBytes) messages.push(`must have at most ${limit.maxBytes} bytes in UTF-8, and has ${bytes}`)
  }
  if (limit.pattern !== undefined && !matches(limit.pattern, plain)) messages.push(limit.hint ?? `must match ${limit.pattern}`)
  return messages
}

function beyondLabels(limit: LabelLimits, labels: object, isLater: IsLater): readonly Problem[] {
  const entries = Object.entries(labels).filter(([, value]) => value !== undefined)
  const problems: Problem[] = []
  const wrong = (path: Path, message: string): unknown => problems.push({ path: ['labels', ...path], message })
  if (limit.count !== undefined && entries.length > limit.count) wrong([], `must be at most ${limit.count}, and are ${entries.length}`)
  for (const [name, value] of entries) {
    if (limit.keyLength !== undefined && name.length > limit.keyLength)
      wrong([name], `the name must have at most ${limit.keyLength} characters`)
    if (limit.keyPattern !== undefined && !matches(limit.keyPattern, name)) wrong([name], `the name must match ${limit.keyPattern}`)
    if (limit.valueLength !== undefined && typeof value === 'string' && !isLater(value) && value.length > limit.valueLength)
      wrong([name], `must have at most ${limit.valueLength} characters, and has ${value.length}`)
  }
  return problems
}

/** A pattern with the flag `g` or `y` remembers where it was; it is asked from the start each time. */
const matches = (pattern: RegExp, value: string): boolean => {
  pattern.lastIndex = 0
  return pattern.test(value)
}

/** The values at a path; a list on the way is gone through, and what is not known yet is passed over. */
function valuesAt(value: unknown, path: readonly string[], isLater: IsLater, at: Path = []): readonly (readonly [Path, unknown])[] {
  if (value === undefined || value === null || isLater(value)) return []
  const [name, ...rest] = path
  if (name === undefined) return [[at, value]]
  if (Array.isArray(value)) return value.flatMap((item, index) => valuesAt(item, path, isLater, [...at, index]))
  return typeof value === 'object' && !isSecret(value) ? valuesAt((value as Values)[name], rest, isLater, [...at, name]) : []
}
