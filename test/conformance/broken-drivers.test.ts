import { harnessOf, runConformance } from '@hanse/conformance'
import { local } from '@hanse/driver-local'
import { describe, expect, it } from 'vitest'
import { brokenCalls } from './broken-drivers/broken-calls.ts'
import { brokenCreates } from './broken-drivers/broken-creates.ts'
import { brokenSource } from './broken-drivers/broken-driver.ts'
import { brokenLists } from './broken-drivers/broken-lists.ts'
import { brokenStorage } from './broken-drivers/broken-storage.ts'

const shelf = [...brokenLists, ...brokenCreates, ...brokenCalls, ...brokenStorage]

describe('a driver that', () => {
  it.each(shelf)('$does is caught by $caughtBy', async (broken) => {
    const harness = harnessOf(brokenSource(broken), { patienceMs: 400 })
    const report = (await runConformance(harness, { only: [broken.caughtBy] }))._unsafeUnwrap()
    const result = report.cases.find(({ id }) => id === broken.caughtBy)
    expect(result?.outcome, result?.reason ?? `${broken.caughtBy} is no case of the embedded cloud`).toBe('failed')
    expect(result?.rules).toContain(broken.rule)
    expect(result?.explanation).toContain(`${broken.rule} (MUST)`)
    expect(result?.explanation).toContain('The smallest code that satisfies it:')
    expect(result?.reason).not.toContain('the case ended in')
    expect(report.rules.find(({ id }) => id === broken.rule)?.verdict).toBe('broken')
  })

  it('is whole passes every one of these cases', async () => {
    const report = (
      await runConformance(harnessOf(local(), { patienceMs: 400 }), { only: shelf.map(({ caughtBy }) => caughtBy) })
    )._unsafeUnwrap()
    expect(report.cases.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    expect(report.counts.passed).toBe(new Set(shelf.map(({ caughtBy }) => caughtBy)).size)
  })
})
