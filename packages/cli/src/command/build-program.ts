import { Command, InvalidArgumentError, Option } from 'commander'
import { ok } from 'neverthrow'
import type { Result } from 'neverthrow'
import type { Failure } from '../failure.ts'
import type { Host } from '../host.ts'
import { palette } from '../output/palette.ts'
import type { CommandDefinition, CommandGroup, Example, OptionDefinition } from './command.ts'

/** What a command line asks for. */
export interface Chosen {
  readonly command: CommandDefinition
  readonly args: readonly string[]
  readonly flags: Readonly<Record<string, unknown>>
}

/** Makes the parser of the command line out of the definitions. `onChosen` is told what was asked for; parsing runs nothing. */
export function buildProgram(
  host: Host,
  version: string,
  commands: readonly CommandDefinition[],
  groups: readonly CommandGroup[],
  onChosen: (chosen: Chosen) => void,
): Command {
  const program = quiet(new Command('hanse'), host)
    .description('Plans, applies and looks at what runs in clouds. A project is described by hanse.config.ts.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .usage('<command> [options]')
  for (const command of commands) add(program, command, command.name, host, onChosen)
  // The list of commands leaves the kinds out, for a table names them by service. Otherwise all are known by name, so that a typing error
  // is compared with them, and only the one that is asked for has its commands made.
  const [word] = host.argv
  for (const group of word === undefined || word.startsWith('-') ? [] : groups) {
    const parent = quiet(program.command(group.name), host).description(group.summary).helpCommand(false).usage('<command> [options]')
    if (group.name !== word) continue
    for (const command of group.commands) add(parent, command, `${group.name} ${command.name}`, host, onChosen)
    const [example] = group.commands.flatMap(({ examples }) => examples)
    if (example !== undefined) parent.addHelpText('after', examplesText([example]))
  }
  if (groups.length > 0) program.addHelpText('after', `\n${resourcesText(groups)}`)
  program.addHelpText(
    'after',
    examplesText([
      { command: 'hanse init shop', does: 'write a project' },
      { command: 'hanse apply', does: 'show the plan, ask, carry it out' },
      { command: 'hanse server ls', does: 'list the servers of a cloud' },
    ]),
  )
  return program
}

function add(parent: Command, definition: CommandDefinition, path: string, host: Host, onChosen: (chosen: Chosen) => void): void {
  const command = quiet(parent.command(definition.name), host).summary(definition.summary)
  command.description([sentence(definition.summary), definition.description].filter((text) => text !== undefined).join('\n\n'))
  command.helpOption('-h, --help', 'show this help').allowExcessArguments(false)
  for (const { name, summary, optional } of definition.takes ?? []) command.argument(optional === true ? `[${name}]` : `<${name}>`, summary)
  for (const option of definition.options) command.addOption(optionOf(option))
  command.addHelpText('after', examplesText(definition.examples))
  // Commander hands over the arguments, then the options, then itself.
  command.action((...given: readonly unknown[]) => {
    const args = given.slice(0, (definition.takes ?? []).length).filter((arg): arg is string => typeof arg === 'string')
    onChosen({ command: definition, args, flags: command.opts() })
  })
  command.name(definition.name).configureHelp({ commandUsage: () => `hanse ${path}${usageOf(definition)}` })
}

const usageOf = ({ takes = [] }: CommandDefinition): string =>
  [...takes.map(({ name, optional }) => (optional === true ? ` [${name}]` : ` <${name}>`)), ' [options]'].join('')

function optionOf({ flags, summary, parse, repeats, required, choices }: OptionDefinition): Option {
  const option = new Option(flags, summary)
  if (choices !== undefined) option.choices(choices)
  if (required === true) option.makeOptionMandatory()
  if (parse === undefined && repeats !== true) return option
  return option.argParser((text: string, previous: unknown) => {
    const value = (parse ?? plain)(text).match(
      (parsed) => parsed,
      (expected) => {
        // As commander wants to be told.
        throw new InvalidArgumentError(`${expected}.`)
      },
    )
    return repeats === true ? [...(Array.isArray(previous) ? previous : []), value] : value
  })
}

const plain = (text: string): Result<unknown, string> => ok(text)

/** Throws instead of ending the process, and leaves errors to the caller. */
function quiet(command: Command, host: Host): Command {
  const colour = host.stdout.isTTY && (host.env['NO_COLOR'] ?? '') === '' && host.env['TERM'] !== 'dumb'
  const paint = palette(colour)
  return command
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: () => {},
      getOutHelpWidth: () => host.stdout.columns ?? 100,
      getOutHasColors: () => colour,
    })
    .configureHelp({ styleTitle: (title) => paint('bold', title) })
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

function examplesText(examples: readonly Example[]): string {
  const width = Math.max(...examples.map(({ command }) => command.length))
  return `\nExamples:\n${examples.map(({ command, does }) => `  ${command.padEnd(width)}  ${does}`).join('\n')}`
}

function resourcesText(groups: readonly CommandGroup[]): string {
  const headings = [...new Set(groups.map(({ heading }) => heading))]
  const width = Math.max(...headings.map((heading) => heading.length))
  const lines = headings.map((heading) => {
    const names = groups.filter((group) => group.heading === heading).map(({ name }) => name)
    return `  ${heading.padEnd(width)}  ${names.join(', ')}`
  })
  return `Resources, each with commands such as ls and get (hanse server --help):\n${lines.join('\n')}`
}

/** A fault of the command line, as commander words it. */
export const parseFailure = (message: string, exit: Failure['exit']): Failure => ({
  code: 'Usage',
  exit,
  message: message.replace(/^error: /, '').trim(),
  remedy: 'See hanse --help.',
})
