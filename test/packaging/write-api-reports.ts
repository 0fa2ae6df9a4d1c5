import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repositoryRoot } from '../architecture/source-file.ts'
import { apiReport, reportPath } from './api-report.ts'
import { buildPackages } from './bare-project.ts'
import { publishedPackages } from './published-packages.ts'

// `npm run api`: builds the packages and writes one report each.
await buildPackages()
for (const published of publishedPackages()) {
  const path = reportPath(published)
  mkdirSync(dirname(join(repositoryRoot, path)), { recursive: true })
  writeFileSync(join(repositoryRoot, path), apiReport(published))
  process.stdout.write(`${path}\n`)
}
