import type { StackEvent } from '@hanse/provisioning'
import type { Host } from '../host.ts'
import { columnsOf, noColumns } from './columns.ts'
import { eventLines } from './event-lines.ts'
import type { Screen } from './screen.ts'

/** Shows what happens while a stack is worked on. */
export interface Progress {
  onEvent(event: StackEvent): void
  /** A line beside what happens. */
  say(line: string): void
  /** Leaves the last lines standing; nothing is drawn after it. */
  stop(): void
}

/** The progress of an apply or destroy: JSON for programs, lines that are drawn again on a terminal, lines elsewhere. */
export async function progressOf(host: Host, screen: Screen): Promise<Progress> {
  if (screen.json) return jsonProgress(screen)
  if (screen.live) return (await import('./live-progress.ts')).liveProgress(host, screen)
  return lineProgress(screen)
}

/** One event a line. Errors show as their own JSON, which holds no cause. */
function jsonProgress(screen: Screen): Progress {
  return {
    onEvent: ({ type, ...members }) => screen.document(type, members),
    say: (line) => screen.note(line),
    stop: () => {},
  }
}

/** Where lines cannot be drawn again, a step says once that it is waited for. */
function lineProgress(screen: Screen): Progress {
  const waiting = new Set<string>()
  let columns = noColumns
  return {
    onEvent: (event) => {
      if (event.type === 'waiting') {
        if (waiting.has(event.step.address)) return
        waiting.add(event.step.address)
      }
      if (event.type === 'planned') columns = columnsOf(event.plan)
      for (const line of eventLines(event, screen.paint, { begun: true, columns })) screen.print(line)
    },
    say: (line) => screen.note(line),
    stop: () => {},
  }
}
