import { afterAll, describe, it, vi } from 'vitest'
import { Findings } from './findings.ts'
import type { Harness } from './harness.ts'
import { runCase } from './run-case.ts'
import type { SelectOptions } from './select-cases.ts'
import { selectCases } from './select-cases.ts'

/** How the kit runs under vitest. */
export interface VitestOptions extends SelectOptions {
  /** How many cases of each kind must be selected at the least, so that nothing is green because it was left out. */
  readonly atLeast?: Readonly<Record<string, number>> | undefined
}

/**
 * Runs the kit as tests of vitest, one for each case. `HANSE_ONLY=server,bucket` narrows a run to these kinds, as `only` does.
 *
 * @example
 * runConformance('local, in memory', async () => harnessOf(local()))
 */
export function runConformance(title: string, makeHarness: () => Promise<Harness>, options: VitestOptions = {}): void {
  const only = options.only ?? process.env['HANSE_ONLY']?.split(',').filter((word) => word !== '')
  vi.setConfig({ maxConcurrency: 8 })
  describe.concurrent(title, async () => {
    const harness = await makeHarness()
    const opened = await harness.open()
    afterAll(async () => {
      if (opened.isOk()) await opened.value.close().unwrapOr(undefined)
      await harness.dispose()
    })
    if (opened.isErr()) {
      it('opens', () => {
        throw opened.error
      })
      return
    }
    const setup = {
      cloud: opened.value,
      harness,
      findings: new Findings(opened.value, harness.fixtures),
      signal: new AbortController().signal,
    }
    const { run } = selectCases(opened.value, { only })
    const limitMs = (harness.patienceMs ?? 10_000) * 8

    it('selects as many cases as are expected', () => {
      const few = Object.entries(only === undefined ? (options.atLeast ?? {}) : {}).flatMap(([kind, least]) => {
        const selected = run.filter((each) => each.kind === kind && each.absent === undefined).length
        return selected < least ? [`${kind} has ${selected} cases, and is expected to have ${least}`] : []
      })
      if (few.length > 0 || run.length === 0) throw new Error(few.join('; ') || 'no case is selected')
    })
    for (const each of run) {
      it(each.id, { timeout: limitMs }, async ({ skip }) => {
        const result = await runCase(each, setup)
        if (result.outcome === 'skipped') skip(result.reason)
        if (result.outcome === 'failed') throw new Error(result.explanation)
      })
    }
  })
}
