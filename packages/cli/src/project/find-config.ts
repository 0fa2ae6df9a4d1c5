import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { err, ok } from 'neverthrow'
import type { Result } from 'neverthrow'
import { exitCode } from '../exit-code.ts'
import type { Failure } from '../failure.ts'

/** The names that a configuration may have, the first found counts. */
const configNames = ['hanse.config.ts', 'hanse.config.mts', 'hanse.config.js', 'hanse.config.mjs'] as const

/** The path of the configuration: the one that is named, or the nearest in this folder or above. */
export function findConfig(cwd: string, named: string | undefined): Result<string, Failure> {
  if (named !== undefined) {
    const path = resolve(cwd, named)
    return existsSync(path) ? ok(path) : err(missing(`There is no configuration ${path}.`))
  }
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const found = configNames.map((name) => join(folder, name)).find((path) => existsSync(path))
    if (found !== undefined) return ok(found)
    if (dirname(folder) === folder) break
  }
  return err(missing(`There is no ${configNames.join(', ')} in ${resolve(cwd)} or a folder above it.`))
}

const missing = (message: string): Failure => ({
  code: 'ConfigNotFound',
  exit: exitCode.usage,
  message,
  remedy: 'Write a project with: hanse init\nOr name the configuration with --config.',
})
