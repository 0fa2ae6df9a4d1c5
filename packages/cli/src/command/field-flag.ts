import type { AnyField } from '@hanse/core'
import type { OptionDefinition } from './command.ts'
import { kebabCase } from './kebab-case.ts'
import { assignment, wholeNumber } from './parse-option.ts'

/** A field as a flag. */
export interface FieldFlag {
  readonly option: OptionDefinition
  /** The field's value out of the flags as they were parsed; undefined when it was not given. */
  readonly value: (flags: Readonly<Record<string, unknown>>) => unknown
}

/** Makes a flag of a field; undefined for what cannot be typed, such as a group of fields. */
export function fieldFlag(name: string, field: AnyField): FieldFlag | undefined {
  const { shape } = field
  const one = singular(name)
  const flag = `--${kebabCase(shape.type === 'record' || shape.type === 'list' ? one : name)}`
  const base = { summary: summaryOf(field), required: !field.optional }
  switch (shape.type) {
    case 'text':
      return { option: { ...base, flags: `${flag} <text>` }, value: (flags) => flags[name] }
    case 'reference':
      return { option: { ...base, flags: `${flag} <name-or-id>` }, value: (flags) => flags[name] }
    case 'oneOf':
      return { option: { ...base, flags: `${flag} <word>`, choices: shape.of }, value: (flags) => flags[name] }
    case 'integer':
      return { option: { ...base, flags: `${flag} <n>`, parse: wholeNumber(shape.min, shape.max) }, value: (flags) => flags[name] }
    case 'boolean':
      return { option: { ...base, flags: flag, required: false }, value: (flags) => flags[name] }
    case 'record':
      return shape.of.type === 'text'
        ? { option: { ...base, flags: `${flag} <name=value>`, parse: assignment, repeats: true }, value: (flags) => recordOf(flags[one]) }
        : undefined
    default:
      return undefined
  }
}

const summaryOf = ({ summary, shape }: AnyField): string => {
  const words = summary.replace(/\.$/, '')
  const text = words === '' && shape.type === 'reference' ? `of this ${shape.to}` : words
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}${shape.type === 'record' ? '; can be given several times' : ''}`
}

const singular = (name: string): string => name.replace(/s$/, '')

const recordOf = (pairs: unknown): unknown => (Array.isArray(pairs) ? Object.fromEntries(pairs) : undefined)
