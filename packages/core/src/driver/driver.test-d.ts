import { describeKind } from '../kind/kind.ts'
import { choice, concealed, integer, list, needing, object, oneOf, optional, reference, text } from '../kind/field.ts'
import type { NetworkId } from '../network/network.ts'
import type { ServerId } from '../compute/server.ts'
import type { Secret } from '../secret.ts'
import type { Classification } from './classification.ts'
import { refuse } from './classification.ts'
import { bindDriver, cloudSource } from './cloud-source.ts'
import { defineDriver } from './driver.ts'
import type { DriverKinds, OpenDriver } from './driver.ts'
import type { ServerDriver, ServerResizeDriver } from './server-driver.ts'

// Compiled with the sources and never run. A line that must not compile says so; the compiler complains when it does.

declare const server: ServerDriver
declare const resize: ServerResizeDriver
declare const network: DriverKinds<'network'>['network']
declare const classify: (cause: unknown) => Classification
interface Config {
  readonly url: string
}
const rest = { limits: {}, native: { client: 1 }, close: async () => {} }

const driver = defineDriver({
  name: 'toy',
  always: ['server', 'server.resize'],
  probed: ['network'],
  classify,
  open: async (_: Config) => ({ found: ['network'], kinds: { server: { ...server, ...resize }, network }, ...rest }),
})
export const toy = (config: Config) =>
  cloudSource({ driver: 'toy', always: ['server', 'server.resize'], probed: ['network'], load: async () => bindDriver(driver, config) })

// Declaring and not implementing does not compile.
defineDriver({
  name: 'toy',
  always: ['server', 'server.resize'],
  probed: [],
  classify,
  // @ts-expect-error resize is missing
  open: async (_: Config) => ({ found: [], kinds: { server }, ...rest }),
})
defineDriver({
  name: 'toy',
  always: ['server'],
  probed: ['network'],
  classify,
  // @ts-expect-error what is only probed must be implemented too
  open: async (_: Config) => ({ found: [], kinds: { server }, ...rest }),
})
defineDriver({
  name: 'toy',
  always: ['server'],
  probed: [],
  classify,
  // @ts-expect-error a kind is missing whole
  open: async (_: Config) => ({ found: [], kinds: {}, ...rest }),
})
defineDriver({
  name: 'toy',
  // @ts-expect-error no such capability
  always: ['server.fly'],
  probed: [],
  classify,
  open: async (_: Config) => ({ found: [], kinds: {} as never, ...rest }),
})
defineDriver({
  name: 'toy',
  always: ['server'],
  probed: ['network'],
  classify,
  // @ts-expect-error found is one of the probed
  open: async (_: Config) => ({ found: ['bucket'], kinds: { server, network }, ...rest }),
})
// @ts-expect-error another configuration
bindDriver(driver, { uri: '' })
// @ts-expect-error the source declares what its driver does not have
cloudSource({ driver: 'toy', always: ['server', 'bucket'], probed: ['network'], load: async () => bindDriver(driver, { url: '' }) })

// A driver gets a spec with ids in the place of choices and secrets in the place of secret texts.
export const create: ServerDriver['create'] = async (spec) => {
  const image: string = spec.image
  const size: string = spec.size
  const userData: Secret<string> | undefined = spec.userData
  // @ts-expect-error choices are resolved
  void spec.size.vcpus
  throw refuse('NotFound', `${image} ${size} ${String(userData)}`, { kind: 'image', id: image })
}
// @ts-expect-error the details fit the code
refuse('NotFound', 'x', { path: [] })
// @ts-expect-error fields are those of the spec
export const fields: ServerDriver['fields'] = ['name', 'flavour']
// @ts-expect-error a server is got by the id of a server
export const get: (id: NetworkId) => unknown = server.get satisfies (id: ServerId, call: never) => unknown
export type Open = OpenDriver<'server', never, unknown>

// A description and a type agree, or it does not compile.
interface PoolSpec {
  readonly name: string
  readonly size: number
  readonly model: 'a' | 'b'
  readonly server?: ServerId | undefined
  readonly notes?: readonly string[] | undefined
  readonly password?: string | Secret<string> | undefined
}
const pool = {
  kind: 'acme.pool',
  service: 'compute',
  plural: 'pools',
  summary: 'A pool.',
  identity: 'marked',
  verbs: ['create', 'get', 'list', 'delete'],
  actions: {},
  phases: { Ready: 'ready' },
  outputs: {},
} as const
const name = text('', { max: 10 })
const size = integer('', { min: 1, max: 2, unit: 'GiB' })
const model = oneOf('', ['a', 'b'])
const holder = optional(reference('', 'server'))
const notes = optional(list('', text('', { max: 10 }), { max: 3 }))
const password = optional(concealed(text('', { max: 10 })))
describeKind<PoolSpec>()({ ...pool, fields: { name, size, model, server: holder, notes, password } })
describeKind<PoolSpec>()({ ...pool, fields: { name, size, model, server: needingServer(), notes, password } })
function needingServer() {
  return optional(needing('server', reference('', 'server')))
}
// @ts-expect-error a size is a number
describeKind<PoolSpec>()({ ...pool, fields: { name, size: name, model, server: holder, notes, password } })
// @ts-expect-error it is optional in the type and required here
describeKind<PoolSpec>()({ ...pool, fields: { name, size, model, server: reference('', 'server'), notes, password } })
// @ts-expect-error it is required in the type and optional here
describeKind<PoolSpec>()({ ...pool, fields: { name: optional(name), size, model, server: holder, notes, password } })
// @ts-expect-error a field is not described
describeKind<PoolSpec>()({ ...pool, fields: { name, size, model, server: holder, password } })
// @ts-expect-error it refers to another kind
describeKind<PoolSpec>()({ ...pool, fields: { name, size, model, server: optional(reference('', 'network')), notes, password } })
// @ts-expect-error a word is missing
describeKind<PoolSpec>()({ ...pool, fields: { name, size, model: oneOf('', ['a']), server: holder, notes, password } })
// @ts-expect-error a secret is described as one
describeKind<PoolSpec>()({ ...pool, fields: { name, size, model, server: holder, notes, password: optional(text('', { max: 10 })) } })
// @ts-expect-error a phase without a meaning
describeKind<PoolSpec, object, 'Ready' | 'Draining'>()({ ...pool, fields: { name, size, model, server: holder, notes, password } })
describeKind<{ readonly choice: { readonly vcpus: number } }>()({
  ...pool,
  fields: { choice: object<{ readonly vcpus: number }>('', { vcpus: size }) },
})
// @ts-expect-error a selector describes each of its members
choice<'serverSize', { readonly vcpus: number; readonly memoryGiB: number }>('', 'serverSize', { vcpus: size })
