import type { JournalEntry, OpenedEntry } from './journal-entry.ts'
import type { StateEvent } from './state-event.ts'

/** Whether a value read from a journal has every field of an `opened` entry. */
export const isOpened = (value: unknown): value is JournalEntry & OpenedEntry => fits(value, opened)

/** Whether a value read from a journal has every field of one of the state's events, so that the fold need not doubt it. */
export const isStateEvent = (value: unknown): value is JournalEntry & StateEvent => events.some((shape) => fits(value, shape))

type Check = (value: unknown) => boolean
type Shape = Readonly<Record<string, Check>>

const text: Check = (value) => typeof value === 'string'
const count: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const object: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const texts: Check = (value) => Array.isArray(value) && value.every(text)
const only = (...values: readonly string[]): Check => (value) => values.some((allowed) => allowed === value)
const optional = (check: Check): Check => (value) => value === undefined || check(value)
const shaped = (shape: Shape): Check => (value) => fits(value, shape)
const fits = (value: unknown, shape: Shape): boolean =>
  object(value) && Object.entries(shape).every(([field, check]) => check((value as Readonly<Record<string, unknown>>)[field])) // `object` has checked it

const line = { seq: count, at: text }
const about = { address: text, generation: count }
const made = { key: text, kind: text, on: text }
const wanted = { name: text, spec: object, dependsOn: texts }

const opened: Shape = {
  ...line, type: only('opened'), format: count, stack: text, environment: text, stackId: text, epoch: count, version: text, generation: count,
  after: optional(shaped({ file: text, bytes: count })), snapshot: optional(count),
}

const resource: Shape = {
  ...about, ...made, ...wanted, id: optional(text), outputs: object, observed: optional(object), status: only('present', 'pending', 'deleting'),
  pending: optional(shaped({
    action: only('create', 'update', 'replace', 'delete'), to: optional(shaped(wanted)), failure: optional(shaped({ code: text, message: text })),
  })),
  previous: optional((value) => fits(value, resource)),
}

const events: readonly Shape[] = [
  { ...line, ...about, ...made, ...wanted, type: only('intent'), action: only('create', 'replace') },
  { ...line, ...about, ...wanted, type: only('intent'), action: only('update') },
  { ...line, ...about, type: only('intent'), action: only('delete') },
  { ...line, ...about, type: only('accepted'), id: text },
  { ...line, ...about, type: only('done'), id: text, outputs: object, observed: optional(object), spec: optional(object) },
  { ...line, ...about, type: only('failed'), code: text, message: text },
  { ...line, ...about, type: only('gone') },
  { ...line, type: only('recorded'), resource: shaped(resource) },
]
