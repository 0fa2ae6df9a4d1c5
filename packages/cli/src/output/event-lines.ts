import type { Plan, StackEvent, Step } from '@hanse/provisioning'
import { cleanLine } from './clean-text.ts'
import type { Columns } from './columns.ts'
import { inColumn } from './columns.ts'
import { duration } from './duration.ts'
import type { Paint } from './palette.ts'
import { planLines, recoveredLine } from './print-plan.ts'

/** How events are shown. */
export interface EventLinesOptions {
  /** Whether to tell what begins and what is waited for. */
  readonly begun: boolean
  readonly columns: Columns
}

/** What an event says in lines that stay. A live display shows beside them what is under way. */
export function eventLines(event: StackEvent, paint: Paint, { begun, columns }: EventLinesOptions): readonly string[] {
  switch (event.type) {
    case 'refreshing':
      return []
    case 'recovered':
      return [] // They stand in the plan.
    case 'planned':
      // What is wrong with a stack is told as an error, all of it.
      return event.plan.problems.length > 0
        ? event.plan.recovered.map((each) => recoveredLine(each, paint))
        : [...planLines(event.plan, paint), '']
    case 'started':
      return begun ? [line('·', doing[event.step.does], event.step)] : []
    case 'waiting':
      return begun ? [line('·', 'waiting', event.step, paint('dim', `the cloud says ${cleanLine(event.state)}`))] : []
    case 'warning':
      return [
        line(paint('yellow', '!'), paint('yellow', 'warning '), event.step, `${cleanLine(event.warning.message)} (${event.warning.code})`),
      ]
    case 'done': {
      const id = event.id === undefined || event.step.does === 'delete' ? '' : `${cleanLine(event.id)}  `
      return [line(paint('green', '✓'), done[event.step.does], event.step, paint('dim', `${id}${duration(event.durationMs)}`))]
    }
    case 'failed': {
      const after = paint('dim', duration(event.durationMs))
      return [line(paint('red', '✗'), paint('red', 'failed  '), event.step, `${cleanLine(event.error.message)}  ${after}`)]
    }
    case 'skipped':
      return [line(paint('yellow', '-'), paint('yellow', 'left    '), event.step, cleanLine(event.because))]
  }

  function line(mark: string, word: string, step: Step, rest = ''): string {
    return `${mark} ${word.padEnd(wordWidth)} ${titleOf(step, columns)}  ${rest}`.trimEnd()
  }
}

/** As wide as the widest word for what is being done. */
export const wordWidth = 8

/** How a step is called. */
export const titleOf = ({ kind, address, on }: Step, columns: Columns): string =>
  `${inColumn(kind, columns.kind)} ${inColumn(address, columns.address)}${on === 'main' ? '' : ` on ${on}`}`

/** What is being done, in a word. */
export const doing: { readonly [D in Step['does']]: string } = { create: 'creating', update: 'changing', delete: 'deleting' }
const done: { readonly [D in Step['does']]: string } = { create: 'created', update: 'changed', delete: 'deleted' }

/** How many steps a plan has; a replacement is two. */
export const stepCount = ({ summary }: Plan): number => summary.create + summary.update + summary.delete + 2 * summary.replace
