import type { AnyField, OnChange, Shape } from '@hanse/core'
import { pageOf } from './capabilities-page.ts'
import { code, markdownTable } from './markdown-table.ts'

const observed = { list: 'yes', get: 'by `get` only', never: 'never' } as const

/** The fields of a spec as a table, and a table for each group of fields within. */
export const fieldTable = (fields: Readonly<Record<string, AnyField>>): string => {
  const rows = Object.entries(fields).map(([name, field]) => [
    `\`${name}\`${field.optional ? '' : ' **(required)**'}`,
    shapeInWords(field.shape),
    field.secret ? `${field.summary} Never shown, logged or stored in the clear.` : field.summary,
    changeInWords(field.onChange),
    observed[field.observe],
    needsInWords(field),
  ])
  return [markdownTable(['field', 'value', 'what it is', 'a change', 'can be read back', 'needs'], rows), ...innerTables(fields)].join(
    '\n\n',
  )
}

/** The fields of selectors and of nested objects, each under the field that holds them. */
const innerTables = (fields: Readonly<Record<string, AnyField>>): readonly string[] =>
  Object.entries(fields).flatMap(([name, { shape }]) => {
    const [inner, title] = innerFields(shape, name)
    if (inner === undefined) return []
    const rows = Object.entries(inner).map(([part, field]) => [
      `\`${part}\`${field.optional ? '' : ' **(required)**'}`,
      shapeInWords(field.shape),
      field.summary,
    ])
    return [`${title}:\n\n${markdownTable(['field', 'value', 'what it is'], rows)}`]
  })

function innerFields(shape: Shape, name: string): readonly [Readonly<Record<string, AnyField>> | undefined, string] {
  if (shape.type === 'choice') return [shape.selector, `A selector in \`${name}\``]
  if (shape.type === 'object') return [shape.fields, `\`${name}\``]
  if (shape.type === 'list' && shape.of.type === 'object') return [shape.of.fields, `Each of \`${name}\``]
  return [undefined, '']
}

/** What a value may be, in a few words. */
export function shapeInWords(shape: Shape): string {
  switch (shape.type) {
    case 'text':
      return `${shape.format === undefined ? 'text' : formats[shape.format]}, ${range(shape.min, shape.max)} characters${shape.pattern === undefined ? '' : `, matching \`${shape.pattern.source}\``}`
    case 'integer':
      return `whole number, ${range(shape.min, shape.max)}${shape.unit === 'count' ? '' : ` (${shape.unit})`}`
    case 'boolean':
      return 'true or false'
    case 'oneOf':
      return shape.of.map((word) => `\`${word}\``).join(', ')
    case 'reference':
      return `id of ${link(shape.to)}`
    case 'choice':
      return `id or name of ${link(shape.of)}, or a selector`
    case 'list':
      return `list (${range(shape.min, shape.max)}) of: ${shapeInWords(shape.of)}`
    case 'record':
      return `by name: ${shapeInWords(shape.of)}`
    case 'object':
      return 'object'
    case 'bytes':
      return 'text, bytes or a stream'
    case 'native':
      return "what a driver's own function makes"
    case 'live':
      return shape.what
  }
}

const formats = {
  cidr: 'address range (CIDR)',
  ip: 'IP address',
  hostname: 'host name',
  digest: 'digest',
  sshPublicKey: 'OpenSSH public key',
} as const

const link = (kind: string): string => `${/^[aeiou]/.test(kind) ? 'an' : 'a'} [${kind}](${pageOf(kind)})`
const range = (min: number, max: number): string =>
  max >= Number.MAX_SAFE_INTEGER ? `${counted(min)} or more` : min === 0 ? `up to ${counted(max)}` : `${counted(min)} to ${counted(max)}`
const counted = (value: number): string => value.toLocaleString('en-US')

function changeInWords(onChange: OnChange): string {
  if (onChange === 'update') return 'in place'
  if (onChange === 'replace') return 'replaces the resource'
  const without =
    onChange.only === 'grow'
      ? 'a smaller value replaces it'
      : onChange.needs === undefined
        ? ''
        : `without \`${onChange.needs}\` replaces it`
  return [`\`${onChange.action}\``, without].filter((part) => part !== '').join('; ')
}

const needsInWords = ({ needs, needsWhen }: AnyField): string =>
  [code(needs), needsWhen === undefined ? '' : `some values need \`${needsWhen.capability}\``].filter((part) => part !== '').join('; ')
