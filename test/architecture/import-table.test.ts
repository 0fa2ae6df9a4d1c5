import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { forbiddenImports, importTable, type Manifest } from './import-table.ts'
import { listPaths, readSources, repositoryRoot } from './source-file.ts'

const paths = listPaths()
const sources = readSources(paths.filter((path) => /^packages\/[^/]+\/src\/.*\.ts$/.test(path)))
const manifests: Record<string, Manifest> = Object.fromEntries(
  paths
    .filter((path) => /^packages\/[^/]+\/package\.json$/.test(path))
    // The shape of every manifest is held by manifests.test.ts.
    .map((path) => [path.replace('/package.json', ''), JSON.parse(readFileSync(`${repositoryRoot}/${path}`, 'utf8')) as Manifest]),
)

const found = (path: string, text: string) => forbiddenImports([{ path, text }], manifests)

describe('who may import whom', () => {
  it('is kept by every package', () => {
    expect(sources.length).toBeGreaterThan(4)
    expect(forbiddenImports(sources, manifests)).toEqual([])
  })

  it('has one row for every package and no other', () => {
    expect(Object.keys(importTable).sort()).toEqual(Object.keys(manifests).sort())
  })

  it.each([
    ['core imports a node: module', 'packages/core/src/x.ts', "import { readFile } from 'node:fs'"],
    ['core imports a driver', 'packages/core/src/x.ts', "import { local } from '@hanse/driver-local'"],
    ['core imports a package that the table does not name', 'packages/core/src/x.ts', "import { Command } from 'commander'"],
    ['a core test imports a driver', 'packages/core/src/x.test.ts', "import { local } from '@hanse/driver-local'"],
    ['the kit imports a driver', 'packages/conformance/src/x.ts', "import { local } from '@hanse/driver-local'"],
    ['the kit imports vitest outside its vitest door', 'packages/conformance/src/x.ts', "import { it } from 'vitest'"],
    ['provisioning imports the door of drivers', 'packages/provisioning/src/x.ts', "import type { Call } from '@hanse/core/driver'"],
    ['provisioning loads a driver lazily', 'packages/provisioning/src/x.ts', "await import('@hanse/driver-local')"],
    ['a driver imports provisioning', 'packages/driver-local/src/x.ts', "import { plan } from '@hanse/provisioning'"],
    ['a driver imports the kit outside a test', 'packages/driver-local/src/x.ts', "import type { Harness } from '@hanse/conformance'"],
    ['the CLI imports a driver eagerly', 'packages/cli/src/x.ts', "import { local } from '@hanse/driver-local'"],
    ['the CLI imports a driver’s insides', 'packages/cli/src/x.ts', "await import('@hanse/driver-local/src/driver.ts')"],
    ['a type position names a driver', 'packages/core/src/x.ts', "export type X = import('@hanse/driver-local').Local"],
    ['a re-export names a driver', 'packages/core/src/x.ts', "export { local } from '@hanse/driver-local'"],
    ['a relative path leaves the package', 'packages/cli/src/x.ts', "import { cloud } from '../../core/src/cloud.ts'"],
    ['a package imports itself by name', 'packages/core/src/x.ts', "import { cloud } from '@hanse/core'"],
    ['an import is not listed in the manifest', 'packages/driver-local/src/x.ts', "import { z } from 'zod'"],
    ['published code imports a devDependency', 'packages/driver-local/src/x.ts', "import { it } from 'vitest'"],
    ['a file stands outside the table', 'packages/unknown/src/x.ts', 'export const x = 1'],
  ])('is broken when %s', (_what, path, text) => {
    expect(found(path, text)).toHaveLength(1)
  })

  it.each([
    ['the CLI loads a driver by import()', 'packages/cli/src/x.ts', "await import('@hanse/driver-local')"],
    [
      'a driver’s test imports the kit',
      'packages/driver-local/src/x.test.ts',
      "import { runConformance } from '@hanse/conformance/vitest'",
    ],
    ['a file imports its neighbour', 'packages/core/src/compute/x.ts', "import { y } from '../y.ts'"],
    ['a driver imports a node: module', 'packages/driver-local/src/x.ts', "import { join } from 'node:path'"],
  ])('is kept when %s', (_what, path, text) => {
    expect(found(path, text)).toEqual([])
  })
})
