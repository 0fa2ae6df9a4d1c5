import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { mainFile, nodeFlags } from './__fixtures__/hanse-process.ts'
import { runInProcess } from './__fixtures__/test-host.ts'
import { commandTable } from './command/command-table.ts'
import { kindGroups } from './command/kind-commands.ts'

const cwd = fileURLToPath(new URL('.', import.meta.url))
const everything = [
  [],
  ...commandTable.map(({ name }) => [name]),
  ...kindGroups().flatMap(({ name, commands }) => [[name], ...commands.map((command) => [name, command.name])]),
]

describe('help', () => {
  it.each(everything.map((path) => [path.join(' ')]))('of hanse %s has an example', async (path) => {
    const ran = await runInProcess([...path.split(' ').filter((word) => word !== ''), '--help'], { cwd })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toContain(`Usage: hanse ${path === '' ? '<command>' : path}`)
    expect(ran.stdout).toMatch(/Examples:\n {2}hanse /)
  })

  it('is shown when nothing was asked for, and names every kind', async () => {
    const ran = await runInProcess([], { cwd })
    expect(ran.code).toBe(0)
    for (const { name } of kindGroups()) expect(ran.stdout).toMatch(new RegExp(`[ ,]${name}(,|\n)`))
  })

  it('shows the version', async () => {
    expect((await runInProcess(['--version'], { cwd })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('what a command loads', () => {
  const trace = fileURLToPath(new URL('./__fixtures__/trace-modules.ts', import.meta.url))
  /** The modules that a command line has resolved, by their addresses. */
  const modulesOf = (...argv: readonly string[]): readonly string[] => {
    const ran = spawnSync(process.execPath, [...nodeFlags, '--import', trace, mainFile, ...argv], { cwd, encoding: 'utf8' })
    const modules = ran.stderr.split('\n').flatMap((line) => /^loaded (.*)$/.exec(line)?.[1] ?? [])
    expect(modules.some((module) => module.endsWith('/run-cli.ts'))).toBe(true)
    return modules
  }
  const heavy = /\/(provisioning|driver-[a-z]+)\/|\/jiti\/|\/log-update\//

  it.each([[['--help']], [['apply', '--help']], [['server', 'ls', '--help']], [['--version']]])(
    'is neither provisioning nor a driver nor jiti for %j',
    (argv) => {
      expect(modulesOf(...argv).filter((module) => heavy.test(module))).toEqual([])
    },
  )

  it('is not core either where no kind is spoken of', () => {
    expect(modulesOf('apply', '--help').filter((module) => module.includes('/packages/core/'))).toEqual([])
  })
})
