import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { repositoryRoot } from '../architecture/source-file.ts'
import { tryCommand } from '../packaging/run-command.ts'

// Programs of users, compiled against the packs as they are installed, with every compiler and setting that users have.
const folder = join(inject('bareProject'), 'consumers')
const require = createRequire(import.meta.url)
const compilers = ['typescript-5.9', 'typescript', 'typescript-7'].map((name) => {
  const manifest = require.resolve(`${name}/package.json`)
  return { version: String(require(manifest).version), tsc: join(manifest, '..', 'bin/tsc') }
})
const settings = ['nodenext', 'bundler'].flatMap((resolution) => [true, false].map((exact) => ({ resolution, exact })))

beforeAll(() => {
  cpSync(join(repositoryRoot, 'test/typing/consumers'), folder, { recursive: true })
  for (const { resolution, exact } of settings)
    writeFileSync(join(folder, `${resolution}-${exact}.json`), JSON.stringify(project(resolution, exact)))
})

function project(resolution: string, exact: boolean) {
  return {
    compilerOptions: {
      target: 'es2023',
      module: resolution === 'nodenext' ? 'nodenext' : 'esnext',
      moduleResolution: resolution,
      strict: true,
      exactOptionalPropertyTypes: exact,
      // Our declarations are checked like the user's own, once with either resolution and either meaning of optional members.
      skipLibCheck: exact !== (resolution === 'nodenext'),
      noEmit: true,
      types: ['node'],
      typeRoots: [join(repositoryRoot, 'node_modules/@types')],
    },
    include: ['*.ts'],
  }
}

describe.each(compilers)('TypeScript $version', ({ tsc }) => {
  it.each(settings)(
    'accepts every program with $resolution resolution, exactOptionalPropertyTypes $exact',
    async ({ resolution, exact }) => {
      const result = await tryCommand(process.execPath, [tsc, '--project', `${resolution}-${exact}.json`, '--listFiles'], { cwd: folder })
      expect(result.code, result.stdout.replaceAll(/^\/.*\n/gm, '')).toBe(0)
      for (const program of readdirSync(folder).filter((file) => file.endsWith('.ts')))
        expect(result.stdout).toContain(`/consumers/${program}`)
      expect(result.stdout).toMatch(/@hanse\/core\/dist\/index\.d\.mts/)
    },
  )
})

it('the compilers are those that users have', () => {
  expect(
    compilers.map(({ version }) =>
      version
        .split('.')
        .slice(0, version.startsWith('5') ? 2 : 1)
        .join('.'),
    ),
  ).toEqual(['5.9', '6', '7'])
})

// Types that have become `any` accept everything; a line that must not compile shows that they have not.
it.each(readdirSync(join(repositoryRoot, 'test/typing/consumers')))('%s holds a line that must not compile', (program) => {
  expect(readFileSync(join(repositoryRoot, 'test/typing/consumers', program), 'utf8')).toContain('@ts-expect-error')
})
