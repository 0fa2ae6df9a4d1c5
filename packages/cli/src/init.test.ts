import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { runInProcess } from './__fixtures__/test-host.ts'
import { testProject } from './__fixtures__/test-project.ts'
import type { TestProject } from './__fixtures__/test-project.ts'

const projects: TestProject[] = []
afterEach(async () => {
  await Promise.all(projects.splice(0).map((project) => project.remove()))
})
const emptyFolder = async (): Promise<string> => {
  const project = await testProject()
  projects.push(project)
  return project.folder
}
const written = ['package.json', 'tsconfig.json', '.gitignore', 'hanse.config.ts', 'stack.ts', 'stack.test.ts']
const run = promisify(execFile)
const require = createRequire(import.meta.url)
const repository = dirname(fileURLToPath(new URL('../../../package.json', import.meta.url)))

describe('hanse init', () => {
  it('writes a project that plans, applies, is destroyed, compiles and passes its own test', { timeout: 120_000 }, async () => {
    const cwd = await emptyFolder()
    const ran = await runInProcess(['init', 'my-shop', '--yes'], { cwd })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    for (const file of written) expect(ran.stdout).toContain(`+ ${join('my-shop', file)}\n`)
    expect(ran.stdout).toContain('  cd my-shop\n  npm install\n  npx hanse apply\n')
    const folder = join(cwd, 'my-shop')
    // What npm would install, and the tools of this repository.
    await symlink(join(cwd, 'node_modules'), join(folder, 'node_modules'))

    const applied = await runInProcess(['apply', '--yes'], { cwd: folder })
    expect(applied.stdout).toContain('Plan for my-shop, environment dev')
    expect(applied.stdout).toContain('Done: 4 created')
    expect((await runInProcess(['doctor'], { cwd: folder })).stdout).toContain('Everything is in order.')
    expect((await runInProcess(['destroy', '--yes'], { cwd: folder })).stdout).toContain('Done: 4 deleted')

    await run(
      process.execPath,
      [require.resolve('typescript/bin/tsc', { paths: [repository] }), '-p', folder, '--customConditions', '@hanse/source'],
      { cwd: folder },
    )
    // The same conditions as in this repository, for its packages are not built here.
    const conditions = `['@hanse/source', 'module', 'node', 'import', 'default']`
    await writeFile(
      join(folder, 'vitest.config.mjs'),
      `export default { resolve: { conditions: ${conditions} }, ssr: { resolve: { conditions: ${conditions}, externalConditions: ${conditions} } } }`,
    )
    const tested = await run(
      process.execPath,
      [join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs'), 'run', '--root', folder],
      { cwd: folder },
    )
    expect(tested.stdout).toContain('2 passed')
  })

  it('keeps the state and the embedded cloud out of version control', async () => {
    const cwd = await emptyFolder()
    await runInProcess(['init', 'shop', '--yes'], { cwd })
    expect(await readFile(join(cwd, 'shop', '.gitignore'), 'utf8')).toMatch(/^\.hanse$/m)
  })

  it('overwrites nothing, and names what is there', async () => {
    const cwd = await emptyFolder()
    await mkdir(join(cwd, 'shop'))
    await writeFile(join(cwd, 'shop', 'stack.ts'), 'mine')
    const ran = await runInProcess(['init', 'shop', '--yes'], { cwd })
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain(join(cwd, 'shop', 'stack.ts'))
    expect(await readFile(join(cwd, 'shop', 'stack.ts'), 'utf8')).toBe('mine')
    expect(existsSync(join(cwd, 'shop', 'hanse.config.ts'))).toBe(false)
  })

  it('asks for the name on a terminal and suggests that of the folder', async () => {
    const cwd = await emptyFolder()
    const ran = await runInProcess(['init', 'My Shop'], { cwd, terminal: true, answers: [''] })
    expect(ran.asked).toEqual(['Name of the project [my-shop]: '])
    expect(JSON.parse(await readFile(join(cwd, 'My Shop', 'package.json'), 'utf8')).name).toBe('my-shop')
    const named = await runInProcess(['init', 'other'], { cwd, terminal: true, answers: ['books'] })
    expect(named.code).toBe(0)
    expect(await readFile(join(cwd, 'other', 'stack.ts'), 'utf8')).toContain(`defineStack('books'`)
    expect(await runInProcess(['init', 'third'], { cwd, terminal: true })).toMatchObject({ code: 130 })
    expect(existsSync(join(cwd, 'third'))).toBe(false)
  })

  it('says what it needs where nobody can be asked, and refuses what is no name', async () => {
    const cwd = await emptyFolder()
    const silent = await runInProcess(['init', 'shop'], { cwd })
    expect(silent.code).toBe(64)
    expect(silent.stderr).toContain('--yes')
    const wrong = await runInProcess(['init', 'shop', '--name', 'Ä'], { cwd })
    expect(wrong.code).toBe(64)
    expect(wrong.stderr).toContain('"Ä" is no name')
    expect((await runInProcess(['init', 'shop', '--cloud', 'moon', '--yes'], { cwd })).stderr).toContain('local')
  })
})
