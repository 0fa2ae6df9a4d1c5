import type { QuotaResource } from '@hanse/core'
import type { DriverKinds } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { quotaName, usedOf } from './quota-limits.ts'

/** What the account may have and has. */
export const quotas = ({ store, quotas }: LocalCloud): DriverKinds<'quota'>['quota'] => ({
  // A page holds them all: there are a few dozen.
  listPage: async ({ name: wanted }) => {
    const used = store.read((tx) => Object.keys(quotas).map((quota) => usedOf(tx, quota)))
    const items = Object.entries(quotas).map(([quota, limit], index) => quotaResource(quota, limit, used[index] ?? 0))
    return { items: items.filter(({ name }) => wanted === undefined || name === wanted) }
  },
})

const quotaResource = (quota: string, limit: number, used: number): QuotaResource => ({
  kind: 'quota',
  // An id is what its kind says that it is.
  id: quota as QuotaResource['id'],
  name: quotaName(quota),
  labels: {},
  status: { phase: 'Ready', providerState: 'ACTIVE' },
  observed: { name: quotaName(quota) },
  outputs: { limit, used },
  warnings: [],
})
