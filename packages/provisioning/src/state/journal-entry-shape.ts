import type { JournalEntry, OpenedEntry } from './journal-entry.ts'
import type { StateEvent } from './state-event.ts'

/** Whether a value read from a journal has every field of an `opened` entry. */
export const isOpened = (value: unknown): value is JournalEntry & OpenedEntry => fits(value, opened)

/** Whether a value read from a journal has every field of one of the state's events, so that the fold need not doubt it. */
export const isStateEvent = (value: unknown): value is JournalEntry & StateEvent => events.some((shape) => fits(value, shape))

type Check = (value: unknown) => boolean
type Shape = readonly (readonly [field: string, check: Check])[]

const fits = (value: unknown, shape: Shape): boolean => isRecord(value) && shape.every(([field, check]) => check(value[field]))
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const object: Check = isRecord
const text: Check = (value) => typeof value === 'string'
const count: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const texts: Check = (value) => Array.isArray(value) && value.every(text)
const only =
  (...values: readonly string[]): Check =>
  (value) =>
    values.some((allowed) => allowed === value)
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const shapeOf = (fields: Readonly<Record<string, Check>>): Shape => Object.entries(fields)
function shaped(fields: Readonly<Record<string, Check>>): Check {
  const shape = shapeOf(fields)
  return (value) => fits(value, shape)
}

const line = { seq: count, at: text }
const about = { address: text, generation: count }
const made = { key: text, kind: text, on: text }
const wanted = { name: text, spec: object, dependsOn: texts }
const action = only('create', 'update', 'replace', 'delete')
const pending = shaped({ action, to: optional(shaped(wanted)), failure: optional(shaped({ code: text, message: text })) })

const opened = shapeOf({
  ...{
    type: only('opened'),
    ...line,
    format: count,
    stack: text,
    environment: text,
    stackId: text,
    epoch: count,
    version: text,
    generation: count,
  },
  ...{ after: optional(shaped({ file: text, bytes: count })), snapshot: optional(count), origin: optional(text) },
})

const resource: Check = shaped({
  ...{ ...about, ...made, ...wanted, id: optional(text), outputs: object, observed: optional(object) },
  ...{ status: only('present', 'pending', 'deleting'), pending: optional(pending), previous: optional((value) => resource(value)) },
})

/** The type comes first, so that a line is compared with the shapes of other types no further. */
const events: readonly Shape[] = [
  { type: only('intent'), action: only('create', 'replace'), ...line, ...about, ...made, ...wanted },
  { type: only('intent'), action: only('update'), ...line, ...about, ...wanted },
  { type: only('intent'), action: only('delete'), ...line, ...about },
  { type: only('accepted'), ...line, ...about, id: text },
  { type: only('done'), ...line, ...about, id: text, outputs: object, observed: optional(object), spec: optional(object) },
  { type: only('failed'), ...line, ...about, code: text, message: text },
  { type: only('gone'), ...line, ...about },
  { type: only('recorded'), ...line, resource },
].map(shapeOf)
