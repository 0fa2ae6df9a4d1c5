import { kinds } from '@hanse/core'
import type { AnyKind } from '@hanse/core'
import { referencesIn } from '../references-in.ts'
import { parseAddress } from '../store/addresses.ts'
import { recordOf } from '../store/record.ts'
import type { RecordRow } from '../store/record.ts'
import type { Store } from '../store/store.ts'
import { isLeaving } from '../store/transitions.ts'
import type { ReadTransaction } from '../store/transaction.ts'

interface Anything {
  readonly spec: Readonly<Record<string, unknown>>
  readonly outputs: Readonly<Record<string, unknown>>
}

/** Everything that is wrong with a folder, whatever happened to it: nothing, if the embedded cloud keeps its word. */
export const wrongIn = (store: Store): readonly string[] =>
  store.read((tx) => [
    ...wrongInDatabase(tx),
    ...wrongTotals(tx),
    ...wrongReferences(tx),
    ...wrongPools(tx),
    ...wrongAddresses(tx),
    ...wrongFloatingIps(tx),
    ...wrongAttachments(tx),
    ...wrongBytes(tx),
  ])

const wrongInDatabase = (tx: ReadTransaction): readonly string[] => [
  ...tx
    .all<{ integrity_check: string }>('PRAGMA integrity_check')
    .flatMap((row) => (row.integrity_check === 'ok' ? [] : [row.integrity_check])),
  ...tx.all('PRAGMA foreign_key_check').map((row) => `foreign key: ${JSON.stringify(row)}`),
]

/** The running sums against sums made anew. */
const wrongTotals = (tx: ReadTransaction): readonly string[] =>
  tx
    .all<{ kind: string; scope: string; measure: string; kept: number; real: number }>(
      `WITH real AS (
         SELECT r.kind, s.value AS scope, u.key AS measure, sum(u.value) AS amount
         FROM records r, json_each(r.usage) u, json_each(json_array('*', '=' || r.parent)) s GROUP BY 1, 2, 3)
       SELECT coalesce(t.kind, real.kind) AS kind, coalesce(t.scope, real.scope) AS scope, coalesce(t.measure, real.measure) AS measure,
         coalesce(t.amount, 0) AS kept, coalesce(real.amount, 0) AS real
       FROM totals t FULL JOIN real ON (t.kind, t.scope, t.measure) = (real.kind, real.scope, real.measure)
       WHERE coalesce(t.amount, 0) <> coalesce(real.amount, 0)`,
    )
    .map(({ kind, scope, measure, kept, real }) => `total of ${measure} of ${kind} ${scope} is ${kept} and should be ${real}`)

/** What a record that is to stay refers to is there, and the table of references says so. */
const wrongReferences = (tx: ReadTransaction): readonly string[] => {
  const dangling = tx.all<{ field: string; to_kind: string; to_id: string }>(
    'SELECT f.* FROM record_references f LEFT JOIN records t ON t.kind = f.to_kind AND t.id = f.to_id WHERE t.seq IS NULL',
  )
  const unlisted = allRecords(tx).flatMap(({ kind, id, seq, document, ...state }) => {
    const description: AnyKind | undefined = Object.values(kinds).find((each) => each.kind === kind)
    if (description === undefined || isLeaving(state)) return []
    return referencesIn(description, document.spec)
      .filter(({ field }) => !(kind === 'server' && field === 'keyPair'))
      .filter(
        (to) =>
          tx.get(
            'SELECT 1 FROM record_references WHERE from_seq = ? AND field = ? AND to_kind = ? AND to_id = ?',
            seq,
            to.field,
            to.kind,
            to.id,
          ) === undefined,
      )
      .map((to) => `${kind} ${id}: ${to.field} names ${to.kind} ${to.id} and does not hold it`)
  })
  return [...dangling.map((row) => `${row.field} refers to ${row.to_kind} ${row.to_id}, which is not there`), ...unlisted]
}

/** What is given and what is free of a pool make up the whole of it, each number once. */
const wrongPools = (tx: ReadTransaction): readonly string[] =>
  tx.all<{ pool: string; first: string; last: string; taken: number }>('SELECT * FROM pools').flatMap(({ pool, first, last, taken }) => {
    const given = tx.all<{ value: string; from_free: number; held: number }>(
      'SELECT t.value, t.from_free, EXISTS (SELECT 1 FROM records r WHERE r.seq = t.holder) AS held FROM pool_taken t WHERE t.pool = ?',
      pool,
    )
    const gaps = tx.all<{ first: string; last: string }>('SELECT first, last FROM pool_free WHERE pool = ? ORDER BY first', pool)
    const free = gaps.reduce((sum, gap) => sum + sizeOf(gap), 0n)
    // The gateway of a subnet is never free.
    const all = sizeOf({ first, last }) - (pool.startsWith('subnet/') ? 1n : 0n)
    return [
      ...(all === free + BigInt(given.filter((each) => each.from_free === 1).length)
        ? []
        : [`pool ${pool}: ${free} free and ${given.length} given are not ${all}`]),
      ...(given.length === taken ? [] : [`pool ${pool} says that ${taken} are given, and ${given.length} are`]),
      ...given.filter(({ held }) => held === 0).map(({ value }) => `pool ${pool}: ${value} is held by nobody`),
      ...given
        .filter(({ value }) => gaps.some((gap) => gap.first <= value && value <= gap.last))
        .map(({ value }) => `pool ${pool}: ${value} is given and free`),
    ]
  })

