import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'

/** What the toy cloud keeps of anything: a document with an id. */
interface Stored {
  readonly id: string
  readonly name: string
  readonly [member: string]: unknown
}

/** A toy cloud with an HTTP API of its own, as a provider's would be: networks, keys, tags, pages of at most 50, one token. */
export async function startBackend(token: string): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const collections = { networks: new Map<string, Stored>(), keys: new Map<string, Stored>() }

  const answer = (method: string, url: URL, body: Partial<Stored>): readonly [status: number, body?: unknown] => {
    const [, name = '', id] = url.pathname.split('/')
    const all = name === 'networks' || name === 'keys' ? collections[name] : undefined
    if (all === undefined) return [404, { error: 'no such collection' }]
    if (id === undefined && method === 'POST') {
      const twin = name === 'keys' ? [...all.values()].find((stored) => stored.name === body.name) : undefined
      if (twin !== undefined) return [409, { error: `the name ${body.name} is taken`, id: twin.id }]
      const stored = { name: '', ...body, id: randomUUID(), created: new Date().toISOString() }
      all.set(stored.id, stored)
      return [201, stored]
    }
    if (id === undefined) {
      const asked = [...url.searchParams].filter(([parameter]) => parameter !== 'after' && parameter !== 'limit')
      const items = [...all.values()]
        .filter((stored) => asked.every(([parameter, value]) => stored[parameter] === value))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
      const rest = items.filter((stored) => stored.id > (url.searchParams.get('after') ?? ''))
      const page = rest.slice(0, Math.min(Number(url.searchParams.get('limit') ?? 50), 50))
      return [200, { items: page, more: page.length < rest.length }]
    }
    const stored = all.get(id)
    if (stored === undefined) return [404, { error: `${name}: there is no ${id}` }]
    if (method === 'PATCH') all.set(id, { ...stored, ...body, id })
    if (method === 'DELETE') all.delete(id)
    return method === 'DELETE' ? [204] : [200, all.get(id)]
  }

  const server = createServer(async (request, response) => {
    const authorised = request.headers.authorization === `Bearer ${token}`
    const [status, body] = authorised
      ? answer(request.method ?? 'GET', new URL(request.url ?? '/', 'http://toy'), await documentIn(request))
      : [401, { error: 'who are you?' }]
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': randomUUID() })
    response.end(body === undefined ? '' : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function documentIn(request: IncomingMessage): Promise<Partial<Stored>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  // The toy trusts its driver; a real cloud would check.
  return text === '' ? {} : (JSON.parse(text) as Partial<Stored>)
}
