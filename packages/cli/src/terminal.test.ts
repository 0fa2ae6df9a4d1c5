import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { mainFile, nodeFlags } from './__fixtures__/hanse-process.ts'
import { shopFiles, testProject } from './__fixtures__/test-project.ts'
import type { TestProject } from './__fixtures__/test-project.ts'

const hasTmux = spawnSync('tmux', ['-V']).status === 0
if (!hasTmux) console.warn('SKIPPED: the tests in a real terminal need tmux')

// A server of its own for each terminal: one that is just ending takes no more sessions.
let socket = ''
const tmux = (...args: readonly string[]): string => execFileSync('tmux', ['-S', socket, ...args], { encoding: 'utf8' })
const projects: TestProject[] = []
afterEach(async () => {
  spawnSync('tmux', ['-S', socket, 'kill-server'])
  await Promise.all(projects.splice(0).map((project) => project.remove()))
})

/** A terminal of 90 columns and 24 rows with a `hanse` in it. */
async function open(argv: readonly string[], env: Readonly<Record<string, string>>) {
  const project = await testProject(shopFiles)
  projects.push(project)
  socket = join(project.folder, 'tmux')
  const variables = Object.entries({ HOME: project.folder, ...env }).map(([name, value]) => `${name}='${value}'`)
  const command = [...variables, `'${process.execPath}'`, ...nodeFlags.map((flag) => `'${flag}'`), `'${mainFile}'`, ...argv].join(' ')
  tmux(
    '-f',
    '/dev/null',
    'new-session',
    '-d',
    '-s',
    'hanse',
    '-x',
    '90',
    '-y',
    '24',
    '-c',
    project.folder,
    `sh -c "trap : INT; ${command}; echo ended with \\$?; sleep 60"`,
  )
  const screen = (): string => tmux('capture-pane', '-p', '-t', 'hanse')
  const shows = async (text: string | RegExp): Promise<string> => {
    for (let look = 0; look < 400; look += 1) {
      const seen = screen()
      if (typeof text === 'string' ? seen.includes(text) : text.test(seen)) return seen
      await sleep(50)
    }
    throw new Error(`the terminal never showed ${text}:\n${screen()}`)
  }
  return { shows, types: (...keys: readonly string[]) => tmux('send-keys', '-t', 'hanse', ...keys), screen }
}

// In CI a missing tmux is a failure, elsewhere a warning.
describe.runIf(hasTmux || process.env['CI'] !== undefined)('in a real terminal', { timeout: 60_000 }, () => {
  it('apply asks, shows what is under way at the bottom and what is finished above it', async () => {
    const terminal = await open(['apply'], { SHOP_DELAY_MS: '900' })
    const asked = await terminal.shows('[y/N]')
    expect(asked).toContain('4 to create.')
    terminal.types('y', 'Enter')
    const working = await terminal.shows(/creating server {2}web/)
    expect(working).toMatch(/✓ created {2}network net/)
    expect(working).toMatch(/\d of 4 done, 1 under way/)
    const done = await terminal.shows('ended with 0')
    expect(done).toMatch(/✓ created {2}server {2}web/)
    expect(done).toMatch(/Done: 4 created in/)
    // What was drawn again is gone.
    expect(done).not.toContain('under way')
    expect(done).not.toContain('creating')
  })

  it('Ctrl-C at the question leaves everything as it is', async () => {
    const terminal = await open(['apply'], {})
    await terminal.shows('[y/N]')
    terminal.types('C-c')
    const ended = await terminal.shows(/ended with \d+/)
    expect(ended).toContain('ended with 130')
    expect(ended).toContain('Nothing was changed.')
  })

  it('Ctrl-C in the middle says what is left', async () => {
    const terminal = await open(['apply', '--yes'], { SHOP_DELAY_MS: '900' })
    await terminal.shows('creating network net')
    terminal.types('C-c')
    await terminal.shows('nothing new begins')
    const ended = await terminal.shows(/ended with \d+/)
    expect(ended).toContain('ended with 130')
    expect(ended).toMatch(/left: front, web/)
  })

  it('colours follow NO_COLOR', async () => {
    const terminal = await open(['plan'], { NO_COLOR: '1' })
    await terminal.shows('ended with 0')
    expect(tmux('capture-pane', '-p', '-e', '-t', 'hanse')).not.toContain('\u001b[')
  })

  it('colours are there otherwise', async () => {
    const terminal = await open(['plan'], {})
    await terminal.shows('ended with 0')
    expect(tmux('capture-pane', '-p', '-e', '-t', 'hanse')).toContain('\u001b[32m')
  })
})
