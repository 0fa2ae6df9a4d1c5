import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repositoryRoot } from '../architecture/source-file.ts'
import { apiReport, reportPath } from './api-report.ts'
import { publishedPackages } from './published-packages.ts'

const packages = publishedPackages()

describe('the public types', () => {
  it.each(packages)('of $name are those of its report', (published) => {
    const kept = readFileSync(join(repositoryRoot, reportPath(published)), 'utf8')
    expect(apiReport(published), `${reportPath(published)} is out of date. If the change is intended: npm run api`).toBe(kept)
  })

  it('have no report of a package that is gone', () => {
    const kept = readdirSync(join(repositoryRoot, 'docs/reference/api')).map((file) => `docs/reference/api/${file}`)
    expect(kept.sort()).toEqual(packages.map(reportPath).sort())
  })
})
