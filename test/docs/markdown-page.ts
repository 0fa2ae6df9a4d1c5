import GithubSlugger from 'github-slugger'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { visit } from 'unist-util-visit'
import { listPaths, readSources } from '../architecture/source-file.ts'

/** A block of code in a page, with the comment that stands directly before it. */
export interface CodeBlock {
  /** The first word after the fence: `ts`, `sh`, `text`. */
  readonly language: string
  readonly text: string
  /** The line of the fence, from 1 on. */
  readonly line: number
  /** What the comment before it says: `<!-- continues -->` says `continues`. */
  readonly comment: string | undefined
}

/** A link of a page. */
export interface PageLink {
  readonly url: string
  readonly line: number
}

/** A page in Markdown, read. */
export interface MarkdownPage {
  /** Relative to the root of the repository. */
  readonly path: string
  readonly blocks: readonly CodeBlock[]
  readonly links: readonly PageLink[]
  /** Where a link can lead within it: the headings as GitHub writes them, and ids that are set by hand. */
  readonly anchors: ReadonlySet<string>
}

/** Every page of the repository. */
export const markdownPages = (): readonly MarkdownPage[] =>
  readSources(listPaths().filter((path) => path.endsWith('.md'))).map(({ path, text }) => readPage(path, text))

/** Reads one page. */
export function readPage(path: string, text: string): MarkdownPage {
  const tree = fromMarkdown(text)
  const slugger = new GithubSlugger()
  const blocks: CodeBlock[] = []
  const links: PageLink[] = []
  const anchors = new Set<string>()
  visit(tree, (node, index, parent) => {
    const line = node.position?.start.line ?? 0
    switch (node.type) {
      case 'code': {
        const before = parent?.children[(index ?? 0) - 1]
        const comment = before?.type === 'html' ? /^<!--\s*(.*?)\s*-->$/s.exec(before.value)?.[1] : undefined
        blocks.push({ language: node.lang ?? '', text: node.value, line, comment })
        break
      }
      case 'link':
      case 'image':
      case 'definition':
        links.push({ url: node.url, line })
        break
      case 'heading':
        anchors.add(slugger.slug(plainText(node)))
        break
      case 'html':
        for (const [, id = ''] of node.value.matchAll(/\b(?:id|name)="([^"]+)"/g)) anchors.add(id)
        break
    }
  })
  return { path, blocks, links, anchors }
}

type MarkdownNode = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>['children'][number]

function plainText(node: MarkdownNode): string {
  let text = ''
  visit(node, (inner) => {
    if (inner.type === 'text' || inner.type === 'inlineCode') text += inner.value
  })
  return text
}
