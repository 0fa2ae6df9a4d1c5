import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { TotalsReporter } from '../reporting/totals-reporter.ts'

// What users get: built, packed and installed. `npm run test:packaging` runs all of it, `npm run test:typing` the programs of users.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/packaging/*.test.ts', 'test/typing/*.test.ts'],
    globalSetup: ['test/packaging/global-setup.ts'],
    reporters: ['default', new TotalsReporter()],
    // Times are measured here: one file after the other.
    fileParallelism: false,
    maxConcurrency: 2,
    testTimeout: 120_000,
  },
})
