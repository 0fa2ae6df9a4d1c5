import { describe, expect, it } from 'vitest'
import { type ManifestFile, oddManifests } from './manifests.ts'
import { unpublishedImports } from './published-imports.ts'
import { listPaths, readSources } from './source-file.ts'

const paths = listPaths()
const manifests: readonly ManifestFile[] = readSources(paths.filter((path) => /^packages\/[^/]+\/package\.json$/.test(path))).map(
  (file) => ({
    folder: file.path.replace('/package.json', ''),
    manifest: JSON.parse(file.text),
  }),
)
const doors = new Set(
  manifests.flatMap(({ manifest }) => {
    const { name, exports } = manifest
    return typeof exports === 'object' && exports !== null ? Object.keys(exports).map((door) => `${String(name)}${door.slice(1)}`) : []
  }),
)
const core = manifests.find(({ folder }) => folder === 'packages/core')?.manifest ?? {}

describe('manifests of published packages', () => {
  it('all have one shape', () => {
    expect(manifests.length).toBeGreaterThan(4)
    expect(oddManifests(manifests)).toEqual([])
  })

  it.each<[string, object]>([
    ['another licence', { license: 'MIT' }],
    ['a version outside the catalog', { dependencies: { neverthrow: '^8.2.0' } }],
    ['a neighbour that is not linked', { devDependencies: { '@hanse/driver-local': '^0.1.0' } }],
    ['source files in the package', { files: ['dist', 'src', 'README.md', 'LICENSE'] }],
    ['an engine of its own', { engines: { node: '>=22' } }],
    ['a published source condition', { publishConfig: { access: 'public', exports: core.exports } }],
    ['dependencies in disorder', { devDependencies: { vitest: 'catalog:', 'fast-check': 'catalog:' } }],
    ['another folder', { repository: { type: 'git', url: 'git+https://github.com/hanse-cloud/hanse.git', directory: 'packages/cli' } }],
  ])('are odd with %s', (_what, change) => {
    expect(oddManifests([{ folder: 'packages/core', manifest: { ...core, ...change } }])).toHaveLength(1)
  })

  it('are odd with a key more, a key less or keys in another order', () => {
    const { version, ...rest } = core
    for (const manifest of [{ ...core, keywords: [] }, rest, { ...rest, version }]) {
      expect(oddManifests([{ folder: 'packages/core', manifest }])).toHaveLength(1)
    }
  })

  it('are odd with a door whose three files differ in name', () => {
    const exports = { '.': { '@hanse/source': './src/cloud.ts', types: './dist/index.d.mts', default: './dist/index.mjs' } }
    const published = { '.': { types: './dist/index.d.mts', default: './dist/index.mjs' } }
    const manifest = { ...core, exports, publishConfig: { access: 'public', exports: published } }
    expect(oddManifests([{ folder: 'packages/core', manifest }])).toHaveLength(1)
  })
})

describe('examples and documents', () => {
  it('import only what is published', () => {
    const pages = readSources(paths.filter((path) => /^(examples\/.*\.ts|(docs|examples|packages)\/.*\.md|README\.md)$/.test(path)))
    expect(
      unpublishedImports(
        pages.filter((page) => !page.path.startsWith('docs/reference/api/')),
        doors,
      ),
    ).toEqual([])
  })

  it.each([
    ['examples/01-x/main.ts', "import { cloud } from '../../packages/core/src/cloud.ts'"],
    ['examples/01-x/main.ts', "import { cloud } from '@hanse/core/src/cloud.ts'"],
    ['examples/01-x/main.ts', "import { cloud } from '../02-y/main.ts'"],
    ['examples/01-x/main.ts', "import { portable } from '@hanse/core/portable'"],
    ['docs/x.md', "text\n```ts\nimport { portable } from '@hanse/core/portable'\n```\n"],
  ])('may not say %s: %j', (path, text) => {
    expect(unpublishedImports([{ path, text }], doors)).toHaveLength(1)
  })

  it('are told the line of the document', () => {
    const text = "# Title\n\n```ts\nconst x = 1\nimport { y } from '@hanse/core/y'\n```\n"
    expect(unpublishedImports([{ path: 'docs/x.md', text }], doors)).toEqual(['docs/x.md:5 imports @hanse/core/y: no package exports that'])
  })

  it.each([
    ['examples/01-x/main.ts', "import { openCloud } from '@hanse/core'"],
    ['examples/01-x/main.ts', "import stack from './stack.ts'"],
    ['examples/01-x/main.test.ts', "import { it } from 'vitest'"],
    ['docs/x.md', "```sh\nimport x from '@hanse/nothing'\n```"],
    ['docs/x.md', "import x from '@hanse/nothing'"],
  ])('may say %s: %j', (path, text) => {
    expect(unpublishedImports([{ path, text }], doors)).toEqual([])
  })
})

describe('folders', () => {
  const owners = (root: string) => [...new Set(paths.filter((path) => path.startsWith(`${root}/`)).map((path) => path.split('/')[1] ?? ''))]
  const lacks = (root: string, wanted: readonly string[], have: readonly string[] = paths) =>
    owners(root).flatMap((name) => wanted.map((file) => `${root}/${name}/${file}`).filter((file) => !have.includes(file)))

  it('of packages hold a README, a manifest and a front door', () => {
    expect(owners('packages').length).toBeGreaterThan(4)
    expect(lacks('packages', ['README.md', 'package.json', 'src/index.ts'])).toEqual([])
  })

  it('of examples hold a README, a manifest, the program and its test', () => {
    // The demo is a whole project and has a command of its own: npm run demo.
    const wanted = lacks('examples', ['README.md', 'package.json', 'main.ts', 'main.test.ts'])
    expect(wanted.filter((path) => !path.startsWith('examples/00-demo/main'))).toEqual([])
  })

  it('without a README are named', () => {
    const have = paths.filter((path) => path.startsWith('packages/')).map((path) => path.replace(/[^/]+$/, 'README.md'))
    expect(
      lacks(
        'packages',
        ['README.md'],
        have.filter((path) => path !== 'packages/core/README.md'),
      ),
    ).toEqual(['packages/core/README.md'])
  })
})

describe('dependencies', () => {
  const catalogOf = (yaml: string): readonly string[] => {
    const section = /^catalog:\n((?: {2}.*\n)*)/m.exec(yaml)?.[1] ?? ''
    return [...section.matchAll(/^ {2}"?([^":]+)"?: /gm)].flatMap((match) => match[1] ?? [])
  }
  const reasonsIn = (page: string): readonly string[] =>
    [...page.matchAll(/^\| ([^|]+) \|/gm)].flatMap((match) => (match[1] ?? '').split(', ')).filter((name) => !/^(package|-+)$/.test(name))
  const [workspace, page] = readSources(['pnpm-workspace.yaml', 'docs/explanation/dependencies.md'])

  it('each have a reason, and nothing else has one', () => {
    expect(catalogOf(workspace?.text ?? '').length).toBeGreaterThan(10)
    expect([...reasonsIn(page?.text ?? '')].sort()).toEqual([...catalogOf(workspace?.text ?? '')].sort())
  })

  it('are read from the catalog with and without quotes', () => {
    expect(catalogOf('packages:\n  - x\ncatalog:\n  "@a/b": 1.0.0\n  c-d: 2.0.0\nother: 1\n')).toEqual(['@a/b', 'c-d'])
    expect(reasonsIn('| package | reason |\n|---|---|\n| @a/b | good |\n| c-d, e | better |\n')).toEqual(['@a/b', 'c-d', 'e'])
  })
})
