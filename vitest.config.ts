import { defineConfig } from 'vitest/config'
import { TotalsReporter } from './test/reporting/totals-reporter.ts'

const conditions = ['@hanse/source', 'module', 'node', 'import', 'default']

// What needs a build or other runtimes has scripts of its own: test:packaging, test:typing, test:runtimes.
const separate = ['test/packaging/**', 'test/typing/**', 'test/runtimes/**']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'examples/*/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', ...separate],
    reporters: ['default', new TotalsReporter()],
    // Two busy cores: what takes a second alone takes ten beside others.
    testTimeout: 30_000,
    typecheck: { enabled: false },
  },
})
