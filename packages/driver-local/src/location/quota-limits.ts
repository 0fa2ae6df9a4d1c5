import { kinds } from '@hanse/core'
import type { AnyKind } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import { Records } from '../store/records.ts'
import type { ReadTransaction } from '../store/transaction.ts'

/** How much the account may have, by kind (`server`: how many) or by measure (`vcpus`: how much its resources use up together). */
export type Quotas = Readonly<Record<string, number>>

/** What a quota is called where people see it: kinds by their plural, as in `cloud.compute.servers`. */
export const quotaName = (quota: string): string => Object.values(kinds).find(({ kind }) => kind === quota)?.plural ?? quota

/** How much of a quota is used. What the operator made is not the account's. A few look-ups of running sums: nothing is counted. */
export const usedOf = (tx: ReadTransaction, quota: string): number => {
  const own = quota in kinds ? new Records(quota) : undefined
  return own === undefined ? sumOf(tx, quota) : own.count(tx) - own.total(tx, operated)
}

/** The measure by which the operator's resources are told apart. */
export const operated = 'operated'

/** Refuses (`QuotaExceeded`) what goes beyond a quota. `uses` is what one resource of the kind will use, `before` what it has used so far. */
export function refuseBeyondQuota(tx: ReadTransaction, quotas: Quotas, kind: AnyKind, uses: Quotas, before: Quotas = {}): void {
  for (const [measure, amount] of Object.entries(uses)) {
    const quota = measure === 'count' ? kind.kind : measure
    const limit = quotas[quota]
    const more = amount - (before[measure] ?? 0)
    if (limit === undefined || more <= 0) continue
    const used = usedOf(tx, quota)
    if (used + more > limit)
      throw refuse('QuotaExceeded', `the account may have ${limit} ${quotaName(quota)}, has ${used}, and asks for ${more} more`, {
        quota: quotaName(quota),
        limit,
      })
  }
}

/** Kinds of records that nobody is shown as resources, and whose bytes count all the same. */
const hidden = ['objectPart', 'objectVersion']

/** The sum of a measure over all kinds. */
const sumOf = (tx: ReadTransaction, measure: string): number =>
  tx.get<{ sum: number }>(
    "SELECT coalesce(sum(amount), 0) AS sum FROM totals WHERE kind IN (SELECT value FROM json_each(?)) AND scope = '*' AND measure = ?",
    JSON.stringify([...Object.keys(kinds), ...hidden]),
    measure,
  )?.sum ?? 0
