import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../../architecture/source-file.ts'
import { cliPage } from './cli-page.ts'
import { capabilitiesInShort, capabilitiesPage } from './capabilities-page.ts'
import { errorsPage } from './errors-page.ts'
import { kindsPages } from './kinds-pages.ts'
import { statesPage } from './states-page.ts'

/** A file that is made from the code, its path relative to the root. */
export interface GeneratedFile {
  readonly path: string
  readonly text: string
}

const begin = '<!-- capabilities:begin -->'
const end = '<!-- capabilities:end -->'

/** Every file that is made from the code, as it should be. */
export const generatedFiles = async (): Promise<readonly GeneratedFile[]> => [
  capabilitiesPage(),
  await cliPage(),
  errorsPage(),
  await statesPage(),
  ...kindsPages(),
  { path: 'README.md', text: withCapabilities(readFileSync(join(repositoryRoot, 'README.md'), 'utf8')) },
]

/** A text with the table of capabilities between its markers; one without markers stays as it is. */
export function withCapabilities(text: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  return from === -1 || to < from ? text : `${text.slice(0, from + begin.length)}\n${capabilitiesInShort()}\n${text.slice(to)}`
}
