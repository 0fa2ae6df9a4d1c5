import type { QuotaResource } from '@hanse/core'
import type { DriverKinds } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { quotaName, usedOf } from './quota-limits.ts'

/** What the account may have and has. */
export const quotas = ({ store, quotas }: LocalCloud): DriverKinds<'quota'>['quota'] => ({
  // There are a few dozen, so a cursor is a place in the whole.
  listPage: async ({ name: wanted, cursor = '0', pageSize = Object.keys(quotas).length }) => {
    const used = store.read((tx) => Object.keys(quotas).map((quota) => usedOf(tx, quota)))
    const items = Object.entries(quotas)
      .map(([quota, limit], index) => quotaResource(quota, limit, used[index] ?? 0))
      .filter(({ name }) => wanted === undefined || name === wanted)
    const [from, to] = [Number(cursor), Number(cursor) + pageSize]
    return { items: items.slice(from, to), ...(to < items.length ? { nextCursor: String(to) } : {}) }
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
