import { defineConfig } from 'vitest/config'
import { TotalsReporter } from './test/reporting/totals-reporter.ts'

const conditions = ['@hanse/source', 'module', 'node', 'import', 'default']

// What needs a build or other runtimes has scripts of its own: test:packaging, test:typing, test:runtimes.
const separate = ['test/packaging/**', 'test/typing/*.test.ts', 'test/runtimes/**']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'examples/*/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', ...separate],
    reporters: ['default', new TotalsReporter()],
    // As many as a small machine has cores; vitest would leave one of two idle.
    maxWorkers: 2,
    // Tests start processes and kill them; on a busy machine that takes its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    typecheck: { enabled: false },
    // What a passing test prints (examples print what they do) hides what a failing one says.
    silent: 'passed-only',
  },
})
