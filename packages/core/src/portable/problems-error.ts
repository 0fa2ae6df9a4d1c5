import type { CloudError, CloudErrorContext } from '../errors.ts'
import { cloudError } from '../errors.ts'
import type { Problem } from '../limits.ts'

/** Problems as one error: `Unsupported` if what the cloud lacks is all there is to it, else `InvalidArgument`. The message holds them all. */
export function problemsError(problems: readonly Problem[], context: CloudErrorContext): CloudError {
  const wrong = problems.find((problem) => problem.capability === undefined)
  const [first] = problems
  const message = problems
    .map((problem) => (problem.path.length === 0 ? problem.message : `${problem.path.join('.')}: ${problem.message}`))
    .join('; ')
  return wrong === undefined && first?.capability !== undefined
    ? cloudError('Unsupported', message, context, { capability: first.capability })
    : cloudError('InvalidArgument', message, context, { path: wrong?.path ?? [] })
}
