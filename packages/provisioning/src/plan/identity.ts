import type { AnyKind } from '@hanse/core'
import { Later } from './later.ts'

/**
 * What makes a resource the one and only of its kind on a cloud, as a text: its name, or what it joins. Undefined for kinds that bear a
 * mark, of which there may be many alike, and as long as a part is not known.
 */
export function identityOf(kind: AnyKind, on: string, spec: Readonly<Record<string, unknown>>): string | undefined {
  if (kind.identity !== 'named' && kind.identity !== 'natural') return undefined
  const parts = (kind.identity === 'named' ? ['name'] : (kind.joins ?? [])).map((field) => spec[field])
  // What is not known yet is none, nor is what no field takes: the check of the spec refuses that.
  if (!parts.every((part) => part === undefined || ['string', 'number', 'boolean'].includes(typeof part))) return undefined
  return JSON.stringify([on, kind.kind, ...parts.map((part) => part ?? null)])
}

/** A spec as it is compared within one stack: what is referred to is told by its address. */
export const byAddress = (
  spec: Readonly<Record<string, unknown>>,
  refersTo: (field: string) => string | undefined,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(spec).map(([field, value]) => {
      const address = value instanceof Later ? refersTo(field) : undefined
      return [field, address === undefined ? value : `the resource ${address}`]
    }),
  )
