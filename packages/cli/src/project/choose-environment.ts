import type { ProjectConfig } from '@hanse/provisioning'
import { err, ok } from 'neverthrow'
import type { Result } from 'neverthrow'
import { usage } from '../failure.ts'
import type { Failure } from '../failure.ts'

/** An environment, and which cloud of the project stands for each cloud of the stack. */
export interface Environment {
  readonly name: string
  /** Names of the project's clouds by names of the stack's clouds. */
  readonly clouds: Readonly<Record<string, string>>
}

/** Chooses the environment that is named, or the only one, or `dev`, and binds clouds anew as asked: `edge=home`, or `home` for the main one. */
export function chooseEnvironment(
  { clouds, stack, environments }: ProjectConfig,
  named: string | undefined,
  rebound: readonly string[] = [],
): Result<Environment, Failure> {
  const names = Object.keys(environments)
  const [only] = names
  const name = named ?? (names.length === 1 ? only : names.includes('dev') ? 'dev' : undefined)
  if (name === undefined) return err(usage(`There are several environments: ${names.join(', ')}.`, 'Choose one with --env.'))
  const bound = Object.hasOwn(environments, name) ? environments[name] : undefined
  if (bound === undefined) return err(usage(`There is no environment ${name}; there are ${names.join(', ')}.`, 'Choose one with --env.'))

  const binding: Record<string, string> = typeof bound === 'string' ? { main: bound } : { ...bound }
  const known = new Set([...Object.keys(binding), ...[...stack.members.values()].map(({ wanted }) => wanted.on)])
  for (const each of rebound) {
    const at = each.indexOf('=')
    const on = at < 0 ? 'main' : each.slice(0, at)
    const cloud = each.slice(at + 1)
    if (!known.has(on)) return err(usage(`--cloud ${each}: the stack has no cloud ${on}; it has ${[...known].join(', ')}.`))
    if (!Object.hasOwn(clouds, cloud))
      return err(usage(`--cloud ${each}: the project has no cloud ${cloud}; it has ${Object.keys(clouds).join(', ')}.`))
    binding[on] = cloud
  }
  return ok({ name, clouds: binding })
}
