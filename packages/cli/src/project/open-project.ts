import { join, resolve } from 'node:path'
import { fileStateStore, hasSecrets, sealedWith } from '@hanse/provisioning'
import type { CloudsFor, ProjectConfig, StackOptions, StateStore } from '@hanse/provisioning'
import { err, ok } from 'neverthrow'
import type { Result, ResultAsync } from 'neverthrow'
import type { CommandCall } from '../command/command.ts'
import { stackFailure } from '../failure.ts'
import type { Failure } from '../failure.ts'
import type { Environment } from './choose-environment.ts'
import { chooseEnvironment } from './choose-environment.ts'
import type { LoadedConfig } from './load-config.ts'
import { loadConfig } from './load-config.ts'
import { openClouds } from './open-clouds.ts'
import { stateKey } from './state-key.ts'

/** A project with the environment that was chosen, its clouds open and its state at hand. */
export interface OpenProject {
  readonly loaded: LoadedConfig
  readonly stack: ProjectConfig['stack']
  readonly environment: Environment
  /** By the names that the stack has for them. */
  readonly clouds: CloudsFor<unknown>
  readonly stackOptions: StackOptions
  close(): Promise<void>
}

/** The configuration and the environment that the flags choose; nothing is opened. */
export async function chooseProject({
  host,
  options,
}: CommandCall): Promise<
  Result<{ readonly loaded: LoadedConfig; readonly environment: Environment; readonly stateFolder: string }, Failure>
> {
  const loaded = await loadConfig(host, options.config)
  if (loaded.isErr()) return err(loaded.error)
  const environment = chooseEnvironment(loaded.value.config, options.env, options.cloud)
  if (environment.isErr()) return err(environment.error)
  const stateFolder = options.state === undefined ? join(loaded.value.folder, '.hanse', 'state') : resolve(host.cwd, options.state)
  return ok({ loaded: loaded.value, environment: environment.value, stateFolder })
}

/** Opens what work on the stack needs. For reading, the clouds are opened so that nothing can be changed in them. */
export async function openProject(call: CommandCall, readOnly: boolean, signal: AbortSignal): Promise<Result<OpenProject, Failure>> {
  const { host, screen } = call
  const chosen = await chooseProject(call)
  if (chosen.isErr()) return err(chosen.error)
  const { loaded, environment, stateFolder } = chosen.value
  const { stack, clouds: sources } = loaded.config
  const state = fileStateStore(stateFolder)
  // A new key in the place of one that is lost would only hide that it is.
  const needs = !readOnly && hasSecrets(stack) ? await keysOf(state, stack.name, environment.name) : ok(undefined)
  if (needs.isErr()) return err(needs.error)
  const key = await stateKey(host, stack.name, stateFolder, needs.value?.size === 0, (path) =>
    screen.note(`Made a key for the secrets in the state: ${path}\nKeep a copy of it: without it they cannot be read.`),
  )
  if (key.isErr()) return err(key.error)
  const clouds = await openClouds(host, sources, environment.clouds, { readOnly, signal })
  if (clouds.isErr()) return err(clouds.error)
  const stackOptions = { environment: environment.name, state, stateKey: key.value, signal }
  // Whatever the stack needs: the plan says what is missing.
  const byName = clouds.value.byName as unknown as CloudsFor<unknown>
  return ok({ loaded, stack, environment, clouds: byName, stackOptions, close: clouds.value.close })
}

/** The ids of the keys that a state is written with. */
export const keysOf = (state: StateStore, stack: string, environment: string): ResultAsync<ReadonlySet<string>, Failure> =>
  state
    .open(stack, environment)
    .andThen((opened) => opened.read())
    .map(sealedWith)
    .mapErr(stackFailure)
