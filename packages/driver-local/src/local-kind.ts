import type { AnyKind, AnyResource, Resource } from '@hanse/core'
import type { Resolved } from '@hanse/core/driver'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from './local-cloud.ts'
import type { LocalDocument } from './local-document.ts'
import type { LocalKind, LocalKindDefinition, LocalRecordOf } from './local-kind-definition.ts'
import { refuseBeyondQuota } from './location/quota-limits.ts'
import { referencesIn } from './references-in.ts'
import type { Reference, StoredRecord } from './store/record.ts'
import { Records } from './store/records.ts'
import { refuseIfUsed, refuseMissing, referrersOf } from './store/references.ts'
import { begin, isLeaving } from './store/transitions.ts'
import type { ReadTransaction, WriteTransaction } from './store/transaction.ts'

export type { LocalDocument } from './local-document.ts'
export type { LocalKind } from './local-kind-definition.ts'

const largestPage = 1000

/** Makes a kind of the embedded cloud from its definition. */
export function localKind<Spec, R extends AnyResource, Facts = unknown>(
  cloud: LocalCloud,
  definition: LocalKindDefinition<Spec, R, Facts>,
): LocalKind<Spec, R, Facts> {
  type Own = LocalRecordOf<Spec, R, Facts>
  const { kind, transitions } = definition
  const { store, delayMs } = cloud
  const records: LocalKind<Spec, R, Facts>['records'] = new Records(kind.kind, { uniqueName: definition.uniqueName })

  const known = (tx: ReadTransaction, id: string): Own => {
    const record = records.get(tx, id)
    if (record === undefined) throw refuse('NotFound', `there is no ${kind.kind} ${id}`, { kind: kind.kind, id })
    return record
  }

  /** A record that its owner may change or delete. */
  const own = (tx: ReadTransaction, id: string): Own => {
    const record = known(tx, id)
    if (record.document.operated === true) throw refuse('PermissionDenied', `${kind.kind} ${id} belongs to the operator of the cloud`, {})
    return record
  }

  const resourceOf = (record: StoredRecord<LocalDocument<unknown, unknown>>): R => {
    const { spec, outputs, specDigest } = record.document
    const plain: Resource<string, object, unknown> = {
      kind: kind.kind,
      id: record.id as Resource<string, object>['id'],
      name: record.name,
      labels: record.labels,
      ...(record.owner === undefined ? {} : { owner: { stack: record.owner.stack, environment: record.owner.environment } }),
      ...(record.key === undefined ? {} : { key: record.key }),
      ...(specDigest === undefined ? {} : { specDigest }),
      status: { phase: definition.phases[record.phase] ?? 'Unknown', providerState: record.phase },
      observed: {
        ...(spec as object),
        ...('name' in kind.fields ? { name: record.name } : {}),
        ...('labels' in kind.fields ? { labels: record.labels } : {}),
      },
      outputs,
      createdAt: new Date(record.createdAt),
      warnings: [],
      native: record,
    }
    // The description of the kind and its type agree: core's compiler proves it.
    return plain as unknown as R
  }

  const refuseMissingIn = (tx: ReadTransaction, spec: object): void => {
    for (const reference of referencesIn(kind, spec as Readonly<Record<string, unknown>>)) refuseMissing(tx, reference)
  }

  /** What a record holds: nothing of it may go as long as the record stays. */
  const heldBy = (tx: ReadTransaction, spec: Resolved<Spec>): readonly Reference[] => {
    const loose: readonly string[] = definition.loose ?? []
    const own = referencesIn(kind, spec as Readonly<Record<string, unknown>>).filter(({ field }) => !loose.includes(field))
    return [...own, ...(definition.holds?.(tx, spec) ?? [])]
  }

  const make: LocalKind<Spec, R, Facts>['make'] = (tx, asked, mark, { action = 'create', decide = definition.decide, ...making } = {}) => {
    const twin = records.byKey(tx, mark.key)
    // The same key gives the same resource; core compares what was asked.
    if (twin !== undefined) return resourceOf(twin)
    refuseMissingIn(tx, asked as object)
    const spec = definition.complete?.(tx, asked) ?? asked
    refuseTwin(tx, spec as Readonly<Record<string, unknown>>)
    definition.refuse?.(tx, spec)
    const usage = making.usage ?? definition.usage?.(tx, spec) ?? {}
    refuseBeyondQuota(tx, cloud.quotas, kind, { count: 1, ...usage })
    const { name, labels, ...rest } = shown(kind, spec as Readonly<Record<string, unknown>>)
    const facts = definition.remember?.(tx, spec)
    const record = records.insert(tx, {
      id: definition.idOf?.(spec) ?? cloud.runtime.randomUUID(),
      name: typeof name === 'string' ? name : '',
      labels: (labels as Readonly<Record<string, string>> | undefined) ?? {},
      parent: parentOf(spec as Readonly<Record<string, unknown>>),
      key: mark.key,
      ...(mark.owner === undefined ? {} : { owner: { ...mark.owner, key: mark.key } }),
      usage,
      references: heldBy(tx, spec),
      state: begin(transitions, action, undefined, { now: tx.now, delayMs }),
      // Every field but the secret ones, and no outputs yet: `decide` fills them in below.
      document: {
        spec: rest as Own['document']['spec'],
        outputs: {},
        specDigest: mark.specDigest,
        ...(facts === undefined ? {} : { facts }),
      },
    })
    const outputs = decide?.(tx, record, spec)
    if (outputs === undefined) return resourceOf(record)
    const ownName = definition.nameOf === undefined ? {} : { name: definition.nameOf(outputs) }
    return resourceOf(records.update(tx, record.id, { ...ownName, document: { ...record.document, outputs } }))
  }

  /** Everything that happens when a record is deleted, but that it goes. */
  const leave = (tx: WriteTransaction, record: Own): void => {
    definition.leave?.(tx, record)
    for (const [other, field] of Object.entries(definition.takesAlong ?? {}))
      for (const { id } of referrersOf(tx, record, { by: other, field, limit: 10_000 })) cloud.removers.get(other)?.(tx, id)
    refuseIfUsed(tx, record, { staying: false })
  }

  cloud.removers.set(kind.kind, (tx, id) => {
    const record = known(tx, id)
    if (!isLeaving(record)) leave(tx, record)
    records.remove(tx, id)
  })

  return {
    fields: definition.fields,
    states: definition.phases,
    records,
    known,
    make,
    resourceOf,

    create: async (spec, { mark }) => store.write((tx) => make(tx, spec, mark)),

    findByKey: async (key) => {
      const record = store.read((tx) => records.byKey(tx, key))
      return record === undefined ? [] : [resourceOf(record)]
    },

    get: async (id) => resourceOf(store.read((tx) => known(tx, id))),

    listPage: async ({ name, labels, owner, where, cursor, pageSize }) => {
      const limit = Math.min(pageSize ?? largestPage, largestPage)
      const held = Object.entries(where).filter(
        ([field]) => field !== kind.parent && !(definition.loose as readonly string[] | undefined)?.includes(field),
      )
      const refersTo = referencesIn(kind, Object.fromEntries(held))
      const parent = kind.parent === undefined ? undefined : where[kind.parent]
      const page = store.read((tx) => records.page(tx, { parent, name, labels, owner, refersTo, after: cursor, limit }))
      const asked = Object.entries(where)
      // What core cannot tell: a resource without the field is not one whose field has this value.
      const fits = (item: R): boolean => asked.every(([field]) => (item.observed as Readonly<Record<string, unknown>>)[field] !== undefined)
      return { items: page.records.map(resourceOf).filter(fits), nextCursor: page.next }
    },

    update: async (id, changes) =>
      store.write((tx) => {
        const record = own(tx, id)
        if (isLeaving(record)) throw refuse('FailedPrecondition', `${kind.kind} ${id} is being deleted`, { actual: record.phase })
        const { name, labels, ...rest } = defined(changes as Readonly<Record<string, unknown>>)
        const stored = { ...record.document.spec, ...rest }
        // What is kept and what was asked now are both members of the spec.
        const spec = { ...stored, name: name ?? record.name, labels: labels ?? record.labels } as unknown as Resolved<Spec>
        refuseMissingIn(tx, rest)
        definition.refuse?.(tx, spec, record)
        const usage = definition.usage?.(tx, spec) ?? record.usage
        refuseBeyondQuota(tx, cloud.quotas, kind, usage, record.usage)
        const outputs = definition.decideAgain?.(tx, record, spec) ?? record.document.outputs
        if (transitions['update'] !== undefined) records.begin(tx, id, transitions, 'update', { delayMs })
        return resourceOf(
          records.update(tx, id, {
            ...(typeof name === 'string' ? { name } : {}),
            ...(labels === undefined ? {} : { labels: labels as Readonly<Record<string, string>> }),
            usage,
            references: heldBy(tx, spec),
            document: { ...record.document, spec: stored, outputs },
          }),
        )
      }),

    delete: async (id) => {
      store.write((tx) => {
        const record = own(tx, id)
        if (isLeaving(record)) return // It has been asked already.
        leave(tx, record)
        records.begin(tx, id, transitions, 'delete', { delayMs })
      })
      // Bytes that it alone has used; a look-up where there are none.
      store.bytes.sweep()
    },

    act: async (id, action, change) =>
      store.write((tx) => {
        const record = own(tx, id)
        const named = typeof action === 'string' ? action : action(record)
        if (transitions[named]?.done?.includes(record.phase) === true) return resourceOf(record)
        records.begin(tx, id, transitions, named, { delayMs })
        change?.(tx, record)
        return resourceOf(known(tx, id))
      }),
  }

  function parentOf(spec: Readonly<Record<string, unknown>>): string {
    return kind.parent === undefined ? '' : String(spec[kind.parent])
  }

  /** Two resources of a natural kind that join the same would be one. */
  function refuseTwin(tx: ReadTransaction, spec: Readonly<Record<string, unknown>>): void {
    if (kind.identity !== 'natural') return
    const name = typeof spec['name'] === 'string' ? spec['name'] : undefined
    for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
      const page = records.page(tx, { parent: parentOf(spec), name, after, limit: largestPage })
      const twin = page.records.find((record) =>
        (kind.joins ?? []).every((field) => field === 'name' || valueOf(record, field) === spec[field]),
      )
      if (twin !== undefined)
        throw refuse('AlreadyExists', `there is a ${kind.kind} of this ${(kind.joins ?? []).join(', ')} already: ${twin.id}`, {
          kind: kind.kind,
          id: twin.id,
        })
      after = page.next
    }
  }
}

const valueOf = ({ document }: StoredRecord<LocalDocument<object, unknown>>, field: string): unknown =>
  (document.spec as Readonly<Record<string, unknown>>)[field]

/** A spec as it may be stored and shown: without secrets and native extras. */
const shown = (kind: AnyKind, spec: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(spec).filter(([name, value]) => {
      const field = kind.fields[name]
      return value !== undefined && field !== undefined && !field.secret && field.shape.type !== 'native'
    }),
  )

const defined = (value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))
