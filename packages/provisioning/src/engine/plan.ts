import { err, ResultAsync } from 'neverthrow'
import type { Result } from 'neverthrow'
import { cloudSet } from '../plan/cloud-set.ts'
import type { Plan } from '../plan/plan.ts'
import type { CloudsFor } from '../stack/wanted.ts'
import type { Stack } from '../stack/stack.ts'
import type { StackError } from '../stack-error.ts'
import type { StackOptions } from './options.ts'
import { emitter, lookAndPlan } from './work-on-stack.ts'

/**
 * Says what an apply would do, and why, and changes nothing: neither the cloud nor the state. What is wrong with the stack stands in the
 * plan's `problems`. Err: `StateUnreadable`, `WrongStateKey`, `ResourceFailed` (a cloud could not be looked at), `Cancelled`.
 */
export function plan<Needs, Outputs>(
  stack: Stack<Needs, Outputs>,
  clouds: CloudsFor<NoInfer<Needs>>,
  options: StackOptions,
): ResultAsync<Plan, StackError> {
  return new ResultAsync(makePlan(stack, clouds, options))
}

async function makePlan(stack: Stack, clouds: object, options: StackOptions): Promise<Result<Plan, StackError>> {
  const state = await options.state.open(stack.name, options.environment).andThen((opened) => opened.read())
  if (state.isErr()) return err(state.error)
  const looked = await lookAndPlan(stack, cloudSet(clouds), state.value, options, emitter(options))
  return looked.map(({ working }) => working.plan)
}
