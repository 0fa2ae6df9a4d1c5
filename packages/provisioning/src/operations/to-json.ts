import { isSecret } from '@hanse/core'
import type { JsonObject, JsonValue } from '../state/recorded-resource.ts'

/** Plain data as a state holds it: without what is undefined. A secret is revealed: whoever calls seals it before it goes anywhere. */
export const toJson = (value: object): JsonObject =>
  Object.fromEntries(Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, toValue(member)]])))

function toValue(value: unknown): JsonValue {
  if (isSecret(value)) return toValue(value.reveal())
  if (Array.isArray(value)) return value.map(toValue)
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object' && value !== null) return toJson(value)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

/** Whether two values of JSON are equal, whatever the order of members. */
export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item as JsonValue, b[index] as JsonValue))
    )
  }
  const [left, right] = [a as JsonObject, b as JsonObject]
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...names].every((name) => sameJson(left[name], right[name]))
}
