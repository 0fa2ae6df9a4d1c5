import { err, ok, ResultAsync } from 'neverthrow'
import type { Result } from 'neverthrow'
import type { Plan } from '../plan/plan.ts'
import type { CloudsFor } from '../stack/wanted.ts'
import type { Stack } from '../stack/stack.ts'
import type { StackError } from '../stack-error.ts'
import type { StackOptions } from './options.ts'
import { preflight } from './preflight.ts'
import { emitter, lookAndPlan } from './work-on-stack.ts'

/**
 * Says what an apply would do, and why, and changes nothing: neither the cloud nor the state. What is wrong with the stack stands in the
 * plan's `problems`; a stack that is wrong in itself, or for its clouds, is answered with nothing else, and nobody was asked anything.
 * Err: `InvalidInput`, `StateUnreadable`, `WrongStateKey`, `ResourceFailed` (a cloud could not be looked at), `Cancelled`.
 */
export function plan<Needs, Outputs>(
  stack: Stack<Needs, Outputs>,
  clouds: CloudsFor<NoInfer<Needs>>,
  options: StackOptions,
): ResultAsync<Plan, StackError> {
  return new ResultAsync(makePlan(stack, clouds, options))
}

async function makePlan(stack: Stack, given: unknown, options: StackOptions): Promise<Result<Plan, StackError>> {
  const checked = await preflight(stack, given, options)
  if (checked.isErr()) return err(checked.error)
  const { desired, clouds, problems } = checked.value
  if (problems.length > 0) return ok(unsound(stack.name, options.environment, problems))
  const state = await options.state.open(stack.name, options.environment).andThen((opened) => opened.read())
  if (state.isErr()) return err(state.error)
  const looked = await lookAndPlan(desired, clouds, state.value, options, emitter(options))
  return looked.map(({ working }) => working.plan)
}

const unsound = (stack: string, environment: string, problems: Plan['problems']): Plan => ({
  stack,
  environment,
  changes: [],
  summary: { create: 0, update: 0, replace: 0, delete: 0, none: 0 },
  recovered: [],
  problems,
})
