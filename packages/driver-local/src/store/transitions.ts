import { StoreRefusal } from './refusal.ts'

/** A phase that a record will enter by itself. `null` stands for "gone". */
export interface PendingPhase {
  readonly phase: string | null
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The part of a record that time changes. */
export interface Phased {
  readonly phase: string
  /** In order of time. */
  readonly pending: readonly PendingPhase[]
}

/**
 * What an action does to a record's phase, as data.
 *
 * `from` lists the phases in which the action is allowed. The first of `steps` is entered at once, each further one a delay later; `null`
 * as the last step makes the record go away, as the only one at once.
 */
export interface Transition {
  readonly from: readonly string[] | 'any'
  /** The phases in which it has been done already, so that doing it again is fine and changes nothing. */
  readonly done?: readonly string[] | undefined
  readonly steps: readonly [string | null, ...(string | null)[]]
}

/** The actions of a kind, by name. */
export type TransitionTable<Action extends string = string> = Readonly<Record<Action, Transition>>

/**
 * Starts an action: the phases that follow from it, settled at `now` (with `delayMs` 0 the last one is there at once).
 *
 * `undefined` means that the record is gone. Deleting what is on its way out already changes nothing. Refuses with `WrongPhase` where the
 * action is not allowed.
 */
export const begin = <Action extends string>(
  table: TransitionTable<Action>,
  action: Action,
  from: Phased | undefined,
  { now, delayMs }: { readonly now: number; readonly delayMs: number },
): Phased | undefined => {
  const { from: allowed, done, steps } = table[action]
  if (from !== undefined && done?.includes(from.phase) === true) return from
  if (from !== undefined && isLeaving(from) && steps.at(-1) === null) return settle(now, from)
  if (from !== undefined && (isLeaving(from) || (allowed !== 'any' && !allowed.includes(from.phase)))) {
    const needed = allowed === 'any' ? 'not on its way out' : allowed.length === 0 ? 'new' : allowed.join(' or ')
    throw new StoreRefusal('WrongPhase', `${action} is not possible while the phase is ${from.phase}; it must be ${needed}`)
  }
  const [phase, ...later] = steps
  if (phase === null) return undefined
  return settle(now, { phase, pending: later.map((next, index) => ({ phase: next, at: now + delayMs * (index + 1) })) })
}

/**
 * What a record has become by `now`: pure, so every process that looks sees the same, without timers and after any crash.
 *
 * Answers the same object where nothing is due, and `undefined` where the record is gone.
 */
export const settle = <R extends Phased>(now: number, record: R): R | undefined => {
  let { phase, pending } = record
  while (pending[0] !== undefined && pending[0].at <= now) {
    if (pending[0].phase === null) return undefined
    phase = pending[0].phase
    pending = pending.slice(1)
  }
  return pending === record.pending ? record : { ...record, phase, pending }
}

/** When the record next changes by itself, in milliseconds since 1970; `undefined` where it will not. */
export const nextChangeAt = (record: Phased): number | undefined => record.pending[0]?.at

/** Whether the record will go away by itself. */
export const isLeaving = (record: Phased): boolean => record.pending.at(-1)?.phase === null
