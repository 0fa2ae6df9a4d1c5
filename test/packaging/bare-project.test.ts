import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
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
