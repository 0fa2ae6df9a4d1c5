import { existsSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { repositoryRoot } from '../architecture/source-file.ts'
import type { MarkdownPage } from './markdown-page.ts'

/** Links of pages that lead nowhere in this repository: to a file that is not there, or to a heading that its page does not have. */
export function deadLinks(pages: readonly MarkdownPage[], root: string = repositoryRoot): readonly string[] {
  const byPath = new Map(pages.map((page) => [page.path, page]))
  return pages.flatMap((page) =>
    page.links.flatMap(({ url, line }) => {
      if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return []
      const [path = '', anchor] = url.split('#')
      const target = path === '' ? page.path : normalize(join(dirname(page.path), decodeURIComponent(path)))
      const where = `${page.path}:${line} leads to ${url}`
      if (target.startsWith('..') || path.startsWith('/')) return [`${where}: outside the repository`]
      const isFolder = existsSync(join(root, target)) && statSync(join(root, target)).isDirectory()
      const to = byPath.get(isFolder ? join(target, 'README.md') : target)
      if (to === undefined && !existsSync(join(root, target))) return [`${where}: there is no ${target}`]
      if (anchor === undefined) return []
      return to === undefined || to.anchors.has(anchor) ? [] : [`${where}: ${to.path} has no heading of that name`]
    }),
  )
}
