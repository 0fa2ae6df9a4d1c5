import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A text file of the repository, its path relative to the root and with forward slashes. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** The root of the repository. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

const binary = /\.(png|jpg|gif|ico|woff2?|tgz|gz|zip|qcow2)$/

/** Paths of all files that belong to the repository: everything that `.gitignore` does not name, in order. */
export function listPaths(root: string = repositoryRoot): readonly string[] {
  const ignored = ignoredNames(readFileSync(join(root, '.gitignore'), 'utf8'))
  const found: string[] = []
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (entry.name === '.git' || ignored(entry.name)) continue
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) visit(path)
      else if (entry.isFile()) found.push(path)
    }
  }
  visit('')
  return found.sort()
}

/** Reads the files among `paths` that hold text. */
export function readSources(paths: readonly string[], root: string = repositoryRoot): readonly SourceFile[] {
  return paths.filter((path) => !binary.test(path)).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** True for tests and for what only tests use: a `contract` is a suite for several implementations, a `fixture` a program that a test starts. */
export function isTest(path: string): boolean {
  return /\.(test|test-d|bench|contract|fixture)\.ts$/.test(path) || path.includes('/__fixtures__/')
}

/** The package folder that owns the path: `packages/core`, `examples/01-first-server`, `test`; undefined for the root's own files. */
export function ownerOf(path: string): string | undefined {
  return /^(packages\/[^/]+|examples\/[^/]+|test)\//.exec(path)?.[1]
}

/** `.gitignore` here holds plain names and `*.suffix`; anything cleverer is refused so that this reading stays true. */
function ignoredNames(gitignore: string): (name: string) => boolean {
  const lines = gitignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  for (const line of lines) {
    if (!/^(\*\.)?[\w.-]+\/?$/.test(line)) throw new Error(`.gitignore: write "${line}" as a plain name or as *.suffix`)
  }
  const names = new Set(lines.filter((line) => !line.startsWith('*')).map((line) => line.replace(/\/$/, '')))
  const suffixes = lines.filter((line) => line.startsWith('*')).map((line) => line.slice(1))
  return (name) => names.has(name) || suffixes.some((suffix) => name.endsWith(suffix))
}
