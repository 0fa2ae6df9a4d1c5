import type { FieldChange, Plan, PlannedAction, PlannedChange, Recovered } from '@hanse/provisioning'
import { cleanLine } from './clean-text.ts'
import type { Paint } from './palette.ts'

/** A plan as lines for people: one for each resource, one for each field that changes, one for all. */
export function planLines(plan: Plan, paint: Paint): readonly string[] {
  const changes = plan.changes.filter(({ action }) => action !== 'none')
  const width = Math.max(0, ...changes.map(({ kind }) => kind.length))
  const lines = [
    `Plan for ${paint('bold', plan.stack)}, environment ${paint('bold', plan.environment)}`,
    ...plan.recovered.map((each) => `  ${recoveredLine(each, paint)}`),
    '',
    ...changes.flatMap((change) => changeLines(change, width, paint)),
  ]
  if (changes.length > 0) lines.push('')
  return [...lines, summaryLine(plan)]
}

/** What an earlier run had begun, and how it was found. */
export function recoveredLine({ address, kind, begun, found, id }: Recovered, paint: Paint): string {
  const how = {
    present: `it is there${id === undefined ? '' : ` (${id})`} and is kept`,
    absent: 'it is not there',
    unchanged: 'it is looked at again',
  }[found]
  return `${paint('yellow', 'recovered')} ${kind} ${address}: an earlier run had begun to ${begun} it; ${how}.`
}

const marks: { readonly [A in Exclude<PlannedAction, 'none'>]: readonly [string, 'green' | 'yellow' | 'magenta' | 'red'] } = {
  create: ['  +', 'green'],
  update: ['  ~', 'yellow'],
  replace: ['-/+', 'magenta'],
  delete: ['  -', 'red'],
}

function changeLines(change: PlannedChange, width: number, paint: Paint): readonly string[] {
  if (change.action === 'none') return []
  const [mark, colour] = marks[change.action]
  const on = change.on === 'main' ? '' : paint('dim', ` on ${change.on}`)
  const name = change.name === undefined ? '' : paint('dim', ` as ${cleanLine(change.name)}`)
  const order = change.createFirst ? '; the new one is made first' : ''
  const why = change.reason === 'is new' ? '' : paint('dim', `  ${cleanLine(change.reason)}${order}`)
  const head = `${paint(colour, `${mark} ${change.action.padEnd(7)}`)} ${change.kind.padEnd(width)} ${paint('bold', change.address)}`
  return [`${head}${on}${name}${why}`, ...change.changes.map((field) => fieldLine(field, paint))]
}

function fieldLine({ field, from, to, because, causes }: FieldChange, paint: Paint): string {
  const value = (text: string | undefined): string => (text === undefined ? '(none)' : cleanLine(text))
  const why = { changed: '', drifted: ' changed in the cloud', dependency: ' what it refers to is made anew' }[because]
  const replaces = causes === 'replace' ? ' needs a replacement' : ''
  const note = why + (why !== '' && replaces !== '' ? ',' : '') + replaces
  return `        ${field}: ${paint('red', value(from))} → ${paint('green', value(to))}${note === '' ? '' : paint('dim', ` (${note.trim()})`)}`
}

function summaryLine({ summary }: Plan): string {
  const { create, update, replace, none } = summary
  const parts = [
    [create, 'to create'],
    [update, 'to change'],
    [replace, 'to replace'],
    [summary.delete, 'to delete'],
  ].flatMap(([count, words]) => (count === 0 ? [] : [`${count} ${words}`]))
  const same = none === 0 ? '' : `${none} as wanted`
  if (parts.length === 0) return `Nothing to do${same === '' ? '' : `: ${same}`}.`
  return `${[...parts, ...(same === '' ? [] : [same])].join(', ')}.`
}

/** Whether a plan would change anything. */
export const hasChanges = ({ summary }: Plan): boolean => summary.create + summary.update + summary.replace + summary.delete > 0
