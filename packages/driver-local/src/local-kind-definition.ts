import type { AnyKind, AnyResource, KindName } from '@hanse/core'
import type { Call, CreateCall, ListQuery, MutationCall, Resolved } from '@hanse/core/driver'
import type { LocalDocument, StoredSpec } from './local-document.ts'
import type { Reference, StoredRecord } from './store/record.ts'
import type { Records } from './store/records.ts'
import type { TransitionTable } from './store/transitions.ts'
import type { ReadTransaction, WriteTransaction } from './store/transaction.ts'

/** How one kind lives in the embedded cloud. Everything that is the same for all stands in `localKind`. */
export interface LocalKindDefinition<Spec, R extends AnyResource, Facts = unknown> {
  readonly kind: AnyKind
  readonly fields: readonly (keyof Spec & string)[]
  readonly uniqueName?: 'everywhere' | 'inParent' | undefined
  /** Fields that refer to something and do not hold it: it may go while this stays. */
  readonly loose?: readonly (keyof Spec & string)[] | undefined
  /** What each action does to the state, in the cloud's own words. It has at least `create` and `delete`; `update` only where that takes time. */
  readonly transitions: TransitionTable
  /** The portable phase of each of those words. */
  readonly phases: Readonly<Record<string, R['status']['phase']>>
  /** Writes a spec as the cloud does (names in its form) and fills in what it decides about what was left out. */
  readonly complete?: ((tx: ReadTransaction, spec: Resolved<Spec>) => Resolved<Spec>) | undefined
  /** Refuses what this kind does not allow, before anything is written. With `before` it is a change, and the spec is all that there will be. */
  readonly refuse?: ((tx: ReadTransaction, spec: Resolved<Spec>, before?: LocalRecordOf<Spec, R, Facts>) => void) | undefined
  /** What it uses up beside its own count, in whole units by measure: `{ vcpus: 2 }`. */
  readonly usage?: ((tx: ReadTransaction, spec: Resolved<Spec>) => Readonly<Record<string, number>>) | undefined
  /** What it holds beside the references of its spec: nothing here may go as long as it stays. */
  readonly holds?: ((tx: ReadTransaction, spec: Resolved<Spec>) => readonly Reference[]) | undefined
  /** What it remembers beside spec and outputs. */
  readonly remember?: ((tx: ReadTransaction, spec: Resolved<Spec>) => Facts) | undefined
  /** Decides what the cloud decides, once the record is there to hold it: addresses, device names. */
  readonly decide?: ((tx: WriteTransaction, record: LocalRecordOf<Spec, R, Facts>, spec: Resolved<Spec>) => R['outputs']) | undefined
  /** Decides it anew after a change; `before` is the record as it was. */
  readonly decideAgain?: ((tx: WriteTransaction, before: LocalRecordOf<Spec, R, Facts>, spec: Resolved<Spec>) => R['outputs']) | undefined
  /** The id of a resource that is known by something else than a random one. */
  readonly idOf?: ((spec: Resolved<Spec>) => string) | undefined
  /** The name of a resource whose spec has none. */
  readonly nameOf?: ((outputs: R['outputs']) => string) | undefined
  /** What else happens when it is deleted, before it goes. */
  readonly leave?: ((tx: WriteTransaction, record: LocalRecordOf<Spec, R, Facts>) => void) | undefined
  /** Records of other kinds that go with it instead of standing in its way, by the field in which they refer to it. */
  readonly takesAlong?: Partial<Readonly<Record<KindName, string>>> | undefined
}

/** A record of a kind, with its types. */
export type LocalRecordOf<Spec, R extends AnyResource, Facts = unknown> = StoredRecord<LocalDocument<StoredSpec<Spec>, R['outputs'], Facts>>

/** What the maker of a resource adds to its definition: an import brings bytes, a snapshot begins in another phase. */
export interface Making<Spec, R extends AnyResource, Facts> {
  /** The action of the table of transitions; `create` unless told. */
  readonly action?: string | undefined
  readonly usage?: Readonly<Record<string, number>> | undefined
  readonly decide?: LocalKindDefinition<Spec, R, Facts>['decide']
}

/** A kind of the embedded cloud: the methods that the contract asks for, and what its own verbs are built with. */
export interface LocalKind<Spec, R extends AnyResource, Facts = unknown> {
  readonly fields: readonly (keyof Spec & string)[]
  readonly states: Readonly<Record<string, R['status']['phase']>>
  readonly records: Records<LocalDocument<StoredSpec<Spec>, R['outputs'], Facts>>
  create(spec: Resolved<Spec>, call: CreateCall): Promise<R>
  findByKey(key: string, call: Call): Promise<readonly R[]>
  get(id: R['id'], call: Call): Promise<R>
  listPage(query: ListQuery, call: Call): Promise<{ readonly items: readonly R[]; readonly nextCursor?: string | undefined }>
  update(id: R['id'], changes: object, call: MutationCall): Promise<R>
  delete(id: R['id'], call: MutationCall): Promise<void>
  /** The record of an id; refuses `NotFound`. */
  known(tx: ReadTransaction, id: string): LocalRecordOf<Spec, R, Facts>
  /** Makes one inside a transaction, or gives the one that its key has made. */
  make(tx: WriteTransaction, spec: Resolved<Spec>, mark: CreateCall['mark'], making?: Making<Spec, R, Facts>): R
  /** Starts an action of the table of transitions. `change` writes what else it changes; it is not asked where there is nothing to do. */
  act(
    id: R['id'],
    action: string | ((record: LocalRecordOf<Spec, R, Facts>) => string),
    change?: (tx: WriteTransaction, record: LocalRecordOf<Spec, R, Facts>) => void,
  ): Promise<R>
  resourceOf(record: StoredRecord<LocalDocument<unknown, unknown>>): R
}
