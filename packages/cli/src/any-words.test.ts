import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runInProcess } from './__fixtures__/test-host.ts'
import { shopFiles, testProject } from './__fixtures__/test-project.ts'
import type { TestProject } from './__fixtures__/test-project.ts'
import { commandTable } from './command/command-table.ts'
import { kindGroups } from './command/kind-commands.ts'

// The same runs every time, so that a change is judged by what it changed; another number looks elsewhere.
fc.configureGlobal({ seed: 1241 })

const groups = kindGroups()
const names = commandTable.map(({ name }) => name)
let project: TestProject
beforeAll(async () => {
  project = await testProject(shopFiles)
  await mkdir(join(project.folder, 'empty'))
})
afterAll(() => project.remove())

it('no kind has the name of a command', () => {
  expect(groups.filter(({ name }) => names.includes(name))).toEqual([])
})

it('whatever is typed, the answer is an exit code and words, never a stack trace', { timeout: 60_000 }, async () => {
  // `init` would write where a random word says, and so would an apply that does not ask.
  const first = fc.constantFrom(...names.filter((name) => name !== 'init'), ...groups.map(({ name }) => name), 'help', '')
  const flags = [...commandTable, ...groups.flatMap(({ commands }) => commands)].flatMap(({ options }) =>
    options.map((option) => option.flags.split(/[ ,]+/)),
  )
  const word = fc.oneof(
    fc.constantFrom('ls', 'get', 'head', 'home', 'away', 'dev', 'main=home', '10', '30s', 'a=b'),
    fc.constantFrom(...flags.flat().filter((flag) => !['-y', '--yes'].includes(flag))),
    fc.string(),
  )
  await fc.assert(
    fc.asyncProperty(first, fc.array(word, { maxLength: 6 }), async (command, rest) => {
      const ran = await runInProcess([command, ...rest], { cwd: project.folder })
      expect([0, 1, 2, 64]).toContain(ran.code)
      if (ran.code === 1 || ran.code === 64) expect(ran.stderr.length + ran.stdout.length).toBeGreaterThan(0)
      expect(ran.stdout + ran.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m)
      expect(ran.stderr).not.toContain('a fault in hanse itself')
    }),
    { numRuns: 300 },
  )
})
