import type { Plan, PlannedAction, PlannedChange, Recovered } from '@hanse/provisioning'
import { cleanLine } from './clean-text.ts'
import type { Columns } from './columns.ts'
import { columnsOf, inColumn } from './columns.ts'
import { fieldChangeText } from './field-change.ts'
import type { Paint } from './palette.ts'

/** A plan as lines for people: one for each resource, one for each field that changes, one for all. */
export function planLines(plan: Plan, paint: Paint): readonly string[] {
  const changes = plan.changes.filter(({ action }) => action !== 'none')
  const columns = columnsOf(plan)
  const lines = [
    `Plan for ${paint('bold', plan.stack)}, environment ${paint('bold', plan.environment)}`,
    ...plan.recovered.map((each) => `  ${recoveredLine(each, paint)}`),
    '',
    ...changes.flatMap((change) => changeLines(change, columns, paint)),
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

function changeLines(change: PlannedChange, columns: Columns, paint: Paint): readonly string[] {
  if (change.action === 'none') return []
  const [mark, colour] = marks[change.action]
  const on = change.on === 'main' ? '' : paint('dim', ` on ${change.on}`)
  const name = change.name === undefined || change.name === '' ? '' : paint('dim', ` as ${cleanLine(change.name)}`)
  const order = change.createFirst ? '; the new one is made first' : ''
  const why = plain.includes(change.reason) ? '' : paint('dim', `  ${cleanLine(change.reason)}${order}`)
  const named = on !== '' || name !== '' || why !== ''
  const address = paint('bold', named ? inColumn(change.address, columns.address) : change.address)
  const head = `${paint(colour, `${mark} ${change.action.padEnd(7)}`)} ${inColumn(change.kind, columns.kind)} ${address}`
  return [`${head}${on}${name}${why}`, ...change.changes.map((field) => `        ${fieldChangeText(field, paint)}`)]
}

/** Reasons that the action says already. */
const plain: readonly string[] = ['is new', 'is no longer wanted']

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
