import { join } from 'node:path'
import { fileStateStore } from '@hanse/provisioning'
import { afterEach, describe, expect, it } from 'vitest'
import { startHanse } from './__fixtures__/hanse-process.ts'
import type { HanseProcess } from './__fixtures__/hanse-process.ts'
import { shopFiles, testProject } from './__fixtures__/test-project.ts'
import type { TestProject } from './__fixtures__/test-project.ts'

const projects: TestProject[] = []
const running: HanseProcess[] = []
afterEach(async () => {
  for (const one of running) one.kill('SIGKILL')
  await Promise.all(running.splice(0).map(({ ended }) => ended))
  await Promise.all(projects.splice(0).map((project) => project.remove()))
})
const shop = async (): Promise<string> => {
  const project = await testProject(shopFiles)
  projects.push(project)
  return project.folder
}
const hanse = (argv: readonly string[], cwd: string, env?: Readonly<Record<string, string>>): HanseProcess => {
  const started = startHanse(argv, cwd, env)
  running.push(started)
  return started
}
const slowly = { SHOP_DELAY_MS: '900' }

describe('a process of hanse', { timeout: 60_000 }, () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'that gets %s in the middle of an apply finishes what is under way, says what is left and exits with 130',
    async (signal) => {
      const cwd = await shop()
      const first = hanse(['apply', '--yes'], cwd, slowly)
      await first.says('creating network net')
      first.kill(signal)
      expect(await first.ended).toBe(130)
      expect(first.stdout()).toContain('✓ created  network net')
      expect(first.stderr()).toMatch(/2 left: front, web/)
      expect(first.stderr()).not.toMatch(/^\s+at /m)
      const second = hanse(['apply', '--yes'], cwd)
      expect(await second.ended).toBe(0)
      expect(second.stdout()).toContain('Done: 2 created')
    },
  )

  it('that gets SIGINT twice ends at once, and the next run recovers', async () => {
    const cwd = await shop()
    const first = hanse(['apply', '--yes'], cwd, { SHOP_DELAY_MS: '30000' })
    await first.says('waiting  network net')
    first.kill('SIGINT')
    while (!first.stderr().includes('nothing new begins')) await new Promise((resolve) => setTimeout(resolve, 20))
    first.kill('SIGINT')
    expect(await first.ended).toBe(130)
    expect(first.stderr()).toContain('The next run finds out')
    const second = hanse(['plan'], cwd)
    expect(await second.ended).toBe(0)
    expect(second.stdout()).toContain('recovered network net')
  })

  it('fails at once when another holds the lease, and names the holder; with --lock-timeout it waits', async () => {
    const cwd = await shop()
    const state = (await fileStateStore(join(cwd, '.hanse', 'state')).open('shop', 'dev'))._unsafeUnwrap()
    const session = (await state.lease())._unsafeUnwrap()
    const impatient = hanse(['apply', '--yes'], cwd)
    expect(await impatient.ended).toBe(1)
    expect(impatient.stderr()).toContain('LeaseHeld')
    expect(impatient.stderr()).toContain(String(process.pid))
    const patient = hanse(['apply', '--yes', '--lock-timeout', '50s'], cwd)
    expect(await Promise.race([patient.ended, new Promise((resolve) => setTimeout(resolve, 3000, 'waits'))])).toBe('waits')
    ;(await session.release())._unsafeUnwrap()
    expect(await patient.ended).toBe(0)
    expect(patient.stdout()).toContain('Done: 4 created')
  })

  it('and another that apply the same stack at once make it once', async () => {
    const cwd = await shop()
    const both = [hanse(['apply', '--yes', '--lock-timeout', '50s'], cwd), hanse(['apply', '--yes', '--lock-timeout', '50s'], cwd)]
    expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0])
    const said = both.map(({ stdout }) => stdout()).join('')
    expect(said).toContain('Done: 4 created')
    expect(said).toContain('Nothing to do: 4 as wanted.')
  })

  it('that is killed leaves a state from which the next apply recovers, and says so', async () => {
    const cwd = await shop()
    const first = hanse(['apply', '--yes'], cwd, slowly)
    await first.says('waiting  server  web')
    first.kill('SIGKILL')
    expect(await first.ended).toBe('SIGKILL')
    const second = hanse(['apply', '--yes'], cwd)
    expect(await second.ended).toBe(0)
    expect(second.stdout()).toMatch(/recovered server web: an earlier run had begun to create it; it is there \([\w-]+\) and is kept\./)
    const servers = hanse(['server', 'ls', '--json'], cwd)
    expect(await servers.ended).toBe(0)
    expect(JSON.parse(servers.stdout()).items).toHaveLength(1)
    const destroyed = hanse(['destroy', '--yes', '--json'], cwd)
    expect(await destroyed.ended).toBe(0)
    const last = destroyed.stdout().trim().split('\n').at(-1) ?? ''
    expect(JSON.parse(last)).toMatchObject({ type: 'finished', command: 'destroy', summary: { delete: 4 } })
  })
})
