import type { Options } from '../command/command.ts'
import type { Host } from '../host.ts'
import { palette } from './palette.ts'
import type { Paint } from './palette.ts'

/** How a command shows things: to a person, or to a program. */
export interface Screen {
  readonly json: boolean
  /** Whether lines may be drawn again. */
  readonly live: boolean
  readonly paint: Paint
  /** One line of the answer. */
  print(line?: string): void
  /** One JSON document of the answer, on one line. Every document bears the version of the format and its type. */
  document(type: string, members: object): void
  /** A line beside the answer, on stderr. */
  note(line: string): void
}

/** The version of what `--json` prints. It changes when something that is there is taken away or changes its meaning. */
export const jsonVersion = 1

/** Makes the screen of one run. */
export function screenOf(host: Host, options: Options): Screen {
  const json = options.json === true
  const { env, stdout } = host
  const dumb = env['TERM'] === 'dumb'
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0'
  // https://no-color.org: present and not empty.
  const refused = options.color === false || (env['NO_COLOR'] ?? '') !== ''
  return {
    json,
    live: stdout.isTTY && !dumb && !json,
    paint: palette(!json && !refused && (forced || (stdout.isTTY && !dumb))),
    print: (line = '') => stdout.write(`${line}\n`),
    document: (type, members) => stdout.write(`${JSON.stringify({ version: jsonVersion, type, ...members })}\n`),
    note: (line) => host.stderr.write(json ? `${JSON.stringify({ version: jsonVersion, type: 'note', message: line })}\n` : `${line}\n`),
  }
}
