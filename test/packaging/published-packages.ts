import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../architecture/source-file.ts'

/** A package of this repository that goes to the registry. */
export interface PublishedPackage {
  readonly name: string
  /** Its folder, relative to the root: `packages/core`. */
  readonly folder: string
  /** Names that users may import: `@hanse/core`, `@hanse/core/driver`; not `./package.json`. */
  readonly doors: readonly Door[]
  readonly bin: Readonly<Record<string, string>>
  readonly dependencies: readonly string[]
}

/** One entry of `exports`. */
interface Door {
  readonly specifier: string
  /** The module and its declarations, relative to the package: `dist/index.mjs`, `dist/index.d.mts`. */
  readonly module: string
  readonly types: string
}

interface Manifest {
  readonly name: string
  readonly bin?: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly publishConfig: { readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>> }
}

/** All packages that are published, by name. `test/architecture` holds the shape of the manifests that this reads. */
export function publishedPackages(): readonly PublishedPackage[] {
  return readdirSync(join(repositoryRoot, 'packages'))
    .map((name) => describePackage(`packages/${name}`))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function describePackage(folder: string): PublishedPackage {
  const manifest: Manifest = JSON.parse(readFileSync(join(repositoryRoot, folder, 'package.json'), 'utf8'))
  const doors = Object.entries(manifest.publishConfig.exports).flatMap(([door, target]) => {
    if (typeof target === 'string') return []
    return [{ specifier: `${manifest.name}${door.slice(1)}`, module: plain(target.default), types: plain(target.types) }]
  })
  const dependencies = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies ?? {})]
  return { name: manifest.name, folder, doors, bin: manifest.bin ?? {}, dependencies }
}

function plain(path: string): string {
  return path.replace(/^\.\//, '')
}
