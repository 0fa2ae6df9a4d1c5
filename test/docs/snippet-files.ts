import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { repositoryRoot } from '../architecture/source-file.ts'
import type { Snippet } from './snippets.ts'

/** A snippet written to a file, where its imports resolve as in any test. */
export interface SnippetFile {
  readonly snippet: Snippet
  readonly file: string
  /** How many lines stand before the first one of the page. */
  readonly before: number
}

/** Parts what the blocks of a program print. */
export const partEnd = '\u0000'

const folder = join(repositoryRoot, 'test/docs/.hanse/snippets')

/** A name for a folder or file that stands for a page. */
export const slugOf = (page: string): string => page.replace(/\.md$/, '').replaceAll(/[^a-z0-9]+/gi, '-')

/** Writes every snippet to a file of its own. Git and the other checks do not look into the folder. */
export function writeSnippets(snippets: readonly Snippet[]): readonly SnippetFile[] {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return snippets.map((snippet) => {
    const name = snippet.file === undefined ? `${slugOf(snippet.page)}-${snippet.line}.ts` : join(slugOf(snippet.page), snippet.file)
    const file = join(folder, name)
    const between = snippet.isProgram ? `\nconsole.log(${JSON.stringify(partEnd)})\n` : '\n'
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${snippet.prelude}${snippet.parts.map(({ text }) => text + between).join('')}\nexport {}\n`)
    return { snippet, file, before: snippet.prelude.split('\n').length - 1 }
  })
}

/** Type-checks all of them at once; a complaint names page and line. */
export function checkTypes(files: readonly SnippetFile[]): readonly string[] {
  const config = ts.readConfigFile(join(repositoryRoot, 'tsconfig.base.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, repositoryRoot)
  const program = ts.createProgram(
    files.map(({ file }) => file),
    {
      ...options,
      types: ['node'],
      typeRoots: [join(repositoryRoot, 'node_modules/@types')],
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
  )
  return files.flatMap((written) => {
    const source = program.getSourceFile(written.file)
    const found = source === undefined ? [] : ts.getPreEmitDiagnostics(program, source)
    return found.map((diagnostic) => {
      const { line } = source === undefined ? { line: 0 } : source.getLineAndCharacterOfPosition(diagnostic.start ?? 0)
      return `${written.snippet.page}:${pageLine(written, line)} ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`
    })
  })
}

/** The line of the page that a line of the file (from 0 on) stands for. */
function pageLine({ snippet, before }: SnippetFile, line: number): number {
  let left = line - before
  for (const part of snippet.parts) {
    const length = part.text.split('\n').length
    if (left < length) return part.line + 1 + Math.max(0, left)
    left -= length + (snippet.isProgram ? 1 : 0)
  }
  return snippet.parts.at(-1)?.line ?? snippet.line
}
