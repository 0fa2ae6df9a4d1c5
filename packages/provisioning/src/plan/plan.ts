import type { StackProblem } from '../stack/stack-problem.ts'
import type { JsonObject, RecordedResource } from '../state/recorded-resource.ts'

/** What is to happen to one resource. */
export type PlannedAction = 'create' | 'update' | 'replace' | 'delete' | 'none'

/** Why something is to happen, by field. */
export interface FieldChange {
  readonly field: string
  /** As text, ready to be shown; a secret shows as `[secret]`, what is not known yet as `(known after apply)`. */
  readonly from: string | undefined
  readonly to: string | undefined
  /** The program says otherwise than before, the cloud shows otherwise than recorded, or what it refers to is new. */
  readonly because: 'changed' | 'drifted' | 'dependency'
  /** What this field's change asks for. */
  readonly causes: 'update' | 'replace'
}

/** One resource in a plan. */
export interface PlannedChange {
  readonly address: string
  readonly kind: string
  /** The stack's name for its cloud. */
  readonly on: string
  readonly action: PlannedAction
  /** The physical name. */
  readonly name: string | undefined
  /** In one sentence. */
  readonly reason: string
  readonly changes: readonly FieldChange[]
  /** The addresses that come before it. */
  readonly dependsOn: readonly string[]
  /** The successor is made before the predecessor goes, for something that stays refers to it. */
  readonly createFirst: boolean
  /** Of the resource that is there. */
  readonly id?: string | undefined
}

/** What an apply would do, and why. Plain data, safe to show. */
export interface Plan {
  readonly stack: string
  readonly environment: string
  /** In an order in which it could be done one by one. */
  readonly changes: readonly PlannedChange[]
  readonly summary: Readonly<Record<PlannedAction, number>>
  /** What was found unfinished and how it stands now. */
  readonly recovered: readonly Recovered[]
  /** What must be mended first. A plan with problems is not applied. */
  readonly problems: readonly StackProblem[]
}

/** Something that an earlier run had begun. */
export interface Recovered {
  readonly address: string
  readonly kind: string
  readonly begun: 'create' | 'update' | 'replace' | 'delete'
  /** It was found to be there, or not, or still to be as before. */
  readonly found: 'present' | 'absent' | 'unchanged'
  readonly id?: string | undefined
}

/** What apply works from: the plan, and what it does not show. */
export interface WorkingPlan {
  readonly plan: Plan
  readonly work: readonly Work[]
}

/** One resource of the plan with what its calls need. */
export interface Work {
  readonly change: PlannedChange
  readonly recorded: RecordedResource | undefined
  /** The recorded spec with its secrets open. */
  readonly recordedSpec: JsonObject
  /** What is wanted, as far as it is known; empty for what goes. */
  readonly wanted: Readonly<Record<string, unknown>>
  /** The cloud no longer has what is recorded. */
  readonly isGone: boolean
  /** It is there and not ready yet: what depends on it waits. */
  readonly isPending: boolean
  /** It is a predecessor that an earlier run has replaced and not come to delete. */
  readonly isLeftOver: boolean
  readonly generation: number
  readonly key: string
  /** For an update: which fields the update verb gets. */
  readonly fields: readonly string[]
  /** For an update: which fields an action of the kind changes. */
  readonly actions: readonly { readonly action: string; readonly field: string }[]
  /** Choices that were made before and are kept: ids by field. */
  readonly pinned: JsonObject
  /** Incarnations of other addresses beside which it cannot stand: the same name, an overlapping range. They go first. */
  readonly displaces: readonly Incarnation[]
}

/** One of the resources that have stood under an address. */
export interface Incarnation {
  readonly address: string
  readonly generation: number
}
