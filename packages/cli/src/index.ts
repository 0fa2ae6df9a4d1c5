// The command as a function, for programs that run it inside themselves. Everybody else runs `hanse`.
export { runCli } from './run-cli.ts'
export { exitCode } from './exit-code.ts'
export type { ExitCode } from './exit-code.ts'
export type { Host, TextOutput } from './host.ts'
