import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chdir, cwd } from 'node:process'
import { format } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { markdownPages, readPage } from './markdown-page.ts'
import { checkTypes, partEnd, writeSnippets } from './snippet-files.ts'
import { snippetsOf } from './snippets.ts'

/** Pages whose blocks are parts of an object, to be read beside its type: they have no statement that could be checked alone. */
const fragments = ['docs/reference/driver-contract.md', 'docs/reference/api/']

const pages = markdownPages().filter(({ path }) => !fragments.some((place) => path.startsWith(place)))
const read = pages.map(snippetsOf)
const files = writeSnippets(read.flatMap(({ snippets }) => snippets))
const programs = files.filter(({ snippet }) => snippet.isProgram)

describe('blocks of TypeScript in pages', () => {
  it('follow the convention', () => {
    expect(files.length).toBeGreaterThan(10)
    expect(read.flatMap(({ problems }) => problems)).toEqual([])
  })

  it('compile', { timeout: 60_000 }, () => {
    expect(checkTypes(files)).toEqual([])
  })

  it.each([
    ['```ts\nconst x = 1\n```', 'imports nothing'],
    ['```typescript\nimport "node:fs"\n```', 'should be fenced as ts'],
    ['<!-- continues -->\n```ts\nconst x = 1\n```', 'continues nothing'],
    ['<!-- with: nothing -->\n```ts\nconst x = 1\n```', 'names the prelude nothing'],
    ['<!-- prints -->\n```text\n1\n```', 'prints nothing'],
  ])('are refused as in %j', (text, why) => {
    expect(snippetsOf(readPage('docs/x.md', text)).problems).toEqual([expect.stringContaining(why)])
  })
})

describe('a program in a page', () => {
  const home = cwd()
  const folder = mkdtempSync(join(tmpdir(), 'hanse-docs-'))
  afterEach(() => {
    chdir(home)
    vi.restoreAllMocks()
  })

  it.each(programs.map(({ snippet, file }) => ({ where: `${snippet.page}:${snippet.line}`, snippet, file })))(
    'runs, and prints what the page says: $where',
    { timeout: 30_000 },
    async ({ snippet, file }) => {
      const lines: string[] = []
      vi.spyOn(console, 'log').mockImplementation((...values: readonly unknown[]) => void lines.push(format(...values)))
      // What it keeps, it keeps in a folder that goes away.
      chdir(folder)
      await import(file)
      const printed = lines.join('\n').split(partEnd)
      snippet.parts.forEach(({ prints, line }, index) => {
        if (prints !== undefined) expect(printed[index]?.trim(), `${snippet.page}:${line}`).toBe(prints.trim())
      })
    },
  )

  it('leaves nothing behind', () => {
    rmSync(folder, { recursive: true })
    expect(programs.length).toBeGreaterThan(0)
  })
})
