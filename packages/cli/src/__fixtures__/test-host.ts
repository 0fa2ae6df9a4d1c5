import { importModule } from '../project/import-module.ts'
import { runCli } from '../run-cli.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Host, TextOutput } from '../host.ts'

/** What a test decides about the world of a command. */
export interface TestHostOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Whether a person looks on; it is 100 columns wide. */
  readonly terminal?: boolean
  /** What the person answers, in order; then they interrupt. */
  readonly answers?: readonly string[]
  /** Called with everything that is written to stdout. */
  readonly onOutput?: (text: string) => void
}

/** What a command left. */
export interface Ran {
  readonly code: ExitCode
  readonly stdout: string
  readonly stderr: string
  /** The questions that were asked. */
  readonly asked: readonly string[]
  /** The code that the process was ended with at once, if it was. */
  readonly exited: number | undefined
}

/** A world for one command. */
export interface TestWorld {
  readonly host: Host
  /** Sends the signal that Ctrl-C sends. */
  interrupt(): void
  ran(code: ExitCode): Ran
}

/** Makes a host that keeps what it is told. */
export function testHost(argv: readonly string[], options: TestHostOptions): TestWorld {
  const written = { stdout: '', stderr: '' }
  const asked: string[] = []
  const answers = [...(options.answers ?? [])]
  const listeners = new Set<(signal: string) => void>()
  let exited: number | undefined
  const output = (name: 'stdout' | 'stderr'): TextOutput => ({
    write(text) {
      written[name] += text
      if (name === 'stdout') options.onOutput?.(text)
    },
    async writeBytes(bytes) {
      for await (const part of bytes) written[name] += Buffer.from(part).toString()
    },
    isTTY: options.terminal === true,
    columns: options.terminal === true ? 100 : undefined,
    rows: options.terminal === true ? 24 : undefined,
  })
  const host: Host = {
    argv,
    cwd: options.cwd,
    home: options.cwd,
    env: options.env ?? {},
    stdout: output('stdout'),
    stderr: output('stderr'),
    canAsk: options.terminal === true,
    runtimeVersion: process.version,
    ask: async (question) => {
      asked.push(question)
      return answers.shift()
    },
    now: () => Date.now(),
    every: () => () => {},
    onInterrupt(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    exit: (code) => {
      exited ??= code
    },
    importModule,
  }
  return {
    host,
    interrupt: () => {
      for (const listener of listeners) listener('SIGINT')
    },
    ran: (code) => ({ code, ...written, asked, exited }),
  }
}

/** Runs one command line in this process. */
export async function runInProcess(argv: readonly string[], options: TestHostOptions): Promise<Ran> {
  const world = testHost(argv, options)
  return world.ran(await runCli(world.host))
}
