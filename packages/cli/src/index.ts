// The command as a function, for programs that run it inside themselves, and its commands as data. Everybody else runs `hanse`.
export { describeCommands } from './describe-commands.ts'
export type { DescribedCommands } from './describe-commands.ts'
export type {
  ArgumentDefinition,
  CommandCall,
  CommandDefinition,
  CommandGroup,
  Example,
  OptionDefinition,
  Options,
  RunCommand,
} from './command/command.ts'
export { runCli } from './run-cli.ts'
export { exitCode } from './exit-code.ts'
export type { ExitCode } from './exit-code.ts'
export type { Failure } from './failure.ts'
export type { Host, TextOutput } from './host.ts'
export type { Paint } from './output/palette.ts'
export type { Screen } from './output/screen.ts'
