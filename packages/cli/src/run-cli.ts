import { CommanderError } from 'commander'
import { err, ok, Result, ResultAsync } from 'neverthrow'
import type { Chosen } from './command/build-program.ts'
import { buildProgram, parseFailure } from './command/build-program.ts'
import { commandTable } from './command/command-table.ts'
import type { CommandGroup, Options } from './command/command.ts'
import { exitCode } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import type { Failure } from './failure.ts'
import type { Host } from './host.ts'
import { printFailure } from './output/print-failure.ts'
import { screenOf } from './output/screen.ts'
import { version } from './version.ts'

/** Runs one command line and gives its exit code. It never rejects: a fault of ours is told like any other failure. */
export async function runCli(host: Host): Promise<ExitCode> {
  const groups = await groupsFor(host.argv)
  const parsed = parse(host, groups)
  if (parsed.isErr()) {
    if (parsed.error === 'told') return exitCode.done
    printFailure(host, screenOf(host, earlyOptions(host.argv)), parsed.error)
    return parsed.error.exit
  }
  const { command, args, flags } = parsed.value
  // The definitions give each flag the type that Options says.
  const options = flags as Options
  const screen = screenOf(host, options)
  const run = ResultAsync.fromThrowable(async () => (await command.load())({ host, screen, args, options, flags }), fault)
  const result = await run().andThen((done) => done)
  if (result.isOk()) return result.value
  printFailure(host, screen, result.error)
  return result.error.exit
}

/** The commands of the kinds, as far as this command line needs them: making them loads core. */
async function groupsFor(argv: readonly string[]): Promise<readonly CommandGroup[]> {
  const [first] = argv
  if (commandTable.some(({ name }) => name === first) || first === '--version' || first === '-V') return []
  return (await import('./command/kind-commands.ts')).kindGroups()
}

function parse(host: Host, groups: readonly CommandGroup[]): Result<Chosen, Failure | 'told'> {
  let chosen: Chosen | undefined
  const program = buildProgram(host, version, commandTable, groups, (asked) => {
    chosen = asked
  })
  if (host.argv.length === 0) {
    program.outputHelp()
    return err('told')
  }
  return Result.fromThrowable(
    () => program.parse(host.argv, { from: 'user' }),
    (cause) => {
      if (!(cause instanceof CommanderError)) return fault(cause)
      if (cause.exitCode === 0) return 'told' as const
      if (cause.code !== 'commander.help') return parseFailure(cause.message, exitCode.usage)
      const [word = ''] = host.argv
      return parseFailure(`say what to do with ${word}: see hanse ${word} --help`, exitCode.usage)
    },
  )().andThen(() => (chosen === undefined ? err('told' as const) : ok(chosen)))
}

/** What is known of the options when the command line could not be parsed. */
const earlyOptions = (argv: readonly string[]): Options => ({ json: argv.includes('--json'), color: !argv.includes('--no-color') })

const fault = (cause: unknown): Failure => ({
  code: 'Unknown',
  exit: exitCode.failed,
  message: `a fault in hanse itself: ${cause instanceof Error ? cause.message : String(cause)}`,
  remedy: 'See the whole failure with HANSE_DEBUG=1, and report it.',
  cause,
})
