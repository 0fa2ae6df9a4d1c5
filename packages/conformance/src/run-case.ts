import { defaultRuntime } from '@hanse/core/driver'
import { Bench } from './bench.ts'
import type { BenchSetup } from './bench.ts'
import type { ConformanceCase } from './case.ts'
import { isFailure, isSkip } from './failure.ts'
import type { RuleId } from './rules.ts'
import { ruleOf } from './rules.ts'
import { endsWithin } from './stalled.ts'

/** How a case ended. */
export type Outcome = 'passed' | 'failed' | 'skipped' | 'unsupported'

/** What came of one case. */
export interface CaseResult {
  readonly id: string
  readonly kind?: string | undefined
  readonly rules: readonly RuleId[]
  readonly outcome: Outcome
  readonly durationMs: number
  /** Why it failed or was skipped. */
  readonly reason?: string | undefined
  /** Of a failure: the reason with the rules that are broken and the smallest code that satisfies each. */
  readonly explanation?: string | undefined
}

/** Runs one case, clears up after it, and says what came of it. Never throws. */
export async function runCase(each: ConformanceCase, setup: BenchSetup): Promise<CaseResult> {
  const startedAt = defaultRuntime.now()
  const bench = new Bench(setup)
  const ended = await endsWithin(attempt(each, bench), bench.patienceMs * 6)
  const raised = ended === undefined ? `it did not end within ${bench.patienceMs * 6} ms` : ended.raised
  const left = await bench.clear()
  const { id, kind, rules } = each
  const result = (outcome: Outcome, reason?: string): CaseResult => ({
    id,
    kind,
    rules,
    outcome,
    durationMs: defaultRuntime.now() - startedAt,
    ...(reason === undefined ? {} : { reason }),
    ...(outcome === 'failed' && reason !== undefined ? { explanation: explain(each, reason) } : {}),
  })
  if (raised !== undefined && !isSkip(raised)) return result('failed', isFailure(raised) ? raised.message : unexpected(raised))
  if (left.length > 0) return result('failed', `what the case made could not be removed: ${left.join('; ')}`)
  return raised === undefined ? result('passed') : result('skipped', raised.message)
}

async function attempt(each: ConformanceCase, bench: Bench): Promise<{ readonly raised?: unknown }> {
  try {
    await each.run(bench)
    return {}
  } catch (raised) {
    return { raised }
  }
}

const unexpected = (raised: unknown): string =>
  raised instanceof Error ? `the case ended in ${raised.stack ?? raised.message}` : String(raised)

/** The reason, the rules, and how each is satisfied: what an author needs to go on. */
function explain(each: ConformanceCase, reason: string): string {
  const rules = each.rules
    .map(ruleOf)
    .map(({ id, level, text, reason: why, code }) =>
      [
        `${id} (${level})  ${text}`,
        `Because: ${why}`,
        'The smallest code that satisfies it:',
        ...code.split('\n').map((line) => `    ${line}`),
      ].join('\n'),
    )
  return [`${each.id}\n${reason}`, ...rules].join('\n\n')
}
