import type { AnyKind, AnyResource } from '@hanse/core'
import { cleanLine } from './clean-text.ts'
import type { Screen } from './screen.ts'
import { showValue } from './show-value.ts'
import { tableLines } from './table.ts'

/** Whether a value is a resource of a kind, and not what an action of it gives. */
const isResource = (value: unknown): value is AnyResource =>
  typeof value === 'object' && value !== null && 'kind' in value && 'id' in value && 'status' in value && 'observed' in value

const maxCell = 48

/** `memoryGiB` as `MEMORY GiB`. */
const titleOf = (field: string): string =>
  field
    .replace(/[a-z](?=[A-Z])/g, '$& ')
    .toUpperCase()
    .replace(/ GI B$/, ' GiB')

/** Shows what a list gave as a table. Its columns are those that the description of the kind names and something has a value for. */
export function printTable(screen: Screen, kind: AnyKind, items: readonly unknown[]): void {
  if (items.length === 0) {
    screen.print(`No ${kind.plural}.`)
    return
  }
  const rows = items.map((item) => (isResource(item) ? rowOf(kind, item) : plainRow(kind, item)))
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((column) => rows.some((row) => (row[column] ?? '') !== ''))
  // Where the id is the name, one of them says it.
  const isNamedById = rows.every((row) => row['id'] === row['name'])
  const shown = columns.filter((column) => column !== 'id' || !isNamedById)
  const cells = rows.map((row) => shown.map((column) => row[column] ?? ''))
  const lines = tableLines(shown.map(titleOf), cells, { paint: screen.paint, maxCell: screen.live ? maxCell : undefined })
  for (const line of lines) screen.print(line)
}

function rowOf(kind: AnyKind, { name, id, status, observed, outputs }: AnyResource): Readonly<Record<string, string>> {
  const fields = Object.entries(kind.fields).filter(
    ([field, { observe, shape }]) => field !== 'name' && observe === 'list' && columnar.includes(shape.type),
  )
  return {
    name,
    id,
    ...(Object.keys(kind.phases).length > 1 ? { status: status.phase } : {}),
    ...Object.fromEntries(fields.map(([field]) => [field, showValue((observed as Readonly<Record<string, unknown>>)[field])])),
    ...Object.fromEntries(
      Object.keys(kind.outputs).map((output) => [output, showValue((outputs as Readonly<Record<string, unknown>>)[output])]),
    ),
  }
}

const columnar: readonly string[] = ['text', 'integer', 'boolean', 'oneOf', 'reference', 'choice']

const plainRow = (kind: AnyKind, item: unknown): Readonly<Record<string, string>> =>
  typeof item === 'object' && item !== null
    ? Object.fromEntries(Object.entries(item).map(([name, value]) => [name, showValue(value)]))
    : { [kind.kind]: showValue(item) }

/** Shows one resource field by field, in the order of the description; or what an action gave, member by member. */
export function printDetails(screen: Screen, kind: AnyKind, value: unknown): void {
  const entries = isResource(value)
    ? resourceEntries(kind, value)
    : Object.entries(value as object).map(([name, member]) => [name, showValue(member)] as const)
  const given = entries.filter(([, text]) => text !== '')
  const width = given.reduce((widest, [name]) => Math.max(widest, name.length), 0)
  for (const [name, text] of given) screen.print(`${screen.paint('bold', name.padEnd(width))}  ${cleanLine(text)}`)
}

function resourceEntries(kind: AnyKind, resource: AnyResource): readonly (readonly [string, string])[] {
  const { name, id, status, labels, owner, observed, outputs, createdAt, warnings } = resource
  const seen = observed as Readonly<Record<string, unknown>>
  const state = status.providerState === status.phase ? status.phase : `${status.phase} (${status.providerState})`
  return [
    ['kind', resource.kind],
    ['name', name],
    ['id', id],
    ['status', state],
    ...Object.keys(kind.fields).flatMap((field) =>
      field === 'name' || field === 'labels' ? [] : [[field, showValue(seen[field])] as const],
    ),
    ...Object.keys(kind.outputs).map((output) => [output, showValue((outputs as Readonly<Record<string, unknown>>)[output])] as const),
    ['labels', showValue(labels)],
    ['owner', owner === undefined ? '' : `stack ${owner.stack}, environment ${owner.environment}`],
    ['created', showValue(createdAt)],
    ...warnings.map(({ code, message }) => ['warning', `${message} (${code})`] as const),
  ]
}
