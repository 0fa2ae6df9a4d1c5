import type { Capability, CloudWith } from '@hanse/core'
import type { Bench } from './bench.ts'
import type { RuleId } from './rules.ts'

/** One thing that a cloud is asked to do, and what it must answer. Data: every runner executes the same list. */
export interface ConformanceCase {
  /** Kind and verb, then what is true: `server.create/get-finds-it-at-once`. */
  readonly id: string
  /** The rules that it checks: at least one. */
  readonly rules: readonly RuleId[]
  /** The capabilities that a cloud must declare for this case to be about it. */
  readonly requires: readonly string[]
  /** A capability that a cloud must not declare: the case is about its absence. */
  readonly absent?: string | undefined
  /** The kind that it is about; none for cases about the cloud as a whole. */
  readonly kind?: string | undefined
  /** Raises a failure when the cloud breaks a rule. What it makes through the bench is removed afterwards. */
  readonly run: (bench: Bench) => Promise<void>
}

/** Defines a case by hand: what it requires decides which cloud, with which members, it is handed. */
export const defineCase = <const C extends Capability>(definition: {
  readonly id: string
  readonly rules: readonly RuleId[]
  readonly kind: string
  readonly requires: readonly C[]
  readonly run: (cloud: CloudWith<C>, bench: Bench) => Promise<void>
}): ConformanceCase => ({
  ...definition,
  // A case runs only where everything that it requires is declared: see select-cases.
  run: (bench) => definition.run(bench.cloud as unknown as CloudWith<C>, bench),
})
