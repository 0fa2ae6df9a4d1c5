import type { CloudResult } from '@hanse/core'
import { defaultRuntime } from '@hanse/core/driver'
import { err, ok } from 'neverthrow'
import type { ConformanceCase } from './case.ts'
import { Findings } from './findings.ts'
import type { Harness } from './harness.ts'
import type { ConformanceReport } from './report.ts'
import { reportOf } from './report.ts'
import type { CaseResult } from './run-case.ts'
import { runCase } from './run-case.ts'
import type { SelectOptions } from './select-cases.ts'
import { selectCases } from './select-cases.ts'

/** How a run is made. */
export interface RunOptions extends SelectOptions {
  /** How many cases run at the same time; four when left out. They share nothing but the place. */
  readonly concurrency?: number | undefined
  /** Told what came of each case as soon as it has ended. */
  readonly onResult?: ((result: CaseResult) => void) | undefined
  /** Aborting it ends the run: cases under way clear up, the others are reported as skipped. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs the kit against the clouds of a harness and reports what came of it. It needs no test runner. Err: what opening the cloud gave.
 * The harness is disposed of in the end.
 *
 * @example
 * const report = await runConformance(harnessOf(local()), { only: ['server'] })
 */
export async function runConformance(harness: Harness, options: RunOptions = {}): Promise<CloudResult<ConformanceReport>> {
  const startedAt = defaultRuntime.now()
  const opened = await harness.open(options.signal === undefined ? {} : { signal: options.signal })
  if (opened.isErr()) {
    await harness.dispose()
    return err(opened.error)
  }
  const cloud = opened.value
  const selection = selectCases(cloud, options)
  const setup = { cloud, harness, findings: new Findings(cloud, harness.fixtures), signal: options.signal ?? new AbortController().signal }
  const results = new Map<string, CaseResult>()
  const note = (result: CaseResult): void => {
    results.set(result.id, result)
    options.onResult?.(result)
  }
  for (const each of selection.unsupported)
    note(unrun(each, 'unsupported', `needs ${each.requires.filter((one) => !(one in cloud.supports)).join(', ')}`))

  const waiting = [...selection.run]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      note(setup.signal.aborted ? unrun(next, 'skipped', 'the run was stopped') : await runCase(next, setup))
  }
  await Promise.all(Array.from({ length: options.concurrency ?? 4 }, work))
  await cloud.close().unwrapOr(undefined)
  await harness.dispose()
  const order = [...selection.run, ...selection.unsupported]
  return ok(
    reportOf(
      cloud,
      order.flatMap(({ id }) => results.get(id) ?? []),
      startedAt,
      defaultRuntime.now() - startedAt,
    ),
  )
}

const unrun = ({ id, kind, rules }: ConformanceCase, outcome: 'unsupported' | 'skipped', reason: string): CaseResult => ({
  id,
  kind,
  rules,
  outcome,
  durationMs: 0,
  reason,
})
