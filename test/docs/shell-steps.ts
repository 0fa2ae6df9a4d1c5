import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../architecture/source-file.ts'
import type { MarkdownPage } from './markdown-page.ts'

/** What a page does to its project, in the order of the page. */
export type ShellStep =
  | { readonly does: 'write'; readonly file: string; readonly text: string; readonly line: number }
  | { readonly does: 'run'; readonly commands: string; readonly shows: readonly string[]; readonly line: number }

/** The steps of a page, and what in its blocks of commands cannot be. */
export interface PageSteps {
  readonly steps: readonly ShellStep[]
  readonly problems: readonly string[]
}

/**
 * Reads the commands of a page. The convention:
 * - a block of `sh` whose lines begin with `hanse` is run in the page's project;
 * - `<!-- shows -->` before a block of text: the commands before it show these lines, in this order; `…` stands for anything,
 *   and any run of spaces for any other;
 * - in other blocks, `npm run x` must be a script of the repository and `cd x` a folder of it;
 * - anything else needs `<!-- not run: WHY -->`.
 */
export function shellStepsOf({ path, blocks }: MarkdownPage): PageSteps {
  const steps: ShellStep[] = []
  const problems: string[] = []
  for (const { language, text, line, comment } of blocks) {
    const file = /^file: (.+)$/.exec(comment ?? '')?.[1]
    if (file !== undefined) steps.push({ does: 'write', file, text: `${text}\n`, line })
    else if (comment === 'shows') {
      const last = steps.at(-1)
      if (last?.does === 'run') steps[steps.length - 1] = { ...last, shows: text.split('\n').filter((shown) => shown.trim() !== '') }
      else problems.push(`${path}:${line} shows nothing: no commands stand before it`)
    } else if (language === 'sh' && comment?.startsWith('not run: ') !== true) {
      const lines = text.split('\n').filter((command) => command.trim() !== '')
      if (lines.every((command) => command.startsWith('hanse '))) steps.push({ does: 'run', commands: text, shows: [], line })
      else problems.push(...lines.filter((command) => !isKnown(command)).map((command) => `${path}:${line} cannot be checked: ${command}`))
    }
  }
  return { steps, problems }
}

const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')).scripts

/** A command of the repository itself: one of its scripts, or a way into one of its folders. */
function isKnown(command: string): boolean {
  const [, script] = /^npm (?:run (?:--silent )?)?([\w:-]+)(?:\s+#.*)?$/.exec(command) ?? []
  if (script !== undefined) return Object.hasOwn(scripts, script)
  const [, folder] = /^cd ([\w./-]+)$/.exec(command) ?? []
  return folder !== undefined && existsSync(join(repositoryRoot, folder))
}

/** Those of the lines that an output does not show, looked for in their order. */
export function missingLines(output: string, shows: readonly string[]): readonly string[] {
  const lines = output.split('\n')
  let from = 0
  return shows.filter((shown) => {
    const pattern = new RegExp(`^\\s*${shown.trim().split('…').map(escaped).join('.*').replaceAll(/ +/g, '\\s+')}\\s*$`)
    const at = lines.findIndex((line, index) => index >= from && pattern.test(line))
    if (at !== -1) from = at + 1
    return at === -1
  })
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
