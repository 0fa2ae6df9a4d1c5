import type { Plan, StackEvent, Step } from '@hanse/provisioning'
import { cleanLine } from './clean-text.ts'
import { duration } from './duration.ts'
import type { Paint } from './palette.ts'
import { planLines, recoveredLine } from './print-plan.ts'

/** What an event says in lines that stay. A live display shows beside them what is under way. */
export function eventLines(event: StackEvent, paint: Paint, options: { readonly begun: boolean } = { begun: true }): readonly string[] {
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
      return options.begun ? [`${paint('dim', '·')} ${titleOf(event.step)} ${paint('dim', doing[event.step.does])}`] : []
    case 'waiting':
      return options.begun
        ? [`${paint('dim', '·')} ${titleOf(event.step)} ${paint('dim', `waiting, the cloud says ${cleanLine(event.state)}`)}`]
        : []
    case 'warning':
      return [
        `${paint('yellow', '!')} ${titleOf(event.step)} ${cleanLine(event.warning.message)} ${paint('dim', `(${event.warning.code})`)}`,
      ]
    case 'done': {
      const id = event.id === undefined || event.step.does === 'delete' ? '' : paint('dim', ` ${cleanLine(event.id)}`)
      return [`${paint('green', '✓')} ${titleOf(event.step)} ${done[event.step.does]}${id} ${paint('dim', duration(event.durationMs))}`]
    }
    case 'failed':
      return [
        `${paint('red', '✗')} ${titleOf(event.step)} ${paint('red', 'failed')}: ${cleanLine(event.error.message)} ${paint('dim', duration(event.durationMs))}`,
      ]
    case 'skipped':
      return [
        `${paint('yellow', '-')} ${titleOf(event.step)} ${paint('yellow', `not ${done[event.step.does]}`)}: ${cleanLine(event.because)}`,
      ]
  }
}

/** How a step is called. */
export const titleOf = ({ kind, address, on }: Step): string => `${kind} ${address}${on === 'main' ? '' : ` on ${on}`}`

/** What is being done, in a word. */
export const doing: { readonly [D in Step['does']]: string } = { create: 'creating', update: 'changing', delete: 'deleting' }
const done: { readonly [D in Step['does']]: string } = { create: 'created', update: 'changed', delete: 'deleted' }

/** How many steps a plan has; a replacement is two. */
export const stepCount = ({ summary }: Plan): number => summary.create + summary.update + summary.delete + 2 * summary.replace
