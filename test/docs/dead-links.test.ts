import { describe, expect, it } from 'vitest'
import { deadLinks } from './dead-links.ts'
import { markdownPages, readPage } from './markdown-page.ts'

const pages = markdownPages()

describe('links in pages', () => {
  it('lead somewhere, in the whole repository', () => {
    expect(pages.length).toBeGreaterThan(30)
    expect(pages.flatMap(({ links }) => links).length).toBeGreaterThan(100)
    expect(deadLinks(pages)).toEqual([])
  })

  it.each([
    ['[a](gone.md)', 'there is no docs/gone.md'],
    ['[a]: ../gone.md\n\n[a]', 'there is no gone.md'],
    ['| [a](gone.md) |\n|---|', 'there is no docs/gone.md'],
    ['![a](gone.png)', 'there is no docs/gone.png'],
    ['[a](../../x.md)', 'outside the repository'],
    ['[a](#nowhere)', 'docs/x.md has no heading of that name'],
    ['[a](../LICENSE#x) [b](../README.md#no-such-heading)', 'README.md has no heading of that name'],
  ])('are dead in %j', (text, why) => {
    const page = readPage('docs/x.md', text)
    const others = pages.filter(({ path }) => path === 'README.md')
    expect(deadLinks([page, ...others]).filter((line) => line.startsWith('docs/x.md'))).toEqual([expect.stringContaining(why)])
  })

  it.each([
    '[a](https://example.org/gone.md)',
    '[a](../README.md)',
    '[a](../packages)',
    '# The `code` in it\n\n[a](#the-code-in-it)',
    '<a id="x"></a>\n\n[a](#x)',
    '```md\n[a](gone.md)\n```',
    '`[a](gone.md)`',
  ])('are alive in %j', (text) => {
    expect(deadLinks([readPage('docs/x.md', text)])).toEqual([])
  })
})
