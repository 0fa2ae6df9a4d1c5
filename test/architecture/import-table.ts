import { importsOf, packageOf } from './imports-of.ts'
import { isTest, ownerOf, type SourceFile } from './source-file.ts'

/** Which packages of this repository one package may import. */
export interface Imports {
  /** Entry points that the published code may name. */
  readonly code: readonly string[]
  /** Entry points that its tests may name besides. */
  readonly tests: readonly string[]
  /** Packages from the registry; absent means: whatever its manifest lists. */
  readonly registry?: readonly string[]
}

const driver: Imports = {
  code: ['@hanse/core', '@hanse/core/driver'],
  tests: ['@hanse/conformance', '@hanse/conformance/vitest'],
}

/** The table of `docs/explanation/architecture.md`, "Who may import whom". A package that is not listed may import nothing. */
export const importTable: Readonly<Record<string, Imports>> = {
  'packages/core': { code: [], tests: [], registry: ['neverthrow', '@noble/hashes'] },
  'packages/conformance': { code: ['@hanse/core', '@hanse/core/driver'], tests: [] },
  'packages/driver-local': driver,
  'packages/provisioning': { code: ['@hanse/core'], tests: ['@hanse/driver-local'] },
  'packages/cli': { code: ['@hanse/core', '@hanse/conformance', '@hanse/provisioning'], tests: ['@hanse/driver-local'] },
}

/** What only a dynamic `import()` may load: a command pays for the drivers that it uses. */
const lazily: Readonly<Record<string, RegExp>> = { 'packages/cli': /^@hanse\/driver-[a-z0-9-]+$/ }

/** Registry packages that one file alone may import, and that no other file of the same package may. */
const confined: Readonly<Record<string, { readonly package: string; readonly specifier: string }>> = {
  'packages/conformance/src/vitest.ts': { package: 'packages/conformance', specifier: 'vitest' },
}

/** Tools that a test file of any package may import when its manifest lists them. */
const testTools = ['vitest', 'fast-check']

/** What of a package's manifest the import table needs. */
export interface Manifest {
  readonly name: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** Imports that the table does not allow, one line each. */
export function forbiddenImports(
  files: readonly SourceFile[],
  manifests: Readonly<Record<string, Manifest>>,
  table: Readonly<Record<string, Imports>> = importTable,
): readonly string[] {
  return files.flatMap((file) => {
    const owner = ownerOf(file.path)
    if (owner === undefined || !owner.startsWith('packages/')) return []
    const row = table[owner]
    const manifest = manifests[owner]
    if (row === undefined || manifest === undefined) return [`${file.path} belongs to no row of the import table`]
    return importsOf(file).flatMap((use) => {
      const verdict = judge(file.path, owner, use.specifier, use.form === 'dynamic', row, manifest)
      return verdict === undefined ? [] : [`${file.path}:${use.line} imports ${use.specifier}: ${verdict}`]
    })
  })
}

function judge(path: string, owner: string, specifier: string, dynamic: boolean, row: Imports, manifest: Manifest): string | undefined {
  if (specifier.startsWith('.')) return leavesSource(path, specifier) ? 'a relative path may not leave the package’s src' : undefined
  if (specifier.startsWith('node:')) {
    return owner === 'packages/core' && !isTest(path) ? 'core runs everywhere and imports no node: module' : undefined
  }
  const test = isTest(path)
  const name = packageOf(specifier)
  if (name === undefined) return 'not understood'
  if (name.startsWith('@hanse/') || name === 'openstack-client-ts') {
    if (name === manifest.name) return 'a package imports itself by relative paths'
    if (row.code.includes(specifier) || (test && row.tests.includes(specifier))) return undefined
    if (lazily[owner]?.test(specifier) === true) return dynamic ? undefined : 'drivers are loaded by import() only'
    return `not in the import table's row of ${owner}`
  }
  if (test && testTools.includes(name)) return listed(name, { ...manifest.dependencies, ...manifest.devDependencies })
  const home = Object.entries(confined).find(([, rule]) => rule.package === owner && rule.specifier === name)?.[0]
  if (home !== undefined) return home === path ? listed(name, manifest.peerDependencies ?? {}) : `only ${home} may import it`
  if (test) return listed(name, { ...manifest.dependencies, ...manifest.devDependencies })
  if (row.registry !== undefined && !row.registry.includes(name)) return `not in the import table's row of ${owner}`
  return listed(name, { ...manifest.dependencies, ...manifest.peerDependencies })
}

function listed(name: string, dependencies: Readonly<Record<string, string>>): string | undefined {
  return name in dependencies ? undefined : 'not listed in the manifest where this file may take it from'
}

/** True if a relative specifier climbs above `packages/x/src`. */
function leavesSource(path: string, specifier: string): boolean {
  const folders = path.split('/').slice(0, -1)
  for (const part of specifier.split('/')) {
    if (part === '..') folders.pop()
    else if (part !== '.') folders.push(part)
  }
  return folders[0] !== 'packages' || folders[1] !== path.split('/')[1] || folders[2] !== 'src'
}
