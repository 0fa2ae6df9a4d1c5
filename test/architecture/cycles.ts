import { posix } from 'node:path'
import { importsOf } from './imports-of.ts'
import type { SourceFile } from './source-file.ts'

/**
 * Circles among relative imports, each as `a -> b -> a`, beginning with its alphabetically first file.
 *
 * Type-only imports do not count: they leave no trace at run time, and two types may well speak of each other.
 */
export function importCycles(files: readonly SourceFile[]): readonly string[] {
  const known = new Set(files.map((file) => file.path))
  const edges = new Map(files.map((file) => [file.path, neighbours(file, known)]))
  const cycles = new Set<string>()
  const finished = new Set<string>()
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path)
    if (start !== -1) {
      cycles.add(spell(trail.slice(start)))
      return
    }
    if (finished.has(path)) return
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path])
    finished.add(path)
  }
  for (const path of edges.keys()) visit(path, [])
  return [...cycles].sort()
}

function neighbours(file: SourceFile, known: ReadonlySet<string>): readonly string[] {
  const folder = posix.dirname(file.path)
  return importsOf(file)
    .filter((use) => use.specifier.startsWith('.') && use.form !== 'type')
    .map((use) => posix.join(folder, use.specifier))
    .filter((path) => known.has(path))
}

function spell(circle: readonly string[]): string {
  const first = circle.indexOf([...circle].sort()[0] ?? '')
  const turned = [...circle.slice(first), ...circle.slice(0, first)]
  return [...turned, turned[0]].join(' -> ')
}
