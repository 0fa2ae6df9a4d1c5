import { homedir } from 'node:os'
import type { Host, TextOutput } from './host.ts'

/** The host of a real process. */
export function nodeHost(): Host {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // `hanse server ls | head` closes the pipe when it has seen enough.
      if (error.code === 'EPIPE') process.exit(0)
      throw error
    })
  return {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    home: homedir(),
    env: process.env,
    stdout: textOutput(process.stdout),
    stderr: textOutput(process.stderr),
    canAsk: process.stdin.isTTY === true && process.stdout.isTTY === true,
    runtimeVersion: process.version,
    ask,
    now: () => Date.now(),
    every(ms, call) {
      const timer = setInterval(call, ms).unref()
      return () => clearInterval(timer)
    },
    onInterrupt(listener) {
      process.on('SIGINT', listener).on('SIGTERM', listener)
      return () => process.off('SIGINT', listener).off('SIGTERM', listener)
    },
    exit: (code) => process.exit(code),
    importModule: async (path) => (await import('./project/import-module.ts')).importModule(path),
  }
}

const textOutput = (stream: NodeJS.WriteStream): TextOutput => ({
  write: (text) => void stream.write(text),
  async writeBytes(bytes) {
    const { pipeline } = await import('node:stream/promises')
    await pipeline(bytes, stream, { end: false })
  },
  get isTTY() {
    return stream.isTTY === true
  },
  get columns() {
    return stream.isTTY === true ? stream.columns : undefined
  },
  get rows() {
    return stream.isTTY === true ? stream.rows : undefined
  },
})

async function ask(question: string, signal?: AbortSignal): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises')
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return await new Promise<string | undefined>((resolve) => {
      // A terminal in raw mode gives Ctrl-C to whoever reads it, not to the process.
      lines.once('SIGINT', () => resolve(undefined))
      lines.once('close', () => resolve(undefined))
      lines.question(question, { ...(signal && { signal }) }).then(resolve, () => resolve(undefined))
    })
  } finally {
    lines.close()
  }
}
