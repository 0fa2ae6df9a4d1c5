import { kinds } from '@hanse/core'
import type { AnyKind } from '@hanse/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kindGroups } from './command/kind-commands.ts'
import { runInProcess } from './__fixtures__/test-host.ts'
import { shopFiles, testProject } from './__fixtures__/test-project.ts'
import type { TestProject } from './__fixtures__/test-project.ts'

const groups = kindGroups()
let project: TestProject
beforeAll(async () => {
  project = await testProject(shopFiles)
  const applied = await runInProcess(['apply', '--yes'], { cwd: project.folder })
  expect(applied.code).toBe(0)
})
afterAll(() => project.remove())

const run = (...argv: readonly string[]) => runInProcess(argv, { cwd: project.folder })

describe('commands of the kinds', () => {
  it('are there for every kind that can be listed or got, and come from nothing but its description', () => {
    for (const kind of Object.values(kinds) as readonly AnyKind[]) {
      const names = groups.find(({ name }) => name.replaceAll('-', '') === kind.kind.toLowerCase())?.commands.map(({ name }) => name) ?? []
      const verbs: readonly string[] = [...kind.verbs, ...Object.keys(kind.actions)]
      expect([kind.kind, names.includes('ls')]).toEqual([kind.kind, verbs.includes('list')])
      expect([kind.kind, names.includes('get')]).toEqual([kind.kind, verbs.includes('get')])
    }
    const pool: AnyKind = { ...kinds.serverGroup, kind: 'gpuPool', plural: 'gpuPools', verbs: ['get', 'list'] }
    expect(kindGroups({ pool }).map(({ name, commands }) => [name, commands.map((command) => command.name)])).toEqual([
      ['gpu-pool', ['get', 'ls']],
    ])
  })

  it('change nothing', () => {
    const changing = Object.values(kinds as Readonly<Record<string, AnyKind>>).flatMap((kind) =>
      Object.entries(kind.actions).flatMap(([name, { effect }]) =>
        effect === 'reads' || effect === 'lists' ? [] : [`${kind.kind} ${name}`],
      ),
    )
    const offered = groups.flatMap(({ name, commands }) => commands.map((command) => `${name} ${command.name}`))
    expect(changing.filter((each) => offered.includes(each))).toEqual([])
    for (const word of ['create', 'update', 'delete', 'put']) expect(offered.filter((each) => each.endsWith(` ${word}`))).toEqual([])
  })

  it.each(
    groups.flatMap(({ name, commands }) => (commands.some((each) => each.name === 'ls' && (each.takes ?? []).length === 0) ? [name] : [])),
  )('hanse %s ls answers with a table, or says that the cloud lacks the kind', async (name) => {
    const ran = await run(name, 'ls')
    if (ran.code === 0) expect(ran.stdout).toMatch(/^(No |NAME)/)
    else expect(ran.stderr).toMatch(/The cloud home \(local\) has no /)
  })

  it('list what is there, filtered by name, label and reference, by name or id', async () => {
    expect((await run('server', 'ls')).stdout).toMatch(/^NAME +ID +STATUS .*\nshop-dev-web +[\w-]+ +Running /)
    expect((await run('server', 'ls', '--name', 'other')).stdout).toBe('No servers.\n')
    expect((await run('server', 'ls', '--label', 'a=b')).stdout).toBe('No servers.\n')
    expect((await run('subnet', 'ls', '--network', 'shop-dev-net')).stdout).toContain('10.0.0.0/24')
    const missing = await run('subnet', 'ls', '--network', 'nowhere')
    expect(missing.code).toBe(1)
    expect(missing.stderr).toContain('NotFound')
    expect((await run('server-size', 'ls', '--limit', '2')).stdout.trim().split('\n')).toHaveLength(3)
  })

  it('show one with the fields of its description, by name or id', async () => {
    const byName = await run('server', 'get', 'shop-dev-web')
    expect(byName.stdout).toMatch(/^kind +server\nname +shop-dev-web\nid +[\w-]+\nstatus +Running/)
    expect(byName.stdout).toMatch(/^owner +stack [\w-]+, environment dev$/m)
    const id = /^id +([\w-]+)$/m.exec(byName.stdout)?.[1] ?? ''
    expect((await run('server', 'get', id)).stdout).toBe(byName.stdout)
    const missing = await run('server', 'get', 'nothing')
    expect(missing).toMatchObject({ code: 1, stdout: '' })
    expect(missing.stderr).toMatch(/^Error: .*nothing\n +code +NotFound\n/)
  })

  it('print one JSON document', async () => {
    const list = JSON.parse((await run('server', 'ls', '--json')).stdout)
    expect(list).toMatchObject({ version: 1, type: 'list', kind: 'server', items: [{ kind: 'server', name: 'shop-dev-web' }] })
    const one = JSON.parse((await run('server', 'get', 'shop-dev-web', '--json')).stdout)
    expect(one).toMatchObject({
      version: 1,
      type: 'value',
      kind: 'server',
      verb: 'get',
      value: { name: 'shop-dev-web', status: { phase: 'Running' } },
    })
    const missing = await run('server', 'get', 'nothing', '--json')
    expect(JSON.parse(missing.stderr)).toMatchObject({ type: 'error', code: 'NotFound', exit: 1, details: { code: 'NotFound' } })
  })

  it('open the cloud so that nothing in it can be changed, and no other cloud', async () => {
    expect((await run('server', 'ls', '--cloud', 'away')).stdout).toBe('No servers.\n')
  })
})
