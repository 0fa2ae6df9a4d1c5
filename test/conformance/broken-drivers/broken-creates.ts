import type { AnyResource } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { BrokenDriver } from './broken-driver.ts'

const without = (resource: AnyResource, changes: Partial<AnyResource>): AnyResource => ({ ...resource, ...changes })
const observedWithout = (resource: AnyResource, field: string): AnyResource =>
  without(resource, { observed: Object.fromEntries(Object.entries(resource.observed).filter(([name]) => name !== field)) })

/** Faults of creates, and of what is read back. */
export const brokenCreates: readonly BrokenDriver[] = [
  {
    does: 'forgets the key of a create, and makes another of it',
    kind: 'network',
    caughtBy: 'network.create/same-key-same-resource',
    rule: 'IDEM-01',
    break: ({ create }, { randomUUID }) => ({
      create: (spec, call) => create(spec, { ...call, mark: { ...call.mark, key: randomUUID() } }),
    }),
  },
  {
    does: 'does not find what a key has made',
    kind: 'network',
    caughtBy: 'network.findByKey/finds-what-the-key-has-made',
    rule: 'IDEM-04',
    break: () => ({ findByKey: async () => [] }),
  },
  {
    does: 'finds something else by any key',
    kind: 'network',
    caughtBy: 'network.findByKey/unused-key-is-not-found',
    rule: 'IDEM-04',
    break: ({ listPage }) => ({ findByKey: async (_key, call) => (await listPage({ where: {} }, call)).items.slice(0, 1) }),
  },
  {
    does: 'keeps no digest of the spec, and makes whatever comes under a key again',
    kind: 'bucket',
    caughtBy: 'bucket.create/same-key-from-another-cloud',
    rule: 'IDEM-01',
    break: ({ create }, { randomUUID }) => ({
      create: (spec, call) =>
        create({ ...spec, name: `${spec['name']}-${randomUUID().slice(0, 4)}` }, { ...call, mark: { ...call.mark, key: randomUUID() } }),
    }),
  },
  {
    does: 'writes no owner',
    kind: 'network',
    caughtBy: 'network.create/owner-is-read-back',
    rule: 'IDEM-05',
    break: ({ create }) => ({ create: (spec, call) => create(spec, { ...call, mark: { ...call.mark, owner: undefined } }) }),
  },
  {
    does: 'gives the bucket that has the name already',
    kind: 'bucket',
    caughtBy: 'bucket.create/second-of-one-identity-is-refused',
    rule: 'IDEM-06',
    break: ({ create, listPage }) => ({
      create: async (spec, call) => {
        const { items } = await listPage({ where: {} }, call)
        return items.find(({ name }) => name === spec['name']) ?? create(spec, call)
      },
    }),
  },
  {
    does: 'shows to a get what was made only a while later',
    kind: 'network',
    caughtBy: 'network.create/get-finds-it-at-once',
    rule: 'LIFE-01',
    break: ({ get }, { now }) => ({
      get: async (id, call) => {
        const seen = await get(id, call)
        if (seen.createdAt !== undefined && now() - seen.createdAt.getTime() < 200)
          throw refuse('NotFound', `there is no network ${id}`, { kind: 'network', id })
        return seen
      },
    }),
  },
  {
    does: 'keeps to itself what it has made',
    kind: 'network',
    caughtBy: 'network.create/another-cloud-sees-it',
    rule: 'GEN-13',
    break: ({ create, listPage }) => {
      const own = new Set<string>()
      return {
        create: async (spec, call) => {
          const made = await create(spec, call)
          own.add(made.id)
          return made
        },
        listPage: async (query, call) => {
          const page = await listPage(query, call)
          return { ...page, items: page.items.filter(({ id }) => own.has(id)) }
        },
      }
    },
  },
  {
    does: 'never gets a server ready',
    kind: 'server',
    caughtBy: 'server.create/becomes-ready',
    rule: 'LIFE-05',
    break: ({ create, get }) => {
      const status = { phase: 'Provisioning', providerState: 'BUILD' }
      return {
        create: async (spec, call) => without(await create(spec, call), { status }),
        get: async (id, call) => without(await get(id, call), { status }),
      }
    },
  },
  {
    does: 'passes on a state that the kind does not know',
    kind: 'network',
    caughtBy: 'network.create/resources-are-well-formed',
    rule: 'GEN-08',
    break: ({ get }) => ({
      get: async (id, call) => without(await get(id, call), { status: { phase: 'ACTIVE', providerState: 'ACTIVE' } }),
    }),
  },
  {
    does: 'loses labels',
    kind: 'network',
    caughtBy: 'network.create/every-field-reads-back',
    rule: 'SPEC-03',
    break: ({ create }) => ({ create: (spec, call) => create({ ...spec, labels: undefined }, call) }),
  },
  {
    does: 'says that it handles a field, and drops it',
    kind: 'subnet',
    caughtBy: 'subnet.create/every-field-reads-back',
    rule: 'SPEC-03',
    break: ({ get }) => ({ get: async (id, call) => observedWithout(await get(id, call), 'dnsServers') }),
  },
  {
    does: 'cuts long names off',
    kind: 'network',
    caughtBy: 'network.create/published-limits-are-true',
    rule: 'SPEC-04',
    break: ({ create }) => ({ create: (spec, call) => create({ ...spec, name: String(spec['name']).slice(0, 60) }, call) }),
  },
  {
    does: 'puts a question mark for what is not ASCII',
    kind: 'network',
    caughtBy: 'network.create/names-and-labels-round-trip',
    rule: 'SPEC-05',
    break: ({ create }) => ({ create: (spec, call) => create({ ...spec, name: String(spec['name']).replace(/[^ -~]/g, '?') }, call) }),
  },
  {
    does: 'shows the user data of a server',
    kind: 'server',
    caughtBy: 'server.secrets/are-shown-nowhere',
    rule: 'GEN-05',
    break: ({ create }) => ({
      create: async (spec, call) => {
        const { userData } = spec as { readonly userData?: { reveal(): string } }
        const made = await create(spec, call)
        return without(made, { observed: { ...made.observed, userData: userData?.reveal() } })
      },
    }),
  },
  {
    does: 'logs the user data of a server',
    kind: 'server',
    caughtBy: 'server.secrets/are-shown-nowhere',
    rule: 'GEN-05',
    break: ({ create }, { log }) => ({
      create: (spec, call) => {
        const { userData } = spec as { readonly userData?: { reveal(): string } }
        log({ level: 'debug', message: `POST /servers ${userData?.reveal()}` })
        return create(spec, call)
      },
    }),
  },
]
