import { err, ok, safeTry } from 'neverthrow'
import type { Result, ResultAsync } from 'neverthrow'
import { stackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'
import { applyEvent, generationOf } from './fold.ts'
import { decodeEntry, journalFormat } from './journal-entry.ts'
import type { JournalEntry, OpenedEntry } from './journal-entry.ts'
import type { RecordedResource } from './recorded-resource.ts'
import type { StateMedium } from './state-medium.ts'

/** A state as its journal tells it, and where the journal ends. */
export interface LoadedState {
  readonly stackId: string | undefined
  readonly origin: string | undefined
  readonly version: string
  readonly generation: number
  readonly resources: Map<string, RecordedResource>
  /** The number of the last entry. */
  readonly seq: number
  /** The last file and how much of it is whole. */
  readonly head: { readonly file: string; readonly bytes: number } | undefined
  /** What had to be read: it tells when a snapshot is due. */
  readonly cost: { readonly files: number; readonly entries: number }
}

/** Reads the newest file, those that it goes on from back to the last snapshot, and folds them. Fails with `StateUnreadable`. */
export function loadJournal(medium: StateMedium, stack: string, environment: string): ResultAsync<LoadedState, StackError> {
  return safeTry(async function* () {
    const names = yield* medium.journals()
    const files: JournalFile[] = []
    for (let name = names.at(-1); name !== undefined; ) {
      const bytes: Buffer = yield* medium.read(name)
      const opened: OpenedEntry = yield* readOpened({ path: medium.pathOf(name), bytes }, stack, environment)
      files.unshift({ name, path: medium.pathOf(name), bytes, opened })
      const after = opened.snapshot === undefined ? opened.after?.file : undefined
      if (after !== undefined && !(names.includes(after) && after < name))
        return err(unreadable(medium.pathOf(name), 1, `it goes on from ${after}, which is missing`))
      name = after
    }
    return foldFiles(files)
  })
}

interface JournalFile {
  readonly name: string
  readonly path: string
  readonly bytes: Buffer
  readonly opened: OpenedEntry
}

type Folded = { -readonly [Field in keyof LoadedState]: LoadedState[Field] }

function foldFiles(files: readonly JournalFile[]): Result<LoadedState, StackError> {
  const state: Folded = {
    stackId: undefined,
    origin: undefined,
    version: '0',
    generation: 0,
    resources: new Map(),
    seq: 0,
    head: undefined,
    cost: { files: 0, entries: 0 },
  }
  for (const [index, file] of files.entries()) {
    const sealed = files[index + 1]?.opened.after?.bytes
    const whole = sealed ?? wholeLines(file.bytes)
    if (file.bytes.length < whole)
      return err(unreadable(file.path, undefined, `it has ${file.bytes.length} bytes where ${whole} were sealed`))
    const folded = foldFile(state, file, whole)
    if (folded.isErr()) return err(folded.error)
    state.head = { file: file.name, bytes: whole }
  }
  state.cost = { files: files.length, entries: state.cost.entries }
  return ok(state)
}

function foldFile(state: Folded, { path, bytes, opened }: JournalFile, whole: number): Result<void, StackError> {
  let line = 0
  let entries = 0
  for (let start = 0; start < whole; ) {
    const end = bytes.indexOf(lineFeed, start)
    line += 1
    const read = decodeEntry(bytes.subarray(start, end))
    if (read.isErr()) return err(unreadable(path, line, read.error.reason))
    const fault = foldEntry(state, read.value, opened, line)
    if (fault !== undefined) return err(unreadable(path, line, fault))
    if (line > 1 + (opened.snapshot ?? 0)) entries += 1
    start = end + 1
  }
  if (line < 1 + (opened.snapshot ?? 0)) return err(unreadable(path, line + 1, 'its snapshot is not complete'))
  state.cost = { ...state.cost, entries: state.cost.entries + entries }
  return ok()
}

/** What is wrong with the entry at this place, if anything. */
function foldEntry(state: Folded, entry: JournalEntry, opened: OpenedEntry, line: number): string | undefined {
  if (entry.seq !== state.seq + 1 && state.seq !== 0) return `it has number ${entry.seq} where ${state.seq + 1} follows`
  state.seq = entry.seq
  if (entry.type === 'opened') {
    if (line !== 1) return 'it opens a journal in the middle of one'
    if (state.stackId !== undefined && state.stackId !== entry.stackId) return 'it belongs to another stack than the file before'
    state.stackId = entry.stackId
    state.origin = entry.origin ?? state.origin
    state.version = entry.version
    state.generation = Math.max(state.generation, entry.generation)
    return undefined
  }
  const ofSnapshot = line <= 1 + (opened.snapshot ?? 0)
  if (ofSnapshot && entry.type !== 'recorded') return 'it stands where the snapshot should'
  if (!ofSnapshot) state.version = `${opened.epoch}.${entry.seq}`
  state.generation = Math.max(state.generation, generationOf(entry))
  return applyEvent(state.resources, entry).match(
    () => undefined,
    (reason) => reason,
  )
}

function readOpened(
  file: { readonly path: string; readonly bytes: Buffer },
  stack: string,
  environment: string,
): Result<OpenedEntry, StackError> {
  const end = file.bytes.indexOf(lineFeed)
  if (end < 0) return err(unreadable(file.path, 1, 'it has no whole line'))
  const read = decodeEntry(file.bytes.subarray(0, end))
  if (read.isErr())
    return err(read.error.format === undefined ? unreadable(file.path, 1, read.error.reason) : newer(file.path, read.error.format))
  const opened = read.value
  if (opened.type !== 'opened') return err(unreadable(file.path, 1, 'it does not open a journal'))
  if (opened.stack === stack && opened.environment === environment) return ok(opened)
  return err(unreadable(file.path, 1, `it is the state of stack ${opened.stack}, environment ${opened.environment}`))
}

/**
 * How much of the last file is whole. A writer that was killed leaves part of a line; a machine that lost its power may leave zeros.
 * Nothing of either was acknowledged. Whatever else is not as it was written is damage, and is never skipped.
 */
function wholeLines(bytes: Buffer): number {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end -= 1
  return bytes.subarray(0, end).lastIndexOf(lineFeed) + 1
}

const lineFeed = 0x0a

function unreadable(path: string, line: number | undefined, reason: string): StackError {
  const where = line === undefined ? path : `${path}, line ${line}`
  const cut = `Without one, keep a copy of its folder, cut the file off before line ${line} and remove the files that sort after it.`
  const consequence = 'What the lost lines made still carries the owner mark of this stack and is found by it.'
  const remedy =
    line === undefined || line === 1
      ? 'Restore the folder of this state from a backup.'
      : `Restore this file from a backup. ${cut} ${consequence}`
  return stackError('StateUnreadable', `The state cannot be read: ${where}: ${reason}.`, { path, line }, { remedy })
}

const newer = (path: string, found: number): StackError =>
  stackError(
    'StateUnreadable',
    `The state cannot be read: ${path} is in format ${found}, and this version knows formats up to ${journalFormat}.`,
    { path, line: 1, format: { found, known: journalFormat } },
    { remedy: 'Use the version of Hanse that wrote it, or a newer one.' },
  )
