import type { CodeBlock, MarkdownPage } from './markdown-page.ts'
import { preludes } from './preludes.ts'

/** A program that stands in a page: one block, or one and those that continue it. */
export interface Snippet {
  readonly page: string
  /** The line of its first block. */
  readonly line: number
  readonly parts: readonly SnippetPart[]
  /** Whether it is a whole program and is run; else it is type-checked after a prelude. */
  readonly isProgram: boolean
  /** What stands before it for the compiler. */
  readonly prelude: string
  /** Set when it is a file of the page's project: its name. */
  readonly file: string | undefined
}

/** One block of a program. */
export interface SnippetPart {
  readonly text: string
  readonly line: number
  /** What running it prints, if the page says so. */
  readonly prints: string | undefined
}

/** What a page's blocks of TypeScript are. */
export interface PageSnippets {
  readonly snippets: readonly Snippet[]
  /** What is not as the convention wants it, with its line. */
  readonly problems: readonly string[]
}

/**
 * Reads the blocks of a page. The convention:
 * - a block with an `import` is a whole program: it is type-checked and run; one that also says `declare`, or is a test of vitest, is only
 *   type-checked;
 * - `<!-- continues -->` before a block adds it to the program before it;
 * - `<!-- file: NAME -->` before a block makes it a file of the page's project, which the commands of the page work on;
 * - `<!-- with: NAME -->` before any other block names the prelude that it is type-checked after;
 * - `<!-- prints -->` before a block of text: the block of code before it prints just that.
 */
export function snippetsOf({ path, blocks }: MarkdownPage): PageSnippets {
  const snippets: Snippet[] = []
  const problems: string[] = []
  const wrong = (block: CodeBlock, what: string): unknown => problems.push(`${path}:${block.line} ${what}`)
  for (const block of blocks) {
    const last = snippets.at(-1)
    if (block.comment === 'prints') {
      const part = last?.parts.at(-1)
      if (last === undefined || part === undefined || !last.isProgram) wrong(block, 'prints nothing: no program stands before it')
      else snippets[snippets.length - 1] = { ...last, parts: [...last.parts.slice(0, -1), { ...part, prints: block.text }] }
    } else if (block.language === 'typescript') wrong(block, 'should be fenced as ts')
    else if (block.language === 'ts') {
      const part = { text: block.text, line: block.line, prints: undefined }
      const prelude = /^with: (.*)$/.exec(block.comment ?? '')?.[1]
      const file = /^file: ([\w.-]+\.ts)$/.exec(block.comment ?? '')?.[1]
      if (block.comment === 'continues') {
        if (last === undefined) wrong(block, 'continues nothing')
        else snippets[snippets.length - 1] = { ...last, parts: [...last.parts, part] }
      } else if (file !== undefined) {
        if (snippets.some((other) => other.file === file)) wrong(block, `writes ${file} a second time`)
        snippets.push({ page: path, line: block.line, parts: [part], isProgram: false, prelude: '', file })
      } else if (prelude !== undefined) {
        const text = Object.entries(preludes).find(([name]) => name === prelude)?.[1]
        if (text === undefined) wrong(block, `names the prelude ${prelude}, and there is none`)
        else snippets.push({ page: path, line: block.line, parts: [part], isProgram: false, prelude: text, file })
      } else if (/^import /m.test(block.text)) {
        snippets.push({ page: path, line: block.line, parts: [part], isProgram: !checkedOnly.test(block.text), prelude: '', file })
      } else wrong(block, 'imports nothing; say <!-- with: NAME --> or <!-- continues --> before it')
    }
  }
  return { snippets, problems }
}

const checkedOnly = /^declare |^import .* from '(?:vitest|[^']+\/vitest)'/m
