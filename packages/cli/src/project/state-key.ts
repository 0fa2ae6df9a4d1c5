import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadStateKeyFile, parseStateKey } from '@hanse/provisioning'
import type { StateKey } from '@hanse/provisioning'
import { err, ok } from 'neverthrow'
import type { Result } from 'neverthrow'
import { stackFailure } from '../failure.ts'
import type { Failure } from '../failure.ts'
import type { Host } from '../host.ts'

/** Where the key of a state comes from. */
export interface KeyPlace {
  readonly from: 'HANSE_STATE_KEY' | 'HANSE_STATE_KEY_FILE' | 'default'
  /** Undefined when the variable holds the key itself. */
  readonly path: string | undefined
}

/** The key's place: a variable, a file that a variable names, or a file of the user outside of every project. */
export function keyPlace({ env, home, cwd }: Host, stack: string): KeyPlace {
  if ((env['HANSE_STATE_KEY'] ?? '') !== '') return { from: 'HANSE_STATE_KEY', path: undefined }
  const named = env['HANSE_STATE_KEY_FILE'] ?? ''
  if (named !== '') return { from: 'HANSE_STATE_KEY_FILE', path: resolve(cwd, named) }
  const configured = env['XDG_CONFIG_HOME'] ?? ''
  return { from: 'default', path: join(configured === '' ? join(home, '.config') : configured, 'hanse', 'keys', `${stack}.key`) }
}

/**
 * The key of a state; undefined when there is none and none is needed. With `create` a missing default file is made, and `onCreated` is
 * told where it is.
 */
export async function stateKey(
  host: Host,
  stack: string,
  stateFolder: string,
  create: boolean,
  onCreated: (path: string) => void,
): Promise<Result<StateKey | undefined, Failure>> {
  const { from, path } = keyPlace(host, stack)
  if (path === undefined)
    return parseStateKey(host.env['HANSE_STATE_KEY'] ?? '').mapErr((error) => ({
      ...stackFailure(error),
      message: `HANSE_STATE_KEY: ${error.message}`,
    }))
  const isThere = existsSync(path)
  // A file that somebody names is theirs to make: a new key in its place could not read what the old one wrote.
  const makes = !isThere && create && from === 'default'
  if (!isThere && !makes && from === 'default') return ok(undefined)
  const loaded = await loadStateKeyFile(path, { stateFolder, create: makes })
  if (loaded.isErr()) return err(stackFailure(loaded.error))
  if (makes) onCreated(path)
  return ok(loaded.value)
}
