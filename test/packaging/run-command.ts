import { execFile } from 'node:child_process'

/** What a finished command said. */
export interface CommandResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Where and with what a command runs. */
export interface CommandOptions {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
  readonly timeoutMs?: number
}

/** Runs a program without a shell and waits for it. Never rejects: a program that cannot be started has code 127. */
export function tryCommand(program: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const { cwd, env = process.env, timeoutMs = 300_000 } = options
  return new Promise((resolve) => {
    const child = execFile(program, args, { cwd, env, timeout: timeoutMs, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : (child.exitCode ?? 127)
      resolve({ code, stdout, stderr: error !== null && child.exitCode === null ? `${stderr}${error.message}` : stderr })
    })
  })
}

/** Like {@link tryCommand}, for commands that must succeed: throws with everything the program printed. */
export async function runCommand(program: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const result = await tryCommand(program, args, options)
  if (result.code === 0) return result
  throw new Error(`${[program, ...args].join(' ')} ended with ${result.code}\n${result.stdout}${result.stderr}`)
}
