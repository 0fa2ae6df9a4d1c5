import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** What a process had said when it ended or was killed. */
export interface Ran {
  readonly lines: readonly string[]
  readonly killed: boolean
}

/** When a process is killed: some milliseconds after it has said some lines. */
export interface Kill {
  readonly afterLines: number
  readonly afterMs: number
}

/** Runs a script of this folder as a process of its own. It says a line when it is ready, and goes on when `go` resolves. */
export const runProcess = (
  script: string,
  args: readonly string[],
  { kill, go = async () => {} }: { readonly kill?: Kill; readonly go?: () => Promise<void> } = {},
): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--conditions=@hanse/source', '--import', 'tsx', join(import.meta.dirname, script), ...args], {
      stdio: 'pipe',
    })
    let [out, err, armed] = ['', '', false]
    child.stdout.on('data', (chunk) => {
      if (out === '') void go().then(() => child.stdin.end())
      out += chunk
      // The first line says that it is ready.
      if (kill === undefined || armed || out.split('\n').length - 2 < kill.afterLines) return
      armed = true
      setTimeout(() => child.kill('SIGKILL'), kill.afterMs)
    })
    child.stderr.on('data', (chunk) => (err += chunk))
    child.on('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`the process ended with ${code ?? signal}: ${err}`))
      // The last piece is no line unless a newline ended it.
      else resolve({ lines: out.split('\n').slice(1, -1), killed: signal === 'SIGKILL' })
    })
  })

/** Lets `parties` go on together. */
export const together = (parties: number): (() => Promise<void>) => {
  const waiting: (() => void)[] = []
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve)
      if (waiting.length === parties) for (const go of waiting) go()
    })
}
