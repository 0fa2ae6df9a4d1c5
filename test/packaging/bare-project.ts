import { mkdtempSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '../architecture/source-file.ts'
import { runCommand } from './run-command.ts'

const pnpm = ['--yes', '--prefer-offline', 'pnpm@10.34.9']

/** Builds every package, in the order of their dependencies. */
export async function buildPackages(): Promise<void> {
  await runCommand('npx', [...pnpm, '--recursive', '--if-present', 'run', 'build'], { cwd: repositoryRoot })
}

/**
 * Packs every package as for the registry and installs the packs with npm into an empty project outside the repository.
 *
 * Returns the project's folder; the packs lie in its `packs`. The caller removes it.
 */
export async function installPacks(): Promise<string> {
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'hanse-bare-')))
  await runCommand(
    'npx',
    [...pnpm, '--recursive', '--filter', './packages/*', 'exec', 'pnpm', 'pack', '--pack-destination', join(project, 'packs')],
    {
      cwd: repositoryRoot,
    },
  )
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'bare', private: true, type: 'module' }))
  const packs = readdirSync(join(project, 'packs')).map((pack) => `./packs/${pack}`)
  await runCommand('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...packs], {
    cwd: project,
    env: withoutNpm(),
  })
  return project
}

/** The environment less what a surrounding `npm run` adds: a newcomer's shell has none of it. */
export function withoutNpm(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(lifecycle|package|config_local_prefix|command)|INIT_CWD|VITEST|NODE_ENV)/.test(name),
    ),
  )
}
