import type { AnyKind, Shape } from '@hanse/core'
import type { Reference } from './store/record.ts'

/** What a spec refers to, found by the description of its kind: as long as the resource is there, those may not go. */
export const referencesIn = (kind: AnyKind, spec: Readonly<Record<string, unknown>>): readonly Reference[] =>
  Object.entries(kind.fields).flatMap(([field, { shape }]) => referencesOf(shape, spec[field], field))

function referencesOf(shape: Shape, value: unknown, field: string): readonly Reference[] {
  if (value === undefined || value === null) return []
  if (shape.type === 'reference') return [{ field, kind: shape.to, id: String(value) }]
  if (shape.type === 'list' && Array.isArray(value)) return value.flatMap((item) => referencesOf(shape.of, item, field))
  if (shape.type === 'object' && typeof value === 'object')
    return Object.entries(shape.fields).flatMap(([name, inner]) =>
      referencesOf(inner.shape, (value as Readonly<Record<string, unknown>>)[name], `${field}.${name}`),
    )
  return []
}
