import type { AnyKind, AnyResource, Resource } from '@hanse/core'
import type { Call, CreateCall, ListQuery, MutationCall, Resolved } from '@hanse/core/driver'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from './local-cloud.ts'
import { referencesIn } from './references-in.ts'
import type { StoredRecord } from './store/record.ts'
import { Records } from './store/records.ts'
import { begin } from './store/transitions.ts'
import type { TransitionTable } from './store/transitions.ts'
import type { ReadTransaction, WriteTransaction } from './store/transaction.ts'

/** What a record of any kind holds beside its columns. */
export interface LocalDocument {
  /** What was asked, without secrets and native extras. */
  readonly spec: Readonly<Record<string, unknown>>
  /** What the cloud decided. */
  readonly outputs: Readonly<Record<string, unknown>>
  readonly specDigest?: string | undefined
}

export type LocalRecord = StoredRecord<LocalDocument>

/** How one kind lives in the embedded cloud. Everything that is the same for all stands in {@link localKind}. */
export interface LocalKindDefinition<Spec, R extends AnyResource> {
  readonly kind: AnyKind
  readonly fields: readonly (keyof Spec & string)[]
  readonly uniqueName?: 'everywhere' | 'inParent' | undefined
  /** What each action does to the state, in the cloud's own words. It has at least `create` and `delete`. */
  readonly transitions: TransitionTable
  /** The portable phase of each of those words. */
  readonly phases: Readonly<Record<string, R['status']['phase']>>
  /** Refuses what this kind does not allow, before anything is written. */
  readonly refuse?: ((tx: ReadTransaction, spec: Resolved<Spec>) => void) | undefined
  /** What it uses up beside its own count: `{ vcpus: 2 }`. */
  readonly usage?: ((tx: ReadTransaction, spec: Resolved<Spec>) => Readonly<Record<string, number>>) | undefined
  /** Decides what the cloud decides, once the record is there to hold it: addresses, device names. */
  readonly decide?: ((tx: WriteTransaction, record: LocalRecord, spec: Resolved<Spec>) => R['outputs']) | undefined
  /** The id of a resource that is known by something else than a random one. */
  readonly idOf?: ((spec: Resolved<Spec>) => string) | undefined
  /** The name of a resource whose spec has none. */
  readonly nameOf?: ((outputs: R['outputs']) => string) | undefined
}

/** A kind of the embedded cloud: the methods that the contract asks for, and what its own verbs are built with. */
export interface LocalKind<Spec, R extends AnyResource> {
  readonly fields: readonly (keyof Spec & string)[]
  readonly records: Records<LocalDocument>
  create(spec: Resolved<Spec>, call: CreateCall): Promise<R>
  findByKey(key: string, call: Call): Promise<readonly R[]>
  get(id: R['id'], call: Call): Promise<R>
  listPage(query: ListQuery, call: Call): Promise<{ readonly items: readonly R[]; readonly nextCursor?: string | undefined }>
  update(id: R['id'], changes: object, call: MutationCall): Promise<R>
  delete(id: R['id'], call: MutationCall): Promise<void>
  /** The record of an id; refuses `NotFound`. */
  known(tx: ReadTransaction, id: string): LocalRecord
  /** Starts an action of the table of transitions. */
  act(id: R['id'], action: string, change?: (tx: WriteTransaction, record: LocalRecord) => void): Promise<R>
  resourceOf(record: LocalRecord): R
}

const largestPage = 1000

