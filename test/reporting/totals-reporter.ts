import type { Reporter, TestModule } from 'vitest/node'

/**
 * Prints `N passed, N failed` as the last line of a run.
 *
 * A file or group that cannot be set up and an error outside a test count as one failure each; skipped tests are named in the line above.
 * A run without any test counts as one failure.
 */
export class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0
    let failed = unhandled.length
    let skipped = 0
    for (const module of modules) {
      // Errors of the file itself: an import that throws, a failing beforeAll.
      if (module.errors().length > 0) failed += 1
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed += 1
        else if (state === 'failed') failed += 1
        else skipped += 1
      }
    }
    if (passed + failed === 0) failed = 1
    // Other reporters may still be writing; the last line is written last.
    process.once('exit', () => {
      if (skipped > 0) process.stdout.write(`${skipped} skipped\n`)
      process.stdout.write(`${passed} passed, ${failed} failed\n`)
    })
  }
}
