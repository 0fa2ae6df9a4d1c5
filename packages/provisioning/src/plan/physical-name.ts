import { createHash } from 'node:crypto'
import type { AnyKind, KindLimits } from '@hanse/core'

/** What a name is made of. */
export interface NameParts {
  readonly stack: string
  readonly environment: string
  readonly address: string
  readonly stackId: string
  readonly generation: number
}

const suffixLength = 6

/**
 * The name that a resource has at its provider: stack, environment and address, with a short suffix where the provider wants it unique or
 * where a successor stands beside its predecessor. It is cut to what the kind and the cloud allow; the same parts always give the same name.
 */
export function physicalName(
  kind: AnyKind,
  limits: KindLimits | undefined,
  parts: NameParts,
  besidePredecessor: boolean,
): string | undefined {
  const shape = kind.fields['name']?.shape
  if (shape?.type !== 'text' || shape.format !== undefined) return undefined
  const longest = Math.min(shape.max, limits?.fields?.['name']?.max ?? shape.max, limits?.fields?.['name']?.maxBytes ?? shape.max)
  const unique = kind.identity === 'named' || besidePredecessor
  const plain = [parts.stack, parts.environment, parts.address].join('-').replace(/[^A-Za-z0-9-]+/g, '-')
  // Lower case and hyphens are what every provider takes.
  const lower = shape.pattern !== undefined && !shape.pattern.test('A'.repeat(Math.max(shape.min, 1))) ? plain.toLowerCase() : plain
  if (!unique && lower.length <= longest) return lower
  const suffix = createHash('sha256')
    .update(`${parts.stackId}/${parts.environment}/${parts.address}/${parts.generation}`)
    .digest('hex')
    .slice(0, suffixLength)
  return `${lower.slice(0, longest - suffixLength - 1).replace(/-+$/, '')}-${suffix}`
}
