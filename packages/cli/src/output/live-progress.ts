import type { StackEvent, Step } from '@hanse/provisioning'
import { createLogUpdate } from 'log-update'
import type { Host } from '../host.ts'
import { columnsOf, noColumns } from './columns.ts'
import { cleanLine } from './clean-text.ts'
import { duration } from './duration.ts'
import { doing, eventLines, stepCount, titleOf, wordWidth } from './event-lines.ts'
import type { Progress } from './progress.ts'
import type { Screen } from './screen.ts'

interface Active {
  readonly step: Step
  readonly since: number
  /** The provider's word, once it is waited for. */
  readonly state: string | undefined
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const frameMs = 80
/** Lines of the terminal that the active steps leave free. */
const margin = 4

/** What is finished scrolls up and stays; what is under way stands at the bottom and is drawn again. */
export function liveProgress(host: Host, screen: Screen): Progress {
  const { paint } = screen
  // It calls write, columns, rows and isTTY of what it is given, and nothing else.
  const draw = createLogUpdate(host.stdout as unknown as NodeJS.WritableStream, { showCursor: true })
  const active = new Map<string, Active>()
  const beganAt = host.now()
  let frame = 0
  let finished = 0
  let total: number | undefined
  let looking = false
  let columns = noColumns
  let stopTimer: (() => void) | undefined

  const render = (): void => {
    const now = host.now()
    const spinner = paint('cyan', frames[frame % frames.length] ?? '')
    if (active.size === 0) {
      if (looking) draw(`${spinner} looking at the clouds ${paint('dim', duration(now - beganAt))}`)
      else draw.clear()
      return
    }
    const room = Math.max(1, (host.stdout.rows ?? 24) - margin)
    const shown = [...active.values()].slice(0, room)
    const lines = shown.map(({ step, since, state }) => {
      const waiting = state === undefined ? '' : ` ${paint('dim', `the cloud says ${cleanLine(state)}`)}`
      return `${spinner} ${doing[step.does].padEnd(wordWidth)} ${titleOf(step, columns)} ${waiting} ${paint('dim', duration(now - since))}`
    })
    if (active.size > room) lines.push(paint('dim', `  … and ${active.size - room} more under way`))
    lines.push(paint('dim', `  ${finished} of ${total ?? '?'} done, ${active.size} under way, ${duration(now - beganAt)}`))
    draw(lines.join('\n'))
  }
  const animate = (): void => {
    stopTimer ??= host.every(frameMs, () => {
      frame += 1
      render()
    })
  }
  const keep = (lines: readonly string[]): void => {
    if (lines.length > 0) draw.persist(lines.join('\n'))
    render()
  }
  const end = (step: Step): void => {
    active.delete(keyOf(step))
    finished += 1
  }

  return {
    onEvent(event: StackEvent) {
      switch (event.type) {
        case 'refreshing':
          looking = true
          animate()
          break
        case 'planned':
          looking = false
          total = stepCount(event.plan)
          columns = columnsOf(event.plan)
          // Whoever is asked next writes on the same screen.
          stopTimer?.()
          stopTimer = undefined
          break
        case 'started':
          active.set(keyOf(event.step), { step: event.step, since: host.now(), state: undefined })
          animate()
          break
        case 'waiting': {
          const running = active.get(keyOf(event.step))
          if (running !== undefined) active.set(keyOf(event.step), { ...running, state: event.state })
          break
        }
        case 'done':
        case 'failed':
          end(event.step)
          break
        case 'skipped':
          active.delete(keyOf(event.step))
          break
      }
      keep(eventLines(event, paint, { begun: false, columns }))
    },
    say: (line) => keep([line]),
    stop() {
      stopTimer?.()
      stopTimer = undefined
      active.clear()
      looking = false
      render()
      draw.done()
    },
  }
}

const keyOf = ({ address, does }: Step): string => `${address} ${does}`
