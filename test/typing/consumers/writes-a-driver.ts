import { openCloud } from '@hanse/core'
import { bindDriver, cloudSource, defineDriver, refuse } from '@hanse/core/driver'

export interface AcmeConfig {
  readonly endpoint: string
}

const always = ['region'] as const
const probed = ['zone'] as const

export const acmeDriver = defineDriver({
  name: 'acme',
  always,
  probed,
  classify: (cause) => ({ code: 'Unknown', message: String(cause), details: {} }),
  open: async (_config: AcmeConfig, _runtime, _signal) => ({
    found: probed,
    kinds: {
      region: { listPage: async () => ({ items: [] }) },
      zone: { listPage: async () => ({ items: [] }) },
    },
    limits: {},
    native: { version: 3 },
    close: async () => {},
  }),
})

/** Declares more than it implements. */
export const hollow = defineDriver({
  name: 'hollow',
  always: ['region', 'zone'],
  probed: [],
  classify: (cause) => ({ code: 'Unknown', message: String(cause), details: {} }),
  // @ts-expect-error a zone is declared and nothing lists it
  open: async (_config: AcmeConfig) => ({
    found: [],
    kinds: { region: { listPage: async () => ({ items: [] }) } },
    limits: {},
    native: undefined,
    close: async () => {},
  }),
})

export const acme = (config: AcmeConfig) =>
  cloudSource({ driver: 'acme', always, probed, load: async () => bindDriver(acmeDriver, config) })

export async function regions(): Promise<readonly string[]> {
  const opened = await openCloud(acme({ endpoint: 'https://acme.example' }))
  if (opened.isErr()) return []
  const cloud = opened.value
  const listed = await cloud.location.regions.list().toArray()
  // @ts-expect-error zones are probed: the type does not promise them
  const zones = cloud.location.zones
  return [...listed.unwrapOr([]).map((region) => region.name), String(zones), typeof refuse]
}
