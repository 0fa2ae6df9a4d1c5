import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { runInProcess, testHost } from './__fixtures__/test-host.ts'
import type { Ran } from './__fixtures__/test-host.ts'
import { shopFiles, testProject } from './__fixtures__/test-project.ts'
import type { TestProject } from './__fixtures__/test-project.ts'
import { runCli } from './run-cli.ts'

const projects: TestProject[] = []
afterEach(async () => {
  await Promise.all(projects.splice(0).map((project) => project.remove()))
})

const shop = async (more: Readonly<Record<string, string>> = {}): Promise<TestProject> => {
  const project = await testProject({ ...shopFiles, ...more })
  projects.push(project)
  return project
}
const eventsOf = ({ stdout }: Ran): readonly { readonly version: number; readonly type: string; readonly [name: string]: unknown }[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('plan, apply and destroy', () => {
  it('make a stack, see that nothing is left to do, and take it away', async () => {
    const { folder: cwd } = await shop()
    const planned = await runInProcess(['plan'], { cwd })
    expect(planned.stdout).toContain('  + create  network net   as shop-dev-net\n')
    expect(planned.stdout).toContain('4 to create.')
    expect(planned).toMatchObject({ code: 0, stderr: '' })

    const applied = await runInProcess(['apply', '--yes'], { cwd })
    expect(applied.stdout).toMatch(/✓ created {2}server {2}web {4}[\w-]+ {2}[\d.]+ s\n/)
    expect(applied.stdout).toMatch(/Done: 4 created in [\d.]+ s\.\n/)
    expect(applied.stdout).toMatch(/addresses +10\.0\.0\.\d+\n$/)
    expect(applied).toMatchObject({ code: 0, stderr: '' })

    expect((await runInProcess(['plan', '--detailed-exitcode'], { cwd })).code).toBe(0)
    expect((await runInProcess(['apply', '--yes'], { cwd })).stdout).toContain('Nothing to do: 4 as wanted.')

    const destroyed = await runInProcess(['destroy', '--yes'], { cwd })
    expect(destroyed.stdout).toMatch(/Done: 4 deleted in/)
    expect((await runInProcess(['server', 'ls'], { cwd })).stdout).toBe('No servers.\n')
  })

  it('exit with 2 when there are changes and --detailed-exitcode is given', async () => {
    const { folder: cwd } = await shop()
    expect((await runInProcess(['plan', '--detailed-exitcode'], { cwd })).code).toBe(2)
    expect((await runInProcess(['plan'], { cwd })).code).toBe(0)
  })

  it('print one JSON document for a plan, and one event a line for an apply, each with the version of the format', async () => {
    const { folder: cwd } = await shop()
    const planned = await runInProcess(['plan', '--json'], { cwd })
    expect(JSON.parse(planned.stdout)).toMatchObject({
      version: 1,
      type: 'plan',
      plan: { stack: 'shop', environment: 'dev', summary: { create: 4 } },
    })
    const events = eventsOf(await runInProcess(['apply', '--yes', '--json'], { cwd }))
    expect(events.every(({ version }) => version === 1)).toBe(true)
    const types = events.map(({ type }) => type)
    expect(types.slice(0, 2)).toEqual(['refreshing', 'planned'])
    expect(types.filter((type) => type === 'done')).toHaveLength(4)
    expect(events.at(-1)).toMatchObject({
      type: 'finished',
      command: 'apply',
      summary: { create: 4 },
      outputs: { addresses: [expect.any(String)] },
    })
  })

  it('choose the environment by --env, dev when left out, and bind a cloud anew by --cloud', async () => {
    const { folder: cwd } = await shop()
    await runInProcess(['apply', '--yes', '--env', 'prod'], { cwd })
    expect((await runInProcess(['server', 'ls', '--env', 'prod'], { cwd })).stdout).toContain('shop-prod-web')
    expect((await runInProcess(['server', 'ls', '--cloud', 'away'], { cwd })).stdout).toContain('shop-prod-web')
    expect((await runInProcess(['server', 'ls'], { cwd })).stdout).toBe('No servers.\n')
    await runInProcess(['apply', '--yes', '--cloud', 'main=away'], { cwd })
    expect((await runInProcess(['server', 'ls', '--cloud', 'away'], { cwd })).stdout).toContain('shop-dev-web')
  })

  it('keep the state where --state says', async () => {
    const { folder: cwd } = await shop()
    await runInProcess(['apply', '--yes', '--state', 'elsewhere'], { cwd })
    expect(await readdir(join(cwd, 'elsewhere', 'shop', 'dev'))).toContain('journal')
    expect(await readdir(join(cwd, '.hanse'))).not.toContain('state')
  })
})

describe('the question', () => {
  it('is asked on a terminal, and only a yes goes on', async () => {
    const { folder: cwd } = await shop()
    const no = await runInProcess(['apply'], { cwd, terminal: true, answers: ['n'] })
    expect(no.asked).toEqual(['Apply this to shop, environment dev? [y/N] '])
    expect(no).toMatchObject({ code: 1 })
    expect(no.stdout).toContain('Nothing was changed.')
    const unsure = await runInProcess(['apply'], { cwd, terminal: true, answers: [''] })
    expect(unsure.code).toBe(1)
    const interrupted = await runInProcess(['apply'], { cwd, terminal: true })
    expect(interrupted.code).toBe(130)
    const yes = await runInProcess(['apply'], { cwd, terminal: true, answers: ['y'] })
    expect(yes.code).toBe(0)
    expect(yes.stdout).toContain('4 created')
  })

  it('is not asked when there is nothing to do', async () => {
    const { folder: cwd } = await shop()
    await runInProcess(['apply', '--yes'], { cwd })
    expect(await runInProcess(['apply'], { cwd, terminal: true })).toMatchObject({ code: 0, asked: [] })
  })

  it('cannot be asked without a terminal, and the error names --yes', async () => {
    const { folder: cwd } = await shop()
    const ran = await runInProcess(['destroy'], { cwd })
    expect(ran.code).toBe(64)
    expect(ran.stderr).toContain('--yes')
  })
})

describe('an interruption', () => {
  it('begins nothing new, finishes what is under way, says what is left and exits with 130', async () => {
    const { folder: cwd } = await shop({
      'hanse.config.ts': (shopFiles['hanse.config.ts'] ?? '').replace("Number(process.env['SHOP_DELAY_MS'] ?? 0)", '150'),
    })
    const world = testHost(['apply', '--yes'], {
      cwd,
      onOutput: (text) => {
        if (text.includes('creating network net')) world.interrupt()
      },
    })
    const ran = world.ran(await runCli(world.host))
    expect(ran.code).toBe(130)
    expect(ran.stderr).toContain('nothing new begins')
    expect(ran.stderr).toContain('3 left: files, front, web')
    expect(ran.stdout).toContain('✓ created  network net')
    expect(ran.stdout).not.toContain('created  server')
    expect(ran.exited).toBeUndefined()
    const again = await runInProcess(['apply', '--yes'], { cwd })
    expect(again.stdout).toContain('Done: 3 created')
  })

  it('that is repeated ends the process at once', async () => {
    const { folder: cwd } = await shop()
    const world = testHost(['apply', '--yes'], {
      cwd,
      onOutput: (text) => {
        if (text.includes('creating network net')) {
          world.interrupt()
          world.interrupt()
        }
      },
    })
    const ran = world.ran(await runCli(world.host))
    expect(ran.exited).toBe(130)
    expect(ran.stderr).toContain('The next run finds out')
  })
})

describe('secrets of a stack', () => {
  it('are encrypted with a key that is made on first need, outside the state, and stand nowhere', async () => {
    const canary = 'canary-7c1f'
    const { folder: cwd } = await shop({
      'stack.ts': (shopFiles['stack.ts'] ?? '').replace('subnets: [front]', `subnets: [front], userData: '${canary}'`),
    })
    const first = await runInProcess(['apply', '--yes'], { cwd, env: { XDG_CONFIG_HOME: join(cwd, 'config') } })
    expect(first.code).toBe(0)
    expect(first.stderr).toContain(join(cwd, 'config', 'hanse', 'keys', 'shop.key'))
    const again = await runInProcess(['plan', '--json'], { cwd, env: { XDG_CONFIG_HOME: join(cwd, 'config') } })
    expect(again.stderr).toBe('')
    const journal = join(cwd, '.hanse', 'state', 'shop', 'dev', 'journal')
    const parts = await Promise.all((await readdir(journal)).map((name) => readFile(join(journal, name), 'utf8')))
    const state = parts.join('')
    for (const text of [first.stdout, first.stderr, again.stdout, state]) expect(text).not.toContain(canary)
    expect(state).toContain('$secret')

    const lost = await runInProcess(['apply', '--yes'], { cwd, env: { XDG_CONFIG_HOME: join(cwd, 'other') } })
    expect(lost.code).toBe(1)
    expect(lost.stderr).toContain('WrongStateKey')
    expect(await readdir(cwd)).not.toContain('other')
  })
})
