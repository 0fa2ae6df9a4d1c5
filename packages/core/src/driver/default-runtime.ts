import type { DriverRuntime, HttpRequest, HttpResponse } from './runtime.ts'

/** The world as it is. Each member can be replaced: `openCloud(source, { runtime: { now } })`. */
export const defaultRuntime: DriverRuntime = {
  transport: fetchTransport,
  now: () => Date.now(),
  sleep,
  random: () => Math.random(),
  randomUUID: () => crypto.randomUUID(),
  log: () => {},
  trace: () => {},
  get environment() {
    return globalThis.process?.env ?? {}
  },
  readFile: async (path) => {
    // Core imports nothing of Node's, so that it loads where there is none; where there is one, this is how it is asked for.
    const files = globalThis.process?.getBuiltinModule?.('node:fs/promises')
    if (files === undefined) throw new Error(`this runtime cannot read files; hand openCloud a runtime whose readFile can: ${path}`)
    return files.readFile(path)
  },
}

/** A timer of every runtime holds 31 bits of milliseconds; a longer one would fire at once. */
const longestTimerMs = 2_147_483_647

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let left = ms
  for (; left > longestTimerMs; left -= longestTimerMs) await timer(longestTimerMs, signal)
  await timer(left, signal)
}

function timer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason)
    const aborted = (): void => {
      clearTimeout(id)
      reject(signal?.reason)
    }
    const id = setTimeout(() => {
      signal?.removeEventListener('abort', aborted)
      resolve()
    }, ms)
    signal?.addEventListener('abort', aborted, { once: true })
  })
}

async function fetchTransport({ url, body, ...rest }: HttpRequest): Promise<HttpResponse> {
  const isStream = typeof body === 'object' && !(body instanceof Uint8Array)
  const init = {
    ...rest,
    // Where a redirect leads, and whether credentials go along, is for the driver to say.
    redirect: 'manual' as const,
    ...(body === undefined ? {} : { body: isStream ? readableOf(body) : body }),
    // fetch asks for it with every body that streams.
    ...(isStream ? { duplex: 'half' as const } : {}),
  }
  // The type of RequestInit differs between runtimes in its optional members only.
  const response = await fetch(url, init as RequestInit)
  return { status: response.status, headers: Object.fromEntries(response.headers), body: chunksOf(response.body) }
}

/** `ReadableStream.from` is not in every runtime. Pulled, so that no more is in memory than is on the way. */
function readableOf(source: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await chunks.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => {
      await chunks.return?.()
    },
  })
}

/** Not every runtime lets a stream be iterated. A reader who stops early lets go of the connection. */
async function* chunksOf(stream: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (stream === null) return
  const reader = stream.getReader()
  let isAtEnd = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      isAtEnd = done
      if (done) return
      yield value
    }
  } finally {
    if (!isAtEnd) await reader.cancel().catch(() => {})
  }
}
