import { err, ok } from 'neverthrow'
import type { Result } from 'neverthrow'
import type { Options } from '../command/command.ts'
import { usage } from '../failure.ts'
import type { Failure } from '../failure.ts'
import { chooseEnvironment } from './choose-environment.ts'
import type { LoadedConfig } from './load-config.ts'

/**
 * The one cloud of the project that a look at resources is about: the one that is named, by its own name or by the stack's name for it;
 * else the only one of the project or of the environment.
 */
export function chooseCloud({ config }: LoadedConfig, { cloud: named = [], env }: Options): Result<string, Failure> {
  const clouds = Object.keys(config.clouds)
  const [wanted, second] = named
  if (second !== undefined) return err(usage('--cloud can be given once here.'))
  if (wanted !== undefined && Object.hasOwn(config.clouds, wanted)) return ok(wanted)
  const [only] = clouds
  if (wanted === undefined && env === undefined && clouds.length === 1 && only !== undefined) return ok(only)
  const environment = chooseEnvironment(config, env)
  if (environment.isErr())
    return err(wanted === undefined ? environment.error : usage(`There is no cloud ${wanted}; there are ${clouds.join(', ')}.`))
  const bound = environment.value.clouds
  if (wanted !== undefined) {
    const found = Object.hasOwn(bound, wanted) ? bound[wanted] : undefined
    return found === undefined ? err(usage(`There is no cloud ${wanted}; there are ${clouds.join(', ')}.`)) : ok(found)
  }
  const [first, ...others] = [...new Set(Object.values(bound))]
  if (first === undefined || others.length > 0)
    return err(
      usage(
        `The environment ${environment.value.name} has several clouds: ${Object.values(bound).join(', ')}.`,
        'Choose one with --cloud.',
      ),
    )
  return ok(first)
}