/** Makes a kind of the embedded cloud from its definition. */
export function localKind<Spec, R extends AnyResource>(cloud: LocalCloud, definition: LocalKindDefinition<Spec, R>): LocalKind<Spec, R> {
  const { kind, transitions } = definition
  const { store, delayMs } = cloud
  const records = new Records<LocalDocument>(kind.kind, { uniqueName: definition.uniqueName })

  const known = (tx: ReadTransaction, id: string): LocalRecord => {
    const record = records.get(tx, id)
    if (record === undefined) throw refuse('NotFound', `there is no ${kind.kind} ${id}`, { kind: kind.kind, id })
    return record
  }

  const resourceOf = (record: LocalRecord): R => {
    const { spec, outputs, specDigest } = record.document
    const plain: Resource<string, object> = {
      kind: kind.kind,
      id: record.id as Resource<string, object>['id'],
      name: record.name,
      labels: record.labels,
      ...(record.owner === undefined ? {} : { owner: { stack: record.owner.stack, environment: record.owner.environment } }),
      ...(record.key === undefined ? {} : { key: record.key }),
      ...(specDigest === undefined ? {} : { specDigest }),
      status: { phase: definition.phases[record.phase] ?? 'Unknown', providerState: record.phase },
      observed: { ...spec, ...('name' in kind.fields ? { name: record.name } : {}), ...('labels' in kind.fields ? { labels: record.labels } : {}) },
      outputs,
      createdAt: new Date(record.createdAt),
      warnings: [],
      native: record,
    }
    // The description of the kind and its type agree: core's compiler proves it.
    return plain as unknown as R
  }

  return {
    fields: definition.fields,
    records,
    known,
    resourceOf,

    create: async (spec, { mark }) =>
      store.write((tx) => {
        const twin = records.byKey(tx, mark.key)
        // The same key gives the same resource; core compares what was asked.
        if (twin !== undefined) return resourceOf(twin)
        refuseBeyondQuota(tx)
        const given = spec as Readonly<Record<string, unknown>>
        const references = referencesIn(kind, given)
        for (const { field, kind: target, id } of references)
          if (tx.get('SELECT 1 FROM records WHERE kind = ? AND id = ?', target, id) === undefined)
            throw refuse('NotFound', `${field}: there is no ${target} ${id}`, { kind: target, id })
        definition.refuse?.(tx, spec)
        const { name, labels, ...rest } = shown(kind, given)
        const record = records.insert(tx, {
          id: definition.idOf?.(spec) ?? cloud.runtime.randomUUID(),
          name: typeof name === 'string' ? name : '',
          labels: (labels as Readonly<Record<string, string>> | undefined) ?? {},
          parent: kind.parent === undefined ? '' : String(given[kind.parent]),
          key: mark.key,
          ...(mark.owner === undefined ? {} : { owner: { ...mark.owner, key: mark.key } }),
          usage: definition.usage?.(tx, spec) ?? {},
          references,
          state: begin(transitions, 'create', undefined, { now: tx.now, delayMs }),
          document: { spec: rest, outputs: {}, specDigest: mark.specDigest },
        })
        const outputs = definition.decide?.(tx, record, spec)
        if (outputs === undefined) return resourceOf(record)
        return resourceOf(
          records.update(tx, record.id, {
            document: { ...record.document, outputs },
            ...(definition.nameOf === undefined ? {} : { name: definition.nameOf(outputs) }),
          }),
        )
      }),

    findByKey: async (key) => {
      const record = store.read((tx) => records.byKey(tx, key))
      return record === undefined ? [] : [resourceOf(record)]
    },

    get: async (id) => resourceOf(store.read((tx) => known(tx, id))),

    listPage: async ({ name, labels, owner, where, cursor, pageSize }) => {
      const parent = kind.parent === undefined ? undefined : where[kind.parent]
      const limit = Math.min(pageSize ?? largestPage, largestPage)
      const page = store.read((tx) => records.page(tx, { parent, name, labels, owner, after: cursor, limit }))
      return { items: page.records.map(resourceOf), nextCursor: page.next }
    },

    update: async (id, changes) =>
      store.write((tx) => {
        const record = known(tx, id)
        const { name, labels, ...rest } = changes as Readonly<Record<string, unknown>>
        const spec = { ...record.document.spec, ...defined(rest) }
        return resourceOf(
          records.update(tx, id, {
            ...(typeof name === 'string' ? { name } : {}),
            ...(labels === undefined ? {} : { labels: labels as Readonly<Record<string, string>> }),
            references: referencesIn(kind, spec),
            document: { ...record.document, spec },
          }),
        )
      }),

    delete: async (id) =>
      store.write((tx) => {
        known(tx, id)
        records.begin(tx, id, transitions, 'delete', { delayMs })
      }),

    act: async (id, action, change) =>
      store.write((tx) => {
        const record = known(tx, id)
        change?.(tx, record)
        records.begin(tx, id, transitions, action, { delayMs })
        return resourceOf(known(tx, id))
      }),
  }

  function refuseBeyondQuota(tx: ReadTransaction): void {
    const limit = cloud.quotas[kind.kind]
    if (limit !== undefined && records.count(tx) >= limit)
      throw refuse('QuotaExceeded', `the account may have ${limit} ${kind.plural}, and has them`, { quota: kind.kind, limit })
  }
}

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
