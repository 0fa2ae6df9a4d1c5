import { describe, expect, it } from 'vitest'
import { importCycles } from './cycles.ts'
import { hiddenExports } from './exports.ts'
import { badNames, strangersAtTheTop, topLevel } from './names.ts'
import { privatePlaces } from './private-places.ts'
import { tooLong } from './sizes.ts'
import { listPaths, readSources } from './source-file.ts'

const paths = listPaths()
const files = readSources(paths)
const code = files.filter((file) => /^(packages|examples|test)\/.*\.ts$/.test(file.path))
const lines = (count: number): string => 'x\n'.repeat(count)

it('reads the whole repository', () => {
  expect(code.length).toBeGreaterThan(20)
  expect(paths).toContain('pnpm-lock.yaml')
  expect(paths).toContain('.github/CODEOWNERS')
  expect(paths.some((path) => path.includes('node_modules'))).toBe(false)
})

describe('imports run in one direction', () => {
  it('in every folder', () => {
    expect(importCycles(code)).toEqual([])
  })

  it('and a circle is named once, with its files', () => {
    const circle = [
      { path: 'packages/core/src/b.ts', text: "import { c } from './deep/c.ts'" },
      { path: 'packages/core/src/deep/c.ts', text: "export { a } from '../a.ts'" },
      { path: 'packages/core/src/a.ts', text: "import { b } from './b.ts'" },
    ]
    expect(importCycles(circle)).toEqual([
      'packages/core/src/a.ts -> packages/core/src/b.ts -> packages/core/src/deep/c.ts -> packages/core/src/a.ts',
    ])
  })

  it('and types may speak of each other', () => {
    const circle = [
      { path: 'a.ts', text: "import type { B } from './b.ts'" },
      { path: 'b.ts', text: "import { a } from './a.ts'" },
    ]
    expect(importCycles(circle)).toEqual([])
  })
})

describe('exports are named', () => {
  it('in every file', () => {
    expect(hiddenExports([...code, ...files.filter((file) => /^[^/]+\.ts$/.test(file.path))])).toEqual([])
  })

  it.each([
    "export * from './x.ts'",
    "export * as x from './x.ts'",
    "export type * from './x.ts'",
    'export default 1',
    'export default function x() {}',
    'const x = 1\nexport { x as default }',
    "export { default } from './x.ts'",
  ])('and %j is not', (text) => {
    expect(hiddenExports([{ path: 'packages/core/src/x.ts', text }])).toHaveLength(1)
  })

  it('and a configuration file exports by default, as its tool wants', () => {
    expect(hiddenExports([{ path: 'vitest.config.ts', text: 'export default {}' }])).toEqual([])
  })
})

describe('names', () => {
  it('of files and folders are kebab-case and say what is inside', () => {
    expect(badNames(paths)).toEqual([])
  })

  it.each([
    'packages/core/src/utils.ts',
    'packages/core/src/helpers/x.ts',
    'packages/core/src/common.test.ts',
    'packages/core/src/types.ts',
    'packages/core/src/openCloud.ts',
    'packages/core/src/Cloud.ts',
    'packages/core/src/open_cloud.ts',
    'packages/core/src/myFolder/x.ts',
  ])('and %s is none', (path) => {
    expect(badNames([path])).toHaveLength(1)
  })

  it.each(['packages/core/src/open-cloud.test-d.ts', 'examples/01-first-server/main.ts', 'packages/core/src/__fixtures__/broken.ts'])(
    'and %s is one',
    (path) => {
      expect(badNames([path])).toEqual([])
    },
  )

  it('at the top of the repository are known', () => {
    expect(strangersAtTheTop(paths)).toEqual([])
    expect(topLevel.filter((name) => name !== 'examples' && !paths.some((path) => path === name || path.startsWith(`${name}/`)))).toEqual(
      [],
    )
  })

  it('at the top of the repository do not grow unseen', () => {
    expect(strangersAtTheTop(['packages/x.ts', 'scripts/x.ts', 'notes.md'])).toEqual(['scripts', 'notes.md'])
  })
})

describe('files are short', () => {
  it('in packages, examples and tests', () => {
    expect(tooLong(code)).toEqual([])
  })

  it('and a longer one is named with its length', () => {
    expect(tooLong([{ path: 'packages/core/src/x.test.ts', text: lines(501) }])).toEqual([
      'packages/core/src/x.test.ts has 501 lines, at most 500',
    ])
    const sources = Array.from({ length: 20 }, (_, n) => ({ path: `packages/core/src/${n}.ts`, text: lines(100) }))
    expect(tooLong([...sources, { path: 'packages/core/src/x.ts', text: lines(401) }])).toEqual([
      'packages/core/src/x.ts has 401 lines, at most 400',
    ])
    expect(tooLong([...sources, { path: 'packages/core/src/x.ts', text: lines(400) }])).toEqual([])
  })

  it('and many that come near the limit are too many', () => {
    const sources = Array.from({ length: 10 }, (_, n) => ({ path: `packages/core/src/${n}.ts`, text: lines(n < 8 ? 100 : 251) }))
    expect(tooLong(sources)).toHaveLength(1)
  })
})

describe('no file names a machine or a registry', () => {
  it('in the whole repository, the lockfile included', () => {
    const own = ['test/architecture/rules.test.ts', 'test/architecture/private-places.ts']
    expect(privatePlaces(files.filter((file) => !own.includes(file.path)))).toEqual([])
  })

  it.each([
    ['docs/x.md', 'see /work/notes'],
    ['docs/x.md', 'open "/home/anna/hanse"'],
    ['docs/x.md', 'in /Users/anna/hanse'],
    ['docs/x.md', 'in /tmp/hanse'],
    ['docs/x.md', 'in C:\\Users\\anna'],
    ['.npmrc', 'registry=https://registry.npmjs.org/'],
    ['.npmrc', '//host/:_authToken=abc'],
    ['pnpm-lock.yaml', '    resolution: {integrity: x, tarball: https://host/x.tgz}'],
  ])('and %s may not say %j', (path, text) => {
    expect(privatePlaces([{ path, text }], [])).toHaveLength(1)
  })

  it.each([
    ['docs/x.md', 'https://example.org/work/notes and ~/work, ./tmp/x, a/root/b'],
    ['pnpm-lock.yaml', '    deprecated: see https://example.org'],
  ])('and %s may say %j', (path, text) => {
    expect(privatePlaces([{ path, text }], [])).toEqual([])
  })

  it('and the name of the machine at hand is looked for', () => {
    expect(privatePlaces([{ path: 'x.md', text: 'built on fjord-builder-7' }], ['fjord-builder-7'])).toEqual(['x.md:1 names this machine'])
  })
})
