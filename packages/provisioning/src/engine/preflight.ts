import { err, ok } from 'neverthrow'
import type { Result } from 'neverthrow'
import { checkStack } from '../plan/check-stack.ts'
import { cloudSet } from '../plan/cloud-set.ts'
import type { CloudSet } from '../plan/cloud-set.ts'
import { stackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'
import type { StackProblem } from '../stack/stack-problem.ts'
import { boundedCloud } from './bounded-cloud.ts'
import { optionsFault } from './check-options.ts'
import { keyMissing, secretFields } from './known-state.ts'
import { defaultParallelism } from './options.ts'
import type { ApplyOptions } from './options.ts'
import { prepareMembers } from './prepare-members.ts'
import type { Desired } from './work-on-stack.ts'

/** A stack and its clouds, and what is wrong with them. */
export interface Checked {
  readonly desired: Desired
  readonly clouds: CloudSet
  readonly problems: readonly StackProblem[]
}

/**
 * Everything that can be found wrong before anything is asked: of the options, of the stack, of what its clouds take, of the key for its
 * secrets. Neither state nor cloud is touched.
 */
export async function preflight(program: Desired, given: unknown, options: ApplyOptions): Promise<Result<Checked, StackError>> {
  const fault = optionsFault(options)
  if (fault !== undefined) return err(fault)
  const clouds = cloudSet(given, (cloud) => boundedCloud(cloud, options.parallelism ?? defaultParallelism))
  const desired = await prepareMembers(program, clouds)
  const problems = checkStack(desired, options.environment, clouds)
  if (options.stateKey === undefined && problems.length === 0) {
    for (const { address, wanted, spec } of desired.members.values()) {
      const kind = clouds.kind(wanted.kind)
      const secrets = kind === undefined ? [] : secretFields(kind, spec)
      if (secrets.length > 0) return err(keyMissing(address, secrets))
    }
  }
  return ok({ desired, clouds, problems })
}

/** The problems of a stack as one error; undefined when there are none. */
export function problemOf(problems: readonly StackProblem[]): StackError | undefined {
  const [first] = problems
  if (first === undefined) return undefined
  const lines = problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
  const message =
    lines.length === 1 ? (lines[0] ?? '') : `${lines.length} things are wrong:\n${lines.map((line) => `  ${line}`).join('\n')}`
  const lacks = problems.every(({ capability }) => capability !== undefined)
  return lacks && first.capability !== undefined
    ? stackError('Unsupported', message, { capability: first.capability, path: first.path })
    : stackError('InvalidStack', message, { path: first.path })
}
