import { join } from 'node:path'
import { fileStateStore } from '@hanse/provisioning'
import { afterEach, describe, expect, it } from 'vitest'
import { runInProcess } from './__fixtures__/test-host.ts'
import { shopFiles, testProject } from './__fixtures__/test-project.ts'
import type { TestProject } from './__fixtures__/test-project.ts'

const projects: TestProject[] = []
afterEach(async () => {
  await Promise.all(projects.splice(0).map((project) => project.remove()))
})
const shop = async (more: Readonly<Record<string, string>> = {}): Promise<string> => {
  const project = await testProject({ ...shopFiles, ...more })
  projects.push(project)
  return project.folder
}
const broken = (shopFiles['hanse.config.ts'] ?? '').replace(/away: local\(\{.*?\}\)/, `away: local({ path: '' })`)

describe('hanse clouds', () => {
  it('names the clouds, their drivers, their environments and what they can do, and opens none', async () => {
    const cwd = await shop({ 'hanse.config.ts': broken })
    const ran = await runInProcess(['clouds'], { cwd })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toMatch(/^CLOUD +DRIVER +ENVIRONMENTS\nhome +local +dev\naway +local +prod\n/)
    expect(ran.stdout).toMatch(/^ {2}always +[\s\S]*server \([^)]*console[^)]*\)/m)
  })

  it('--check opens each, and fails when one does not open', async () => {
    const cwd = await shop({ 'hanse.config.ts': broken })
    const ran = await runInProcess(['clouds', '--check'], { cwd })
    expect(ran.code).toBe(1)
    expect(ran.stdout).toMatch(/home +local +dev +yes\n/)
    expect(ran.stdout).toMatch(/away +local +prod +no: InvalidArgument: path/)
    const json = JSON.parse((await runInProcess(['clouds', '--check', '--json'], { cwd })).stdout)
    expect(json).toMatchObject({
      version: 1,
      type: 'clouds',
      clouds: [
        { name: 'home', has: expect.arrayContaining(['server']) },
        { name: 'away', error: { code: 'InvalidArgument' } },
      ],
    })
  })
})

describe('hanse doctor', () => {
  it('finds everything in order where it is, before the first apply and after it', async () => {
    const cwd = await shop()
    const before = await runInProcess(['doctor'], { cwd })
    expect(before).toMatchObject({ code: 0, stderr: '' })
    expect(before.stdout).toContain('nothing has been applied to dev yet')
    await runInProcess(['apply', '--yes'], { cwd })
    const after = await runInProcess(['doctor'], { cwd })
    expect(after.stdout).toContain('4 resources recorded, readable, and nobody else is writing')
    expect(after.stdout).toContain('Everything is in order.')
  })

  it('says what is wrong with the configuration, and how to begin without one', async () => {
    const project = await testProject()
    projects.push(project)
    const ran = await runInProcess(['doctor'], { cwd: project.folder })
    expect(ran.code).toBe(1)
    expect(ran.stdout).toMatch(/✗ configuration +There is no hanse\.config\.ts/)
    expect(ran.stdout).toContain('hanse init')
  })

  it('says which cloud does not open', async () => {
    const cwd = await shop({ 'hanse.config.ts': broken })
    const ran = await runInProcess(['doctor', '--env', 'prod'], { cwd })
    expect(ran.code).toBe(1)
    expect(ran.stdout).toMatch(/✗ cloud away +The cloud away could not be opened/)
  })

  it('warns when somebody holds the lease, and names them', async () => {
    const cwd = await shop()
    await runInProcess(['apply', '--yes'], { cwd })
    const state = (await fileStateStore(join(cwd, '.hanse', 'state')).open('shop', 'dev'))._unsafeUnwrap()
    const session = (await state.lease())._unsafeUnwrap()
    const ran = await runInProcess(['doctor', '--json'], { cwd })
    expect(ran.code).toBe(0)
    const checks = JSON.parse(ran.stdout).checks
    expect(checks.find(({ name }: { name: string }) => name === 'state')).toMatchObject({
      status: 'warn',
      message: expect.stringContaining(String(process.pid)),
    })
    ;(await session.release())._unsafeUnwrap()
  })

  it('warns of a key that is missing as long as nothing is lost, and fails when the state was written with it', async () => {
    const cwd = await shop({ 'stack.ts': (shopFiles['stack.ts'] ?? '').replace('subnets: [front]', `subnets: [front], userData: 'x'`) })
    const before = await runInProcess(['doctor'], { cwd })
    expect(before).toMatchObject({ code: 0 })
    expect(before.stdout).toMatch(/! state key +there is none yet/)
    await runInProcess(['apply', '--yes'], { cwd })
    expect((await runInProcess(['doctor'], { cwd })).stdout).toMatch(/✓ state key +.*shop\.key, id [0-9a-f]{16}/)
    const lost = await runInProcess(['doctor'], { cwd, env: { XDG_CONFIG_HOME: join(cwd, 'other') } })
    expect(lost.code).toBe(1)
    expect(lost.stdout).toMatch(/✗ state key +the state is written with the key [0-9a-f]{16}, and there is none here/)
    const wrong = await runInProcess(['doctor'], { cwd, env: { HANSE_STATE_KEY: 'no key' } })
    expect(wrong.stdout).toMatch(/✗ state key +HANSE_STATE_KEY: /)
    expect(wrong.stdout).not.toContain('no key\n')
  })

  it('says that the state cannot be written where it is to lie', async () => {
    const cwd = await shop()
    const ran = await runInProcess(['doctor', '--state', 'stack.ts/state'], { cwd })
    expect(ran.code).toBe(1)
    expect(ran.stdout).toContain(`✗ state folder   ${join(cwd, 'stack.ts')} cannot be read and written`)
  })
})
