import type { Plan } from '@hanse/provisioning'
import { exitCode } from '../exit-code.ts'
import type { Failure } from '../failure.ts'

/** What is wrong with a planned stack, all of it; undefined when nothing is. */
export function problemsFailure({ stack, problems }: Plan): Failure | undefined {
  const [first] = problems
  if (first === undefined) return undefined
  const lines = problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
  const one = problems.length === 1
  return {
    code: problems.every(({ capability }) => capability !== undefined) ? 'Unsupported' : 'InvalidStack',
    exit: exitCode.failed,
    message: one
      ? (lines[0] ?? '')
      : `${lines.length} things are wrong with the stack ${stack}:\n${lines.map((line) => `  ${line}`).join('\n')}`,
    path: one ? first.path : undefined,
    remedy: 'Nothing was changed. Mend the stack and run it again.',
  }
}
