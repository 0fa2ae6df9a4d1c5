import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The flags with which node runs the sources of this repository. */
export const nodeFlags: readonly string[] = [
  '--conditions=@hanse/source',
  '--import',
  pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
]

/** The program behind `hanse`. */
export const mainFile = fileURLToPath(new URL('../main.ts', import.meta.url))

/** A running `hanse`. */
export interface HanseProcess {
  readonly pid: number
  /** What it has said so far, in the order of the streams. */
  readonly stdout: () => string
  readonly stderr: () => string
  /** Resolves when stdout holds the text; rejects when the process ends before. */
  says(text: string): Promise<void>
  kill(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void
  /** Resolves when it has ended: its code, or the signal. */
  readonly ended: Promise<number | NodeJS.Signals>
}

/** Starts `hanse` as a process of its own. */
export function startHanse(argv: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): HanseProcess {
  const child = spawn(process.execPath, [...nodeFlags, mainFile, ...argv], {
    cwd,
    env: { ...process.env, HOME: cwd, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<number | NodeJS.Signals>((resolve) => child.on('close', (code, signal) => resolve(signal ?? code ?? -1)))
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (stdout.includes(text)) resolve()
        }
        look()
        child.stdout.on('data', look)
        child.on('close', () => reject(new Error(`hanse ended without saying ${text}\n${stdout}\n${stderr}`)))
      }),
    kill: (signal) => child.kill(signal),
    ended,
  }
}
