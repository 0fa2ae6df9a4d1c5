import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importsOf, packageOf } from '../architecture/imports-of.ts'

/** What loading one built module brings with it. */
export interface ModuleGraph {
  /** Files of the package itself that are loaded at once, and their bytes together. */
  readonly files: readonly string[]
  readonly bytes: number
  /** Packages that are loaded at once. */
  readonly eager: readonly string[]
  /** Packages that some reached file may load later, with `import()`; what they bring is not followed. */
  readonly lazy: readonly string[]
}

/** Follows the imports of `entry` (relative to the package's folder), chunks that are loaded later included. */
export function moduleGraph(folder: string, entry: string): ModuleGraph {
  const eagerFiles = new Map<string, number>()
  const lazyFiles = new Set<string>()
  const eager = new Set<string>()
  const lazy = new Set<string>()
  const visit = (path: string, later: boolean): void => {
    if (eagerFiles.has(path) || (later && lazyFiles.has(path))) return
    const text = readFileSync(join(folder, path), 'utf8')
    if (later) lazyFiles.add(path)
    else eagerFiles.set(path, Buffer.byteLength(text))
    for (const use of importsOf({ path, text })) {
      const nextLater = later || use.form === 'dynamic'
      const name = packageOf(use.specifier)
      if (use.specifier.startsWith('.')) visit(join(path, '..', use.specifier), nextLater)
      else if (name !== undefined) (nextLater ? lazy : eager).add(name)
    }
  }
  visit(entry, false)
  const bytes = [...eagerFiles.values()].reduce((sum, size) => sum + size, 0)
  return { files: [...eagerFiles.keys()].sort(), bytes, eager: [...eager].sort(), lazy: [...lazy].sort() }
}
