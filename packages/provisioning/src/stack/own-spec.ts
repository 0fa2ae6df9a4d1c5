import { isSecret, Secret } from '@hanse/core'
import type { AnyField } from '@hanse/core'
import { Output } from './output.ts'

/**
 * A spec as a stack keeps it: a copy that nobody changes afterwards, with its secrets wrapped, so that whoever prints a stack shows none.
 * What is no plain data (an output, a wanted resource, bytes) stays what it is.
 */
export function ownSpec(fields: Readonly<Record<string, AnyField>>, spec: unknown): unknown {
  if (!isPlain(spec)) return spec
  return Object.fromEntries(
    Object.entries(spec).map(([name, value]) => {
      const field = fields[name]
      if (field?.shape.type === 'native') return [name, value]
      const own = copy(value, [spec])
      return [name, field?.secret === true && value !== undefined && !isSecret(value) && !(value instanceof Output) ? new Secret(own) : own]
    }),
  )
}

/** Whether a value is an object that was written as one, not made by a class. */
export const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** No spec of any kind nests as deep as this. */
const deepest = 32

function copy(value: unknown, within: readonly unknown[]): unknown {
  // A reference is the wanted resource itself.
  if ((!Array.isArray(value) && !isPlain(value)) || wantedBrand in value) return value
  // Neither is a value that any field takes: the check of the spec refuses it and says where it stands.
  if (within.includes(value)) return Symbol('holds itself')
  if (within.length > deepest) return Symbol('nests too deep')
  const deeper = [...within, value]
  if (Array.isArray(value)) return value.map((item) => copy(item, deeper))
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member, deeper)]))
}

/** What marks a wanted resource, whichever copy of the package made it. */
export const wantedBrand = Symbol.for('hanse.Wanted')
