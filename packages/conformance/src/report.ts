import type { Cloud } from '@hanse/core'
import type { CaseResult, Outcome } from './run-case.ts'
import type { RuleId } from './rules.ts'
import { rules } from './rules.ts'

/** What a run has shown of one rule: a case that failed breaks it; one that passed and none that failed keeps it. */
export type Verdict = 'kept' | 'broken' | 'untested'

/** What came of a run: plain data, to be kept as JSON. It names rules, so that it reads as a certificate. */
export interface ConformanceReport {
  /** The version of this form. */
  readonly version: 1
  readonly driver: string
  readonly capabilities: readonly string[]
  /** When it began, in ISO 8601. */
  readonly startedAt: string
  readonly durationMs: number
  readonly counts: Readonly<Record<Outcome, number>>
  readonly rules: readonly { readonly id: RuleId; readonly level: 'MUST' | 'SHOULD'; readonly verdict: Verdict; readonly cases: number }[]
  readonly cases: readonly CaseResult[]
}

/** Makes the report of the results of a run. */
export function reportOf(
  cloud: Pick<Cloud, 'driver' | 'supports'>,
  cases: readonly CaseResult[],
  startedAt: number,
  durationMs: number,
): ConformanceReport {
  const count = (outcome: Outcome): number => cases.filter((each) => each.outcome === outcome).length
  return {
    version: 1,
    driver: cloud.driver,
    capabilities: Object.keys(cloud.supports).sort(),
    startedAt: new Date(startedAt).toISOString(),
    durationMs,
    counts: { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), unsupported: count('unsupported') },
    rules: rules.map(({ id, level }) => {
      const about = cases.filter((each) => each.rules.includes(id))
      return {
        id,
        level,
        verdict: verdictOf(about),
        cases: about.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed').length,
      }
    }),
    cases,
  }
}

const verdictOf = (about: readonly CaseResult[]): Verdict =>
  about.some(({ outcome }) => outcome === 'failed') ? 'broken' : about.some(({ outcome }) => outcome === 'passed') ? 'kept' : 'untested'
