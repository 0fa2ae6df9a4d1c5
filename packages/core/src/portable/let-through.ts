import type { Owner } from '../owner.ts'
import type { AnyResource } from '../resource.ts'

interface Filter {
  readonly name?: unknown
  readonly labels?: unknown
  readonly owner?: unknown
  readonly where: Readonly<Record<string, unknown>>
}

/** Whether a filter lets a resource through: equality on what it names, as every list promises, however little the provider can filter. */
export function letThrough(item: AnyResource, filter: Filter): boolean {
  if (filter.name !== undefined && item.name !== filter.name) return false
  for (const [name, value] of Object.entries((filter.labels as Readonly<Record<string, string>> | undefined) ?? {}))
    if (item.labels[name] !== value) return false
  const owner = filter.owner as Partial<Owner> | undefined
  if (owner !== undefined) {
    if (item.owner?.stack !== owner.stack) return false
    if (owner.environment !== undefined && item.owner?.environment !== owner.environment) return false
  }
  const observed = item.observed as Readonly<Record<string, unknown>>
  return Object.entries(filter.where).every(([field, value]) => {
    const own = observed[field]
    // A field that a cloud does not show was filtered by the cloud or not at all; there is nothing to compare.
    return value === undefined || own === undefined || (Array.isArray(own) ? own.includes(value) : own === value)
  })
}
