import { dirname } from 'node:path'
import { checkConfig } from '@hanse/provisioning'
import type { ProjectConfig } from '@hanse/provisioning'
import { err, ResultAsync } from 'neverthrow'
import type { Result } from 'neverthrow'
import { exitCode } from '../exit-code.ts'
import type { Failure } from '../failure.ts'
import type { Host } from '../host.ts'
import { findConfig } from './find-config.ts'

/** The configuration of a project, checked, and where it lies. */
export interface LoadedConfig {
  readonly path: string
  readonly folder: string
  readonly config: ProjectConfig
}

/** Finds the configuration, runs it and checks what it exports. */
export async function loadConfig(host: Host, named: string | undefined): Promise<Result<LoadedConfig, Failure>> {
  const found = findConfig(host.cwd, named)
  if (found.isErr()) return err(found.error)
  const path = found.value
  const loaded = await ResultAsync.fromThrowable(
    () => host.importModule(path),
    (cause) => broken(path, cause),
  )()
  return loaded.andThen((module) => {
    if (typeof module !== 'object' || module === null || !('default' in module)) return err(noDefault(path))
    return checkConfig(module.default)
      .map((config) => ({ path, folder: dirname(path), config }))
      .mapErr(
        (error): Failure => ({
          code: 'ConfigUnusable',
          exit: exitCode.usage,
          message: `${path}: ${error.message}`,
          path: error.code === 'InvalidInput' ? error.details.path : undefined,
          remedy: error.remedy,
          cause: error,
        }),
      )
  })
}

const noDefault = (path: string): Failure => ({
  code: 'ConfigUnusable',
  exit: exitCode.usage,
  message: `${path} has no default export.`,
  remedy: 'Write: export default defineConfig({ clouds, stack, environments })',
})

/** The configuration, or a program that it imports, could not be read or has failed. */
function broken(path: string, cause: unknown): Failure {
  const message = cause instanceof Error ? cause.message : String(cause)
  const missing = /Cannot find (?:package|module) '([^']+)'/.exec(message)?.[1]
  const remedy =
    missing === undefined
      ? 'Mend the program; HANSE_DEBUG=1 shows the whole failure.'
      : missing.startsWith('.') || missing.startsWith('/')
        ? `Look for ${missing}.`
        : `Install it: npm install ${missing}`
  const place = placeIn(cause, dirname(path))
  const where = place === undefined || place.startsWith(`${path}:`) ? (place ?? path) : `${path} (at ${place})`
  return {
    code: 'ConfigFailed',
    exit: exitCode.failed,
    message: `${where} could not be loaded: ${withoutTrace(message)}`,
    remedy,
    cause,
  }
}

/** File, line and column of the project where it went wrong, as an editor opens them. */
function placeIn(cause: unknown, folder: string): string | undefined {
  if (!(cause instanceof Error)) return undefined
  for (const line of (cause.stack ?? '').split('\n')) {
    const place = /(?:file:\/\/)?(\/[^\s()]+?\.[cm]?[jt]s:\d+(?::\d+)?)/.exec(line)?.[1]
    if (place?.startsWith(`${folder}/`) === true && !place.includes('/node_modules/')) return place
  }
  return undefined
}

/** Some loaders put their own trace into the message. */
const withoutTrace = (message: string): string =>
  message
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .join('\n')
    .trim()
