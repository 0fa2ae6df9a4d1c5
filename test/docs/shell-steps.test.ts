import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { repositoryRoot } from '../architecture/source-file.ts'
import { markdownPages, readPage } from './markdown-page.ts'
import { missingLines, shellStepsOf } from './shell-steps.ts'
import { slugOf } from './snippet-files.ts'

const run = promisify(execFile)
const pages = markdownPages().filter(({ path }) => path === 'README.md' || path.startsWith('docs/tutorials/'))
const read = pages.map((page) => ({ page, ...shellStepsOf(page) }))
const hanse = `hanse() { "${process.execPath}" --import tsx -C @hanse/source "${join(repositoryRoot, 'packages/cli/src/main.ts')}" "$@"; }`

describe('commands in tutorials and the README', () => {
  it('can be checked', () => {
    expect(pages.length).toBeGreaterThan(2)
    expect(read.flatMap(({ problems }) => problems)).toEqual([])
  })

  it.each(read.filter(({ steps }) => steps.some(({ does }) => does === 'run')).map(({ page, steps }) => ({ path: page.path, steps })))(
    'work, and show what the page says: $path',
    { timeout: 120_000 },
    async ({ path, steps }) => {
      // Beside the other snippets, so that imports resolve there.
      const folder = join(repositoryRoot, 'test/docs/.hanse/projects', slugOf(path))
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder, { recursive: true })
      for (const step of steps) {
        if (step.does === 'write') writeFileSync(join(folder, step.file), step.text)
        else {
          const env = { ...process.env, NO_COLOR: '1', HOME: folder }
          const { stdout } = await run('bash', ['-euc', `${hanse}\n${step.commands}`], { cwd: folder, env })
          expect(missingLines(stdout, step.shows), `${path}:${step.line} shows\n${stdout}`).toEqual([])
        }
      }
      rmSync(folder, { recursive: true })
    },
  )

  it.each([
    ['```sh\nnpm run nothing\n```', 'cannot be checked: npm run nothing'],
    ['```sh\ncd nowhere\n```', 'cannot be checked: cd nowhere'],
    ['```sh\ncurl example.org\n```', 'cannot be checked: curl example.org'],
    ['<!-- shows -->\n```text\nx\n```', 'shows nothing'],
  ])('are refused as in %j', (text, why) => {
    expect(shellStepsOf(readPage('docs/x.md', text)).problems).toEqual([expect.stringContaining(why)])
  })

  it('show lines in their order, with anything in the place of dots', () => {
    expect(missingLines('a\n  done  in 0.1 s.\nb\n', ['a', 'done in … s.', 'b'])).toEqual([])
    expect(missingLines('b\na\n', ['a', 'b'])).toEqual(['b'])
    expect(missingLines('done in 0.1 s', ['done in … s.'])).toEqual(['done in … s.'])
  })
})
