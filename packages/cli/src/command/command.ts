import type { Result } from 'neverthrow'
import type { ExitCode } from '../exit-code.ts'
import type { Failure } from '../failure.ts'
import type { Host } from '../host.ts'
import type { Screen } from '../output/screen.ts'

/** A command, described as data: the parser, the help and the reference page are made of it, and its code is loaded when it is run. */
export interface CommandDefinition {
  readonly name: string
  /** One sentence. */
  readonly summary: string
  /** More about it, for its own help. */
  readonly description?: string | undefined
  readonly takes?: readonly ArgumentDefinition[] | undefined
  readonly options: readonly OptionDefinition[]
  readonly examples: readonly Example[]
  readonly load: () => Promise<RunCommand>
}

/** Commands under one word, as `hanse server ls` is under `server`. */
export interface CommandGroup {
  readonly name: string
  readonly summary: string
  /** The heading under which the help of `hanse` names it. */
  readonly heading: string
  readonly commands: readonly CommandDefinition[]
}

/** A word after the command. */
export interface ArgumentDefinition {
  readonly name: string
  readonly summary: string
  readonly optional?: boolean | undefined
}

/** A flag. */
export interface OptionDefinition {
  /** As in `--lock-timeout <time>`. */
  readonly flags: string
  readonly summary: string
  /** Makes a value of what was typed; `Err` says what was expected. */
  readonly parse?: ((text: string) => Result<unknown, string>) | undefined
  /** May be given several times; its values come as a list. */
  readonly repeats?: boolean | undefined
  readonly required?: boolean | undefined
  readonly choices?: readonly string[] | undefined
}

/** A command line that works, and what it does. */
export interface Example {
  readonly command: string
  readonly does: string
}

/** The flags that commands share, parsed. */
export interface Options {
  readonly config?: string
  readonly state?: string
  readonly env?: string
  /** `on=cloud`, or a cloud alone. */
  readonly cloud?: readonly string[]
  readonly json?: boolean
  readonly color?: boolean
  readonly yes?: boolean
  readonly detailedExitcode?: boolean
  readonly parallelism?: number
  /** In ms. */
  readonly lockTimeout?: number
  readonly check?: boolean
  readonly name?: string
  readonly limit?: number
}

/** One run of a command. */
export interface CommandCall {
  readonly host: Host
  readonly screen: Screen
  readonly args: readonly string[]
  readonly options: Options
  /** The same flags, with those that only this command knows. */
  readonly flags: Readonly<Record<string, unknown>>
}

/** Runs a command. Never rejects but for a fault of ours. */
export type RunCommand = (call: CommandCall) => Promise<Result<ExitCode, Failure>>
