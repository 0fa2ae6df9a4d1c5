import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { repositoryRoot } from '../architecture/source-file.ts'
import { withoutNpm } from './bare-project.ts'
import { publishedPackages } from './published-packages.ts'
import { runCommand } from './run-command.ts'

const project = inject('bareProject')

describe('in an empty project with the packs installed by npm', () => {
  it.each(
    publishedPackages()
      .flatMap(({ doors }) => doors)
      .filter(({ specifier }) => !specifier.endsWith('/vitest')),
  )('$specifier is imported', async ({ specifier }) => {
    const program = `const door = await import('${specifier}'); console.log(Object.keys(door).length)`
    const { stdout } = await runCommand(process.execPath, ['--input-type=module', '-e', program], { cwd: project })
    expect(Number(stdout)).toBeGreaterThan(0)
  })

  it('a program applies a stack in a folder, reads it back and takes it down', async () => {
    cpSync(join(repositoryRoot, 'test/packaging/__fixtures__/first-stack.mjs'), join(project, 'first-stack.mjs'))
    const { stdout } = await runCommand(process.execPath, ['first-stack.mjs'], { cwd: project })
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { summary: { create: 4, update: 0, replace: 0, delete: 0, none: 0 }, outputs: { addresses: ['10.0.0.2'] } },
      [['server', 'Running']],
      [true, 'NotFound'],
      0,
    ])
  })

  it('npx hanse shows its help', async () => {
    const { stdout } = await runCommand('npx', ['--no-install', 'hanse', '--help'], { cwd: project, env: withoutNpm() })
    expect(stdout).toMatch(/apply/)
  })

  it('nothing of the repository is reached', async () => {
    const { stdout } = await runCommand(process.execPath, ['-p', "require('node:fs').realpathSync('node_modules/@hanse/core')"], {
      cwd: project,
    })
    expect(stdout.trim()).toBe(join(project, 'node_modules/@hanse/core'))
  })
})
