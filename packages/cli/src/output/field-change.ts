import type { FieldChange } from '@hanse/provisioning'
import { Result } from 'neverthrow'
import { cleanLine } from './clean-text.ts'
import type { Paint } from './palette.ts'
import { showValue } from './show-value.ts'

/** One field of a plan that changes, from what to what and why. Of a group of values, only those that differ. */
export function fieldChangeText({ field, from, to, because, causes }: FieldChange, paint: Paint): string {
  const why = { changed: undefined, drifted: 'changed in the cloud', dependency: 'what it refers to is made anew' }[because]
  const notes = [why, causes === 'replace' ? 'needs a replacement' : undefined].filter((note) => note !== undefined)
  return `${field}: ${differences(from, to, paint)}${notes.length === 0 ? '' : paint('dim', ` (${notes.join(', ')})`)}`
}

function differences(from: string | undefined, to: string | undefined, paint: Paint): string {
  const [before, after] = [groupOf(from), groupOf(to)]
  if (before === undefined || after === undefined) return arrow(shown(from), shown(to), paint)
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  const each = names.map((name) => `${name} ${arrow(absent(showValue(before[name])), absent(showValue(after[name])), paint)}`)
  return each.length === 0 ? arrow(shown(from), shown(to), paint) : each.join(', ')
}

const arrow = (from: string, to: string, paint: Paint): string => `${paint('red', cleanLine(from))} → ${paint('green', cleanLine(to))}`

const absent = (text: string): string => (text === '' ? '(none)' : text)

/** A value as the plan tells it: text, or JSON. */
const shown = (text: string | undefined): string => (text === undefined ? '(none)' : absent(showValue(parse(text).unwrapOr(text))))

function groupOf(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  const value: unknown = text === undefined ? undefined : parse(text).unwrapOr(undefined)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined
}

/** Only groups and lists are JSON in a plan; a text that looks like a number is a text. */
const parse = (text: string): Result<unknown, unknown> =>
  /^[[{]/.test(text) ? Result.fromThrowable((json: string): unknown => JSON.parse(json))(text) : Result.fromThrowable(() => text)()
