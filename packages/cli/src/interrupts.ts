import { exitCode } from './exit-code.ts'
import type { CommandCall } from './command/command.ts'

/** What the first and the second interruption say. */
export interface InterruptWords {
  readonly first: string
  readonly second: string
}

const reading: InterruptWords = { first: 'Stopping.', second: 'Stopped.' }

/**
 * Runs with a signal that the first Ctrl-C (or SIGTERM) aborts; the second ends the process at once. `say` prints, in place of a line on
 * stderr.
 */
export async function withInterrupts<T>(
  { host, screen }: Pick<CommandCall, 'host' | 'screen'>,
  run: (signal: AbortSignal) => Promise<T>,
  words: InterruptWords = reading,
  say: (line: string) => void = (line) => screen.note(line),
): Promise<T> {
  const controller = new AbortController()
  const stop = host.onInterrupt(() => {
    if (controller.signal.aborted) {
      say(words.second)
      host.exit(exitCode.interrupted)
      return
    }
    say(words.first)
    controller.abort()
  })
  try {
    return await run(controller.signal)
  } finally {
    stop()
  }
}
