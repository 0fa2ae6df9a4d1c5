import { refuse } from '@hanse/core/driver'
import type { ReadTransaction } from '../store/transaction.ts'
import { blobRecords, manifestRecords, registryBytes } from './registry-records.ts'

/** Refuses (`QuotaExceeded`) bytes that the account may not add. Each repository counts what it has, as registries bill it. */
export function refuseBeyondRegistryBytes(tx: ReadTransaction, quotas: Readonly<Record<string, number>>, more: number): void {
  const limit = quotas[registryBytes]
  if (limit === undefined) return
  const used = blobRecords.total(tx, registryBytes) + manifestRecords.total(tx, registryBytes)
  if (used + more > limit)
    throw refuse('QuotaExceeded', `the account may keep ${limit} bytes in registries, keeps ${used}, and asks for ${more} more`, {
      quota: registryBytes,
      limit,
    })
}
