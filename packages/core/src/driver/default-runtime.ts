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

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason)
    const aborted = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', aborted)
      resolve()
    }, ms)
    signal?.addEventListener('abort', aborted, { once: true })
  })
}

async function fetchTransport(request: HttpRequest): Promise<HttpResponse> {
  const { url, body, ...rest } = request
  const streamed = typeof body === 'object' && !(body instanceof Uint8Array)
  const init = {
    ...rest,
    redirect: 'manual' as const,
    ...(body === undefined ? {} : { body: streamed ? ReadableStream.from(body) : body }),
    // fetch asks for it with every body that streams.
    ...(streamed ? { duplex: 'half' as const } : {}),
  }
  // The type of RequestInit differs between runtimes in its optional members only.
  const response = await fetch(url, init as RequestInit)
  return { status: response.status, headers: Object.fromEntries(response.headers), body: response.body ?? emptyBody() }
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}
