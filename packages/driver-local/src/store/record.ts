import type { RecordName } from './refusal.ts'
import type { Phased } from './transitions.ts'

/** The mark of the stack that made a record. */
export interface OwnerMark {
  readonly stack: string
  readonly environment: string
  readonly key: string
}

/** One thing of the cloud as it is stored: what every kind has in common, and the kind's own `document`. */
export interface StoredRecord<Document = unknown> extends RecordName, Phased {
  /** Grows with each creation in the folder and is never used twice. */
  readonly seq: number
  /** The id of what this is part of (an object's bucket, a subnet's network); `''` where it is part of nothing. */
  readonly parent: string
  /** The idempotency key of its creation. */
  readonly key: string | undefined
  readonly owner: OwnerMark | undefined
  readonly labels: Readonly<Record<string, string>>
  /** What it uses up of a quota, in whole units by measure: `{ vcpus: 2 }`. Everything counts 1 of `count`. */
  readonly usage: Readonly<Record<string, number>>
  /** The kind's own fields; anything that JSON carries. */
  readonly document: Document
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly updatedAt: number
}

/** That a record cannot do without another: as long as it is there, the other may not go. */
export interface Reference {
  /** The field that refers, for messages: `subnets`. */
  readonly field: string
  readonly kind: string
  readonly id: string
}

/** Columns of the table `records`. */
export interface RecordRow {
  readonly seq: number
  readonly kind: string
  readonly id: string
  readonly parent: string
  readonly name: string
  readonly key: string | null
  readonly owner_stack: string | null
  readonly owner_environment: string | null
  readonly owner_key: string | null
  readonly labels: string
  readonly usage: string
  readonly document: string
  readonly phase: string
  readonly pending: string
  readonly change_at: number | null
  readonly created_at: number
  readonly updated_at: number
}

/** Reads a row. The document's type is the promise of whoever wrote it: the `Records` of its kind. */
export const recordOf = <Document>(row: RecordRow): StoredRecord<Document> => {
  const { count: _, ...usage } = JSON.parse(row.usage)
  return {
    seq: row.seq,
    kind: row.kind,
    id: row.id,
    parent: row.parent,
    name: row.name,
    key: row.key ?? undefined,
    owner:
      row.owner_stack === null ? undefined : { stack: row.owner_stack, environment: row.owner_environment ?? '', key: row.owner_key ?? '' },
    labels: JSON.parse(row.labels),
    usage,
    document: JSON.parse(row.document),
    phase: row.phase,
    pending: JSON.parse(row.pending),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
