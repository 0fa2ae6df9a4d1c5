import type { KeyPairResource, KeyPairSpec, NetworkResource, NetworkSpec, Secret } from '@hanse/core'
import type { Classification, DriverKinds, DriverRuntime, ListQuery } from '@hanse/core/driver'
import { bindDriver, cloudSource, defineDriver } from '@hanse/core/driver'

/** How a toy cloud is opened. */
export interface ToyConfig {
  readonly url: string
  readonly token: Secret<string>
}

// The one list of what it can do: types, `supports` and the choice of the kit's cases come from it.
const always = ['keyPair', 'network'] as const

/** A toy cloud, not open yet. A driver with an SDK would load it here: `load: async () => … (await import('./driver.ts')) …`. */
export const toy = (config: ToyConfig) => cloudSource({ driver: 'toy', always, probed: [], load: async () => bindDriver(driver, config) })

/** Networks carry a mark and tags; keys have nothing but a name, which is how they are recognised. */
const driver = defineDriver({
  name: 'toy',
  always,
  probed: [],
  classify,
  open: async (config: ToyConfig, runtime, signal) => {
    const send = sender(config, runtime)
    // A wrong token is found out now, not at the first use.
    await send('GET', '/keys?limit=1', signal)
    return {
      found: [],
      kinds: { keyPair: keyPairs(send), network: networks(send) },
      limits: {
        keyPair: { fields: { name: { max: 64 } } },
        network: { fields: { name: { max: 100 } }, labels: { count: 20, keyLength: 64, valueLength: 200 } },
      },
      native: { url: config.url },
      close: async () => {},
    }
  },
})

// ── Transport: one request, one answer, failures raised as they are ──

interface Failure {
  readonly status: number
  readonly path: string
  readonly error: string
  readonly requestId: string | undefined
  readonly id?: string
}
type Send = <T>(method: string, path: string, signal: AbortSignal, body?: object) => Promise<T>

const sender =
  ({ url, token }: ToyConfig, { transport }: DriverRuntime): Send =>
  async <T>(method: string, path: string, signal: AbortSignal, body?: object): Promise<T> => {
    const headers = { authorization: `Bearer ${token.reveal()}`, 'content-type': 'application/json' }
    const response = await transport({ method, url: url + path, headers, body: body && JSON.stringify(body), signal })
    const text = new TextDecoder()
    let answer = ''
    for await (const chunk of response.body) answer += text.decode(chunk, { stream: true })
    const document = answer === '' ? {} : JSON.parse(answer)
    if (response.status < 400) return document as T
    throw { ...document, status: response.status, path, requestId: response.headers['x-request-id'] } satisfies Failure
  }

/** What each failure means: the one table of this driver. Whatever is not in it is `Unknown`; no answer at all is ambiguous. */
function classify(cause: unknown): Classification {
  if (typeof cause !== 'object' || cause === null || !('status' in cause))
    return { code: 'Unavailable', message: `the toy cloud does not answer: ${String(cause)}`, details: {}, ambiguous: true }
  // Raised by `sender` and nobody else.
  const { status, path, error, requestId, id = '' } = cause as Failure
  const shared = { message: error, providerCode: String(status), requestId, ambiguous: false }
  const [, collection, asked = ''] = path.split('/')
  const kind = collection === 'keys' ? 'keyPair' : 'network'
  if (status === 404) return { code: 'NotFound', details: { kind, id: asked }, ...shared }
  if (status === 409) return { code: 'AlreadyExists', details: { kind, id }, ...shared }
  if (status === 401) return { code: 'Unauthenticated', details: {}, ...shared }
  return { code: status < 500 ? 'Unknown' : 'Unavailable', details: {}, ...shared }
}

/** A page: the cursor is the last id, a place in the list that any process may go on from. */
async function page<Raw extends { readonly id: string }, R>(
  send: Send,
  path: string,
  { cursor, pageSize }: ListQuery,
  signal: AbortSignal,
  to: (raw: Raw) => R,
) {
  const query = new URLSearchParams({ limit: String(pageSize ?? 50), ...(cursor === undefined ? {} : { after: cursor }) })
  const { items, more } = await send<{ readonly items: readonly Raw[]; readonly more: boolean }>('GET', `${path}?${query}`, signal)
  return { items: items.map(to), ...(more ? { nextCursor: items.at(-1)?.id } : {}) }
}

// ── Networks: recognised by the mark in their create request ──

interface RawNetwork {
  readonly id: string
  readonly name: string
  readonly tags?: Readonly<Record<string, string>>
  readonly key: string
  readonly stack?: string
  readonly environment?: string
  readonly digest: string
  readonly created: string
}

function networks(send: Send): DriverKinds<'network'>['network'] {
  const at = (id: string): string => `/networks/${encodeURIComponent(id)}`
  return {
    fields: ['name', 'labels'] satisfies (keyof NetworkSpec)[],
    create: async ({ name, labels }, { mark, signal }) =>
      toNetwork(await send('POST', '/networks', signal, { name, tags: labels, key: mark.key, digest: mark.specDigest, ...mark.owner })),
    findByKey: async (key, { signal }) =>
      (await send<{ readonly items: readonly RawNetwork[] }>('GET', `/networks?${new URLSearchParams({ key })}`, signal)).items.map(
        toNetwork,
      ),
    get: async (id, { signal }) => toNetwork(await send('GET', at(id), signal)),
    listPage: (query, { signal }) => page(send, '/networks', query, signal, toNetwork),
    // JSON leaves out what is undefined, so a PATCH names only what changes.
    update: async (id, { name, labels }, { signal }) => toNetwork(await send('PATCH', at(id), signal, { name, tags: labels })),
    delete: (id, { signal }) => send('DELETE', at(id), signal),
  }
}

const toNetwork = (raw: RawNetwork): NetworkResource => ({
  kind: 'network',
  id: raw.id as NetworkResource['id'],
  name: raw.name,
  labels: raw.tags ?? {},
  key: raw.key,
  specDigest: raw.digest,
  ...(raw.stack === undefined ? {} : { owner: { stack: raw.stack, environment: raw.environment ?? '' } }),
  status: { phase: 'Ready', providerState: 'up' },
  observed: { name: raw.name, labels: raw.tags ?? {} },
  outputs: { external: false },
  createdAt: new Date(raw.created),
  warnings: [],
  native: raw,
})

// ── Keys: recognised by their name ──

interface RawKey {
  readonly id: string
  readonly name: string
  readonly line: string
  readonly created: string
}

function keyPairs(send: Send): DriverKinds<'keyPair'>['keyPair'] {
  const at = (id: string): string => `/keys/${encodeURIComponent(id)}`
  return {
    fields: ['name', 'publicKey'] satisfies (keyof KeyPairSpec)[],
    create: async ({ name, publicKey }, { signal }) => toKeyPair(await send('POST', '/keys', signal, { name, line: publicKey })),
    get: async (id, { signal }) => toKeyPair(await send('GET', at(id), signal)),
    listPage: (query, { signal }) => page(send, '/keys', query, signal, toKeyPair),
    delete: (id, { signal }) => send('DELETE', at(id), signal),
  }
}

const toKeyPair = (raw: RawKey): KeyPairResource => ({
  kind: 'keyPair',
  id: raw.id as KeyPairResource['id'],
  name: raw.name,
  labels: {},
  status: { phase: 'Ready', providerState: 'stored' },
  observed: { name: raw.name, publicKey: raw.line },
  outputs: { fingerprint: `toy:${raw.line.split(' ')[1]?.slice(-16)}` },
  createdAt: new Date(raw.created),
  warnings: [],
  native: raw,
})