const sizeOf = ({ first, last }: { readonly first: string; readonly last: string }): bigint =>
  BigInt(`0x${last}`) - BigInt(`0x${first}`) + 1n

/** Each address that a record shows is held by it, and each that is held is shown. */
const wrongAddresses = (tx: ReadTransaction): readonly string[] => {
  const shown = allRecords(tx).flatMap(({ kind, id, seq, document: { spec, outputs } }) =>
    addressesOf(tx, kind, spec, outputs).map(
      ([subnet, address]) => `${subnet} ${parseAddress(address)?.value.toString(16).padStart(32, '0')} by ${kind} ${id} ${seq}`,
    ),
  )
  const held = tx
    .all<{ pool: string; value: string; kind: string; id: string; seq: number }>(
      "SELECT t.pool, t.value, r.kind, r.id, r.seq FROM pool_taken t JOIN records r ON r.seq = t.holder WHERE t.pool LIKE 'subnet/%'",
    )
    .map(({ pool, value, kind, id, seq }) => `${pool} ${value} by ${kind} ${id} ${seq}`)
  const [a, b] = [new Set(shown), new Set(held)]
  return [
    ...shown.filter((each) => !b.has(each)).map((each) => `${each} is shown and not held`),
    ...held.filter((each) => !a.has(each)).map((each) => `${each} is held and not shown`),
    ...(a.size === shown.length ? [] : ['an address is shown twice']),
  ]
}

function addressesOf(
  tx: ReadTransaction,
  kind: string,
  spec: Anything['spec'],
  outputs: Anything['outputs'],
): readonly (readonly [string, string])[] {
  const pool = (subnet: unknown): string => `subnet/${String(subnet)}`
  const poolOutside = (network: unknown): string =>
    pool(tx.get<{ id: string }>("SELECT id FROM records WHERE kind = 'subnet' AND parent = ?", String(network))?.id)
  switch (kind) {
    case 'server': {
      const subnets = (spec['subnets'] ?? []) as readonly string[]
      const addresses = outputs['addresses'] as readonly string[]
      return subnets.map((subnet, index) => [pool(subnet), addresses[index] ?? ''])
    }
    case 'port':
    case 'loadBalancer':
      return [[pool(spec['subnet']), String(outputs['address'])]]
    case 'routerInterface': {
      const subnet = tx.get<{ document: string }>("SELECT document FROM records WHERE kind = 'subnet' AND id = ?", String(spec['subnet']))
      return [[pool(spec['subnet']), JSON.parse(subnet?.document ?? '{"outputs":{}}').outputs.gateway]]
    }
    case 'floatingIp':
      return [[poolOutside(spec['network']), String(outputs['address'])]]
    case 'router':
      return outputs['externalAddress'] === undefined ? [] : [[poolOutside(spec['externalNetwork']), String(outputs['externalAddress'])]]
    default:
      return []
  }
}

/** A server shows the floating IPs that lead to it after its own addresses, and no others. */
const wrongFloatingIps = (tx: ReadTransaction): readonly string[] => {
  const records = allRecords(tx)
  const led = records
    .filter(({ kind }) => kind === 'floatingIpAssociation')
    .map(({ document: { spec } }) => {
      const floatingIp = records.find(({ kind, id }) => kind === 'floatingIp' && id === spec['floatingIp'])
      return `${String(floatingIp?.document.outputs['address'])} of ${String(spec['server'])}`
    })
  const shown = records
    .filter(({ kind }) => kind === 'server')
    .flatMap(({ id, document: { spec, outputs } }) =>
      (outputs['addresses'] as readonly string[])
        .slice(((spec['subnets'] ?? []) as readonly string[]).length)
        .map((address) => `${address} of ${id}`),
    )
  return [
    ...shown.filter((each) => !led.includes(each)).map((each) => `floating IP ${each} is shown and leads elsewhere`),
    ...led.filter((each) => !each.endsWith(' of undefined') && !shown.includes(each)).map((each) => `floating IP ${each} is not shown`),
  ]
}

/** A volume is in use as long as something attaches it, and no longer. */
const wrongAttachments = (tx: ReadTransaction): readonly string[] =>
  tx
    .all<{ id: string; phase: string; attachments: number }>(
      `SELECT v.id, v.phase, (SELECT count(*) FROM record_references f JOIN records a ON a.seq = f.from_seq
         WHERE f.to_kind = 'volume' AND f.to_id = v.id AND a.kind = 'volumeAttachment') AS attachments
       FROM records v WHERE v.kind = 'volume'`,
    )
    .filter(({ phase, attachments }) => (phase === 'in-use' && attachments !== 1) || (phase === 'available' && attachments !== 0))
    .map(({ id, phase, attachments }) => `volume ${id} is ${phase} and has ${attachments} attachments`)

/** Every use of bytes is counted. */
const wrongBytes = (tx: ReadTransaction): readonly string[] =>
  tx
    .all<{ digest: string }>(
      `SELECT digest FROM blobs b WHERE uses <> (SELECT count(*) FROM blob_uses u WHERE u.digest = b.digest)
         + (SELECT count(*) FROM blob_holds h WHERE h.digest = b.digest)`,
    )
    .map(({ digest }) => `uses of ${digest} are counted wrong`)

const allRecords = (tx: ReadTransaction) =>
  tx.all<RecordRow>('SELECT * FROM records WHERE document LIKE \'{%"spec"%\'').map((row) => recordOf<Anything>(row))
