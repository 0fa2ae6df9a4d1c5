import { text } from '../kind/field.ts'
import { optional } from '../kind/field.ts'
import { describeKind } from '../kind/kind.ts'
import type { QuotaOutputs, QuotaSpec, RegionSpec, ZoneSpec } from './location.ts'
import type { NoOutputs } from '../resource.ts'

/** The kind of a region, as data. */
export const region = describeKind<RegionSpec>()({
  kind: 'region',
  service: 'location',
  plural: 'regions',
  summary: 'A place with a name of its own, as a provider cuts up the world.',
  identity: 'given',
  verbs: ['list'],
  actions: {},
  phases: { Ready: 'ready' },
  fields: { name: text('Its name at the provider.', { min: 1, max: 255 }) },
  outputs: {},
})

/** The kind of a zone, as data. */
export const zone = describeKind<ZoneSpec, NoOutputs, 'Ready' | 'Unavailable'>()({
  kind: 'zone',
  service: 'location',
  plural: 'zones',
  summary: 'A part of a region that fails apart from the others.',
  identity: 'given',
  verbs: ['list'],
  actions: {},
  phases: { Ready: 'ready', Unavailable: 'failed' },
  fields: {
    name: text('Its name at the provider.', { min: 1, max: 255 }),
    region: optional(text('The region that it is part of.', { min: 1, max: 255 })),
  },
  outputs: {},
})

/** The kind of a quota, as data. */
export const quota = describeKind<QuotaSpec, QuotaOutputs>()({
  kind: 'quota',
  service: 'location',
  plural: 'quotas',
  summary: 'How much of something the account may have, and has.',
  identity: 'given',
  verbs: ['list'],
  actions: {},
  phases: { Ready: 'ready' },
  fields: { name: text('What is counted, in the words of the kinds.', { min: 1, max: 255 }) },
  outputs: {
    limit: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER, unit: 'count' },
    used: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER, unit: 'count' },
  },
})
