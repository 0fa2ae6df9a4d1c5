import type { PutCondition, PutOptions } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { DriverKinds } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import type { ReadTransaction } from '../store/transaction.ts'
import { keepObject, refuseUnmet, retire } from './keep-object.ts'
import { letGo } from './let-go.ts'
import { refuseBadKey, settled, withinQuota } from './object-limits.ts'
import type { ObjectRecord } from './object-records.ts'
import { headOf, isExpired, known, noObject, objectRecords, present, rulesOf, versionRecords } from './object-records.ts'
import { readPieces } from './pieces.ts'
import { uploads } from './uploads.ts'

type Methods = DriverKinds<'object' | 'object.conditional' | 'object.multipart' | 'bucket.versioning'>['object']

const largestPage = 1000

/** Objects: records by bucket and key, their bytes stored once by digest. */
export function objects(cloud: LocalCloud): Methods {
  const { store } = cloud

  /** What is there, or the version that was asked for. */
  const version = (
    tx: ReadTransaction,
    bucket: string,
    key: string,
    versionId: string | undefined,
  ): { readonly record: ObjectRecord; readonly versioning: boolean } => {
    const rules = rulesOf(tx, bucket)
    const now = present(tx, bucket, key, rules)
    const kept = versionId === undefined || versionId === now?.id ? now : versionRecords.get(tx, versionId)
    if (kept === undefined || kept.parent !== bucket || kept.name !== key) throw noObject(bucket, key, versionId)
    return { record: kept, versioning: rules.versioning || versionId !== undefined }
  }

  return {
    ...uploads(cloud),

    put: async (bucket, key, content, options: PutOptions & PutCondition, { signal }) => {
      refuseBadKey(key)
      const words = settled(options)
      // Judged again when the bytes are here; now, so that they need not come when it is not met already.
      const replaced = store.read((tx) => {
        const rules = rulesOf(tx, bucket)
        refuseUnmet(tx, bucket, key, rules, options)
        return rules.versioning ? 0 : (objectRecords.byName(tx, key, bucket)?.document.sizeBytes ?? 0)
      })
      const stored = await store.bytes.put(withinQuota(cloud, content, replaced), { md5: true, signal })
      const head = store.bytes.settle([stored], () =>
        store.write((tx) => {
          const rules = rulesOf(tx, bucket)
          const piece = { digest: stored.digest, size: stored.size }
          const document = { ...words, pieces: [piece], sizeBytes: stored.size, etag: stored.md5 ?? '', modifiedAt: tx.now }
          return headOf(keepObject(tx, cloud, rules, { bucket, key, document, condition: options }), rules)
        }),
      )
      store.bytes.sweep()
      return head
    },

    get: async (bucket, key, { range, versionId }, { signal }) => {
      const { record, versioning } = store.read((tx) => version(tx, bucket, key, versionId))
      const { pieces, sizeBytes } = record.document
      if (range !== undefined && range.start >= sizeBytes)
        throw refuse('InvalidArgument', `range: begins at ${range.start}, and ${key} has ${sizeBytes} bytes`, { path: ['range', 'start'] })
      if (range?.end !== undefined && range.end < range.start)
        throw refuse('InvalidArgument', `range: ends at ${range.end}, before it begins at ${range.start}`, { path: ['range', 'end'] })
      const end = range?.end === undefined ? undefined : range.end + 1
      return { head: headOf(record, { versioning }), content: readPieces(store.bytes, pieces, { start: range?.start, end, signal }) }
    },

    head: async (bucket, key) => {
      const { record, rules } = store.read((tx) => known(tx, bucket, key))
      return headOf(record, rules)
    },

    list: async (bucket, { prefix, cursor, pageSize }) => {
      const limit = Math.min(pageSize ?? largestPage, largestPage)
      const { rules, page, expired } = store.read((tx) => {
        const rules = rulesOf(tx, bucket)
        const page = objectRecords.pageByName(tx, { parent: bucket, prefix, after: cursor, limit })
        return { rules, page, expired: new Set(page.records.filter((record) => isExpired(record, rules, tx.now)).map(({ id }) => id)) }
      })
      if (expired.size > 0) {
        store.write((tx) => letGo(tx, cloud, [...expired], rules))
        store.bytes.sweep()
      }
      return { items: page.records.filter(({ id }) => !expired.has(id)).map((record) => headOf(record, rules)), nextCursor: page.next }
    },

    delete: async (bucket, key, { versionId }) => {
      store.write((tx) => {
        const { record, rules } =
          versionId === undefined
            ? known(tx, bucket, key)
            : { record: version(tx, bucket, key, versionId).record, rules: rulesOf(tx, bucket) }
        if (versionId === undefined) return retire(tx, cloud, record, rules)
        if (record.kind === objectRecords.kind)
          throw refuse('FailedPrecondition', `versionId: this version of ${key} is the present one; delete the object first`, {
            expected: 'kept',
            actual: 'present',
          })
        versionRecords.remove(tx, versionId)
      })
      store.bytes.sweep()
    },

    copy: async (from, to) => {
      refuseBadKey(to.key)
      const head = store.write((tx) => {
        const { document } = known(tx, from.bucket, from.key).record
        const rules = rulesOf(tx, to.bucket)
        return headOf(keepObject(tx, cloud, rules, { ...to, document: { ...document, modifiedAt: tx.now } }), rules)
      })
      store.bytes.sweep()
      return head
    },

    versions: async (bucket, { key, cursor, pageSize }) => {
      const limit = Math.min(pageSize ?? largestPage, largestPage)
      const page = store.read((tx) => {
        rulesOf(tx, bucket)
        return versionRecords.page(tx, { parent: bucket, name: key, after: cursor, limit })
      })
      return { items: page.records.map((record) => headOf(record, { versioning: true })), nextCursor: page.next }
    },
  }
}
