import type { KindName, Kinds } from '@hanse/core'
import type { Resolved } from '@hanse/core/driver'
import { Records } from './store/records.ts'

/** What a record of any kind holds beside its columns. */
export interface LocalDocument<Spec = Readonly<Record<string, unknown>>, Outputs = Readonly<Record<string, unknown>>, Facts = unknown> {
  /** What was asked, without name and labels (they are columns), secrets and native extras. */
  readonly spec: Spec
  /** What the cloud decided. */
  readonly outputs: Outputs
  readonly specDigest?: string | undefined
  /** What the kind remembers beside that; nobody is shown it. */
  readonly facts?: Facts | undefined
  /** The operator of the cloud made it: the account uses it, and may not change it. */
  readonly operated?: true | undefined
}

/** A spec as it is kept. */
export type StoredSpec<Spec> = Omit<Resolved<Spec>, 'name' | 'labels'>

/** What is kept of a kind. */
export type DocumentOf<K extends KindName, Facts = unknown> = LocalDocument<
  StoredSpec<NonNullable<Kinds[K]['_']>['spec']>,
  NonNullable<Kinds[K]['_']>['outputs'],
  Facts
>

/** The records of a kind with their types, for kinds that look at others. `Facts` is what that kind says that it remembers. */
export const recordsOf = <K extends KindName, Facts = unknown>(kind: K): Records<DocumentOf<K, Facts>> => new Records(kind)
