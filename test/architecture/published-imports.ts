import { importsOf, packageOf } from './imports-of.ts'
import type { SourceFile } from './source-file.ts'

/** Imports in examples and in the code blocks of documents that a user of the published packages could not write. */
export function unpublishedImports(files: readonly SourceFile[], doors: ReadonlySet<string>): readonly string[] {
  return files.flatMap((file) =>
    snippets(file).flatMap(({ source, firstLine }) =>
      importsOf(source).flatMap((use) => {
        const where = `${file.path}:${use.line + firstLine}`
        if (/(^|\/)(src|dist)\//.test(use.specifier)) return [`${where} imports ${use.specifier}: no path into a package`]
        if (use.specifier.startsWith('.'))
          return leavesFolder(file.path, use.specifier) ? [`${where} imports ${use.specifier}: outside its folder`] : []
        const name = packageOf(use.specifier)
        const ours = name !== undefined && (name.startsWith('@hanse/') || name === 'openstack-client-ts')
        return ours && !doors.has(use.specifier) ? [`${where} imports ${use.specifier}: no package exports that`] : []
      }),
    ),
  )
}

/** A TypeScript file is one snippet; in Markdown each block fenced as ts or typescript is one. */
function snippets(file: SourceFile): readonly { readonly source: SourceFile; readonly firstLine: number }[] {
  if (!file.path.endsWith('.md')) return [{ source: file, firstLine: 0 }]
  const found: { source: SourceFile; firstLine: number }[] = []
  let open: { readonly line: number; readonly lines: string[]; readonly code: boolean } | undefined
  for (const [index, line] of file.text.split('\n').entries()) {
    if (!/^\s*```/.test(line)) open?.lines.push(line)
    else if (open === undefined) open = { line: index + 1, lines: [], code: /^\s*```\s*(ts|typescript)\b/.test(line) }
    else {
      if (open.code) found.push({ source: { path: `${file.path}.ts`, text: open.lines.join('\n') }, firstLine: open.line })
      open = undefined
    }
  }
  return found
}

/** In an example: out of the example's own folder. A document has no files of its own, except its neighbours. */
function leavesFolder(path: string, specifier: string): boolean {
  const depth = path.startsWith('examples/') ? path.split('/').length - 3 : 0
  return specifier.split('/').filter((part) => part === '..').length > depth
}
