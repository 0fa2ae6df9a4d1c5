import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { runInProcess } from './__fixtures__/test-host.ts'
import { shopFiles, testProject } from './__fixtures__/test-project.ts'
import type { TestProject } from './__fixtures__/test-project.ts'

const projects: TestProject[] = []
afterEach(async () => {
  await Promise.all(projects.splice(0).map((project) => project.remove()))
})

const inProject = async (files: Readonly<Record<string, string>>, argv: readonly string[]) => {
  const project = await testProject(files)
  projects.push(project)
  const ran = await runInProcess(argv, { cwd: project.folder })
  expect(ran.stdout + ran.stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
  return { ...ran, folder: project.folder }
}
const config = (text: string) => ({
  ...shopFiles,
  'hanse.config.ts': `import { local } from '@hanse/driver-local'\nimport { shop } from './stack.ts'\n${text}`,
})

describe('a configuration that cannot be used', () => {
  it('because it is missing: says where it was looked for, and how to begin', async () => {
    const ran = await inProject({}, ['plan'])
    expect(ran.code).toBe(64)
    expect(ran.stderr).toContain(ran.folder)
    expect(ran.stderr).toContain('hanse.config.ts, hanse.config.mts, hanse.config.js, hanse.config.mjs')
    expect(ran.stderr).toContain('hanse init')
  })

  it('because the one that was named is missing: names it', async () => {
    const ran = await inProject(shopFiles, ['plan', '--config', 'other.ts'])
    expect(ran.code).toBe(64)
    expect(ran.stderr).toContain(join(ran.folder, 'other.ts'))
  })

  it('because it has no default export', async () => {
    const ran = await inProject(config('export const config = { shop, local }'), ['plan'])
    expect(ran.code).toBe(64)
    expect(ran.stderr).toContain(`${join(ran.folder, 'hanse.config.ts')} has no default export`)
  })

  it.each([
    ['export default 7', 'the configuration must be an object'],
    [
      'export default { clouds: { home: local({}) }, stack: shop, environments: { dev: "scs" } }',
      'environments.dev must name one of the clouds (home), and is "scs"',
    ],
    [
      'export default { clouds: { home: local({}) }, stack: shop, environments: { dev: { main: "home", edge: 7 } } }',
      'environments.dev.edge must name one of the clouds (home), and is a number',
    ],
    [
      'export default { clouds: { home: "local" }, stack: shop, environments: { dev: "home" } }',
      'clouds.home must be a cloud that a driver makes',
    ],
    [
      'export default { clouds: { home: local({}) }, stack: { name: "shop" }, environments: { dev: "home" } }',
      'stack must be what defineStack gives',
    ],
    ['export default { clouds: { home: local({}) }, stack: shop, environments: {}, more: 1 }', 'more is not a member here'],
  ])('as in %s: names the member', async (text, message) => {
    const ran = await inProject(config(text), ['plan'])
    expect(ran.code).toBe(64)
    expect(ran.stderr).toContain(message)
  })

  it('because it throws: gives the message and the place', async () => {
    const ran = await inProject(config(`throw new Error('no luck ' + typeof shop + typeof local)`), ['plan'])
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('no luck')
    expect(ran.stderr).toMatch(/hanse\.config\.ts:3:\d+ could not be loaded/)
  })

  it('because of a syntax error: names the file', async () => {
    const ran = await inProject({ 'hanse.config.mjs': 'export default {' }, ['plan'])
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('hanse.config.mjs')
  })

  it('because a package is missing: says how to install it', async () => {
    const ran = await inProject({ 'hanse.config.mjs': `import '@acme/cloud'\nexport default {}` }, ['plan'])
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('@acme/cloud')
  })

  it('is told as JSON where that was asked for', async () => {
    const ran = await inProject({}, ['plan', '--json'])
    expect(JSON.parse(ran.stderr)).toMatchObject({
      version: 1,
      type: 'error',
      code: 'ConfigNotFound',
      exit: 64,
      remedy: expect.stringContaining('hanse init'),
    })
    expect(ran.stdout).toBe('')
  })
})

describe('the choice of environment and clouds', () => {
  const several = config('export default { clouds: { home: local({}) }, stack: shop, environments: { test: "home", prod: "home" } }')

  it('must be made when there are several and none is dev', async () => {
    const ran = await inProject(several, ['plan'])
    expect(ran.code).toBe(64)
    expect(ran.stderr).toContain('test, prod')
    expect(ran.stderr).toContain('--env')
  })

  it('must name what there is', async () => {
    expect((await inProject(several, ['plan', '--env', 'dev'])).stderr).toContain('There is no environment dev; there are test, prod.')
    expect((await inProject(several, ['plan', '--env', 'test', '--cloud', 'edge=home'])).stderr).toContain(
      'the stack has no cloud edge; it has main',
    )
    expect((await inProject(several, ['plan', '--env', 'test', '--cloud', 'main=scs'])).stderr).toContain(
      'the project has no cloud scs; it has home',
    )
    expect((await inProject(several, ['server', 'ls', '--cloud', 'scs'])).stderr).toContain('There is no cloud scs; there are home.')
  })

  it('is checked against what the stack needs before anything is asked of the cloud', async () => {
    const ran = await inProject(
      {
        ...config(
          'const small = { ...local({}), load: async () => { const bound = await local({}).load(); return { ...bound, driver: { ...bound.driver, always: ["network", "subnet"] } } } }\nexport default { clouds: { small }, stack: shop, environments: { dev: "small" } }',
        ),
      },
      ['apply', '--yes'],
    )
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('has no server')
    expect(ran.stderr).toContain('has no bucket')
  })
})

describe('a stack that is not sound', () => {
  it('is answered with every problem and its path, and nothing is done', async () => {
    const ran = await inProject(
      {
        ...shopFiles,
        'stack.ts': `import { defineStack, network, subnet } from '@hanse/provisioning'
const net = network({})
export const shop = defineStack('shop', { a: net, b: net, c: subnet({ network: network({}), cidr: '10.0.0.0/33' }) })`,
      },
      ['plan'],
    )
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('b: is the same resource as a')
    expect(ran.stderr).toContain('c.cidr: expected a range in CIDR notation')
  })

  it('names the field in JSON', async () => {
    const ran = await inProject(
      {
        ...shopFiles,
        'stack.ts': `import { defineStack, network, subnet } from '@hanse/provisioning'
const net = network({})
export const shop = defineStack('shop', { net, front: subnet({ network: net, cidr: 'x' }) })`,
      },
      ['apply', '--yes', '--json'],
    )
    expect(JSON.parse(ran.stderr)).toMatchObject({ code: 'InvalidStack', path: ['front', 'cidr'] })
  })
})

describe('a stack trace', () => {
  it('is shown with HANSE_DEBUG only', async () => {
    const project = await testProject(shopFiles)
    projects.push(project)
    const plain = await runInProcess(['server', 'get', 'nothing'], { cwd: project.folder })
    expect(plain.stderr).not.toMatch(/^\s+at /m)
    const debug = await runInProcess(['server', 'get', 'nothing'], { cwd: project.folder, env: { HANSE_DEBUG: '1' } })
    expect(debug.stderr).toMatch(/^\s+at /m)
  })
})

describe('a command line that cannot be used', () => {
  it.each([
    [['aply'], 'Did you mean apply?'],
    [['servr', 'ls'], 'Did you mean server?'],
    [['apply', '--yess'], 'Did you mean --yes?'],
    [['apply', '--parallelism', '0'], 'expected a whole number from 1 to 1000'],
    [['apply', '--lock-timeout', 'soon'], 'expected a time such as 30s'],
    [['server'], 'hanse server --help'],
    [['object', 'ls'], "missing required argument 'bucket'"],
    [['plan', 'more'], 'too many arguments'],
  ])('%j', async (argv, message) => {
    const ran = await inProject({}, argv)
    expect(ran.code).toBe(64)
    expect(ran.stderr).toContain(message)
  })
})
