/** A manifest as it was parsed, with its folder (`packages/core`). */
export interface ManifestFile {
  readonly folder: string
  readonly manifest: Readonly<Record<string, unknown>>
}

/** Keys of a published package's manifest, in order; those with `false` only where they are needed. */
const keys: readonly (readonly [key: string, required: boolean])[] = [
  ['name', true],
  ['version', true],
  ['description', true],
  ['license', true],
  ['repository', true],
  ['type', true],
  ['sideEffects', true],
  ['engines', true],
  ['files', true],
  ['bin', false],
  ['exports', true],
  ['scripts', true],
  ['dependencies', true],
  ['devDependencies', true],
  ['peerDependencies', false],
  ['peerDependenciesMeta', false],
  ['publishConfig', true],
]

/** What a published manifest says that is the same for all, given its folder. */
function expected(folder: string): Readonly<Record<string, unknown>> {
  return {
    license: 'Apache-2.0',
    repository: { type: 'git', url: 'git+https://github.com/hanse-cloud/hanse.git', directory: folder },
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.19' },
    files: ['dist', 'README.md', 'LICENSE'],
    scripts: { build: 'pkgroll --clean-dist --sourcemap --target=node20.19' },
  }
}

/** Where published manifests differ from the one shape. */
export function oddManifests(files: readonly ManifestFile[]): readonly string[] {
  return files.flatMap(({ folder, manifest }) =>
    [...oddKeys(manifest), ...oddValues(folder, manifest)].map((what) => `${folder}/package.json: ${what}`),
  )
}

function oddKeys(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  const wanted = keys.filter(([key, required]) => required || key in manifest).map(([key]) => key)
  const actual = Object.keys(manifest)
  return wanted.join() === actual.join() ? [] : [`keys are ${actual.join(' ')}; should be ${wanted.join(' ')}`]
}

function oddValues(folder: string, manifest: Readonly<Record<string, unknown>>): readonly string[] {
  const odd = Object.entries(expected(folder))
    .filter(([key, value]) => JSON.stringify(manifest[key]) !== JSON.stringify(value))
    .map(([key, value]) => `${key} should be ${JSON.stringify(value)}`)
  const exports = record(manifest.exports)
  const published = Object.fromEntries(Object.entries(exports).map(([door, target]) => [door, withoutSource(target)]))
  if (JSON.stringify(manifest.publishConfig) !== JSON.stringify({ access: 'public', exports: published })) {
    odd.push('publishConfig should be { access: "public", exports } with the exports less their @hanse/source')
  }
  for (const [door, target] of Object.entries(exports)) odd.push(...oddDoor(door, target))
  for (const section of ['dependencies', 'devDependencies', 'peerDependencies'])
    odd.push(...oddDependencies(section, record(manifest[section])))
  return odd
}

/** A door names its source, its declarations and its module, all three after the same file. */
function oddDoor(door: string, target: unknown): readonly string[] {
  if (door === './package.json') return target === './package.json' ? [] : ['./package.json should point at itself']
  const source = record(target)['@hanse/source']
  if (typeof source !== 'string') return [`exports "${door}" has no @hanse/source`]
  const stem = /^\.\/src\/(.+)\.ts$/.exec(source)?.[1]
  const wanted = { '@hanse/source': source, types: `./dist/${stem}.d.mts`, default: `./dist/${stem}.mjs` }
  return JSON.stringify(target) === JSON.stringify(wanted) ? [] : [`exports "${door}" should be ${JSON.stringify(wanted)}`]
}

/** Versions stand once, in the catalog; neighbours are linked. A neighbour in devDependencies that published code uses would be bundled. */
function oddDependencies(section: string, dependencies: Readonly<Record<string, unknown>>): readonly string[] {
  const names = Object.keys(dependencies)
  const odd = names.join() === [...names].sort().join() ? [] : [`${section} should be in alphabetical order`]
  for (const [name, range] of Object.entries(dependencies)) {
    if (section === 'peerDependencies' && typeof range === 'string' && /^[\^>=\d]/.test(range)) continue
    const wanted = name.startsWith('@hanse/') || name === 'openstack-client-ts' ? 'workspace:^' : 'catalog:'
    if (range !== wanted) odd.push(`${section}.${name} should be ${wanted}`)
  }
  return odd
}

function withoutSource(target: unknown): unknown {
  if (typeof target === 'string') return target
  const { '@hanse/source': _source, ...rest } = record(target)
  return rest
}

/** JSON is unknown until looked at; anything but an object reads as an empty one. */
function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
