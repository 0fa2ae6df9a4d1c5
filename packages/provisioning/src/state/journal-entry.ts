import { crc32 } from 'node:zlib'
import { err, ok, Result } from 'neverthrow'
import { isOpened, isStateEvent } from './journal-entry-shape.ts'
import type { StateEvent } from './state-event.ts'

/**
 * One line of a journal: a JSON object that begins with its sequence number and ends with the CRC-32 of what stands before it.
 * Numbers run on across files, so that a missing line shows.
 */
export type JournalEntry = { readonly seq: number; readonly at: string } & (OpenedEntry | StateEvent)

/** The format that this version of the package writes. It reads every format up to this one. */
export const journalFormat = 1

/** The first line of every journal file: whose state this is, under which lease it is written, and what it goes on from. */
export interface OpenedEntry {
  readonly type: 'opened'
  readonly format: number
  readonly stack: string
  readonly environment: string
  /** A UUID made at the first write; the identity of the stack for ever. */
  readonly stackId: string
  /** The program that the stack belongs to, as the first that said so called it. */
  readonly origin?: string | undefined
  readonly epoch: number
  /** The last change before this file; a new file changes nothing. */
  readonly version: string
  /** The highest generation given out before this file. */
  readonly generation: number
  /** The file before, and how much of it counts: what a fenced writer adds to it later lies behind `bytes`. Absent in the first file. */
  readonly after?: { readonly file: string; readonly bytes: number } | undefined
  /** Given if this file begins with a snapshot: so many `recorded` lines follow and nothing before this file is needed. */
  readonly snapshot?: number | undefined
}

/** What an entry says, as JSON without its number. Values that JSON cannot hold are answered with the reason. */
export const encodeBody: (body: OpenedEntry | StateEvent) => Result<string, string> = Result.fromThrowable(
  (body: OpenedEntry | StateEvent) => JSON.stringify(body),
  (cause) => String(cause),
)

/** The line of an entry, its line feed included: an encoded body with its number and time in front and its checksum behind. */
export function encodeLine(seq: number, at: number, body: string): string {
  const checked = `{"seq":${seq},"at":"${new Date(at).toISOString()}",${body.slice(1, -1)}`
  return `${checked},"crc":"${checksum(checked)}"}\n`
}

/** Reads one line, without its line feed, back; a line that is not exactly as it was written is answered with the reason. */
export function decodeEntry(line: Buffer): Result<JournalEntry, { readonly reason: string; readonly format?: number }> {
  const body = line.subarray(0, -tailLength)
  const whole = line.subarray(-tailLength).toString('latin1') === `,"crc":"${checksum(body)}"}`
  const parsed = parse(line.toString('utf8'))
  const format = parsed.isOk() ? foreignFormat(parsed.value) : undefined
  if (format !== undefined) return err({ reason: `it is in format ${format}`, format })
  if (!whole) return err({ reason: 'its checksum is wrong' })
  if (parsed.isErr()) return err({ reason: 'it is not JSON' })
  const entry = parsed.value
  return isOpened(entry) || isStateEvent(entry) ? ok(entry) : err({ reason: 'it is no entry that this version knows' })
}

const checksum = (body: Buffer | string): string => crc32(body).toString(16).padStart(8, '0')
const tailLength = ',"crc":"00000000"}'.length
const parse: (text: string) => Result<unknown, unknown> = Result.fromThrowable((text: string): unknown => JSON.parse(text))

/** A later format may check its lines differently, so its number is looked for before the checksum is believed. */
function foreignFormat(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'opened') return undefined
  return 'format' in value && typeof value.format === 'number' && value.format > journalFormat ? value.format : undefined
}
