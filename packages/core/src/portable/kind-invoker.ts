import { err } from 'neverthrow'
import type { CloudErrorContext } from '../errors.ts'
import { cloudError } from '../errors.ts'
import type { Action } from '../kind/kind.ts'
import { verbOf } from '../kind/verb.ts'
import { attempt, settled, unclassified } from '../result.ts'
import type { CloudResult } from '../result.ts'
import { checkCall } from './check-call.ts'
import { createOnce } from './create-once.ts'
import { createResource } from './create-resource.ts'
import { startDeadline } from './deadline.ts'
import { findByKey } from './find-by-key.ts'
import type { Invoke, PortableCall } from './invoke.ts'
import type { KindSetup } from './kind-setup.ts'
import { listPage } from './list-page.ts'
import { problemsError } from './problems-error.ts'
import { changeOne, deleteOne, readOne } from './one-request-verbs.ts'
import type { VerbCall } from './verb-call.ts'

/**
 * The one mechanism behind every portable verb: check, deadline, choices, key and mark, the driver's call, classification, trace. A verb
 * differs from another by its description, never by a wrapper of its own.
 */
export function kindInvoker(setup: KindSetup): Invoke {
  const { kind, runtime } = setup
  const makeOnce = createOnce(runtime, setup.consistency)

  const carriedOut: { readonly [E in Action['effect']]: (on: VerbCall) => Promise<CloudResult<unknown>> } = {
    reads: (on) => (on.verb.name === 'findByKey' ? findByKey(setup, on) : readOne(setup, on)),
    lists: (on) => listPage(setup, on),
    changes: (on) => changeOne(setup, on),
    creates: (on) => createResource(setup, makeOnce, on),
    deletes: (on) => deleteOne(setup, on),
  }

  return (call) => {
    const context: CloudErrorContext = { driver: setup.driver, operation: `${call.kind}.${call.verb}` }
    return settled(() => traced(call, context), context)
  }

  async function traced(call: PortableCall, context: CloudErrorContext): Promise<CloudResult<unknown>> {
    const startedAt = runtime.now()
    const result = await carryOut(call, context)
    const outcome = result.isOk() ? 'Ok' : result.error.code
    // A trace that fails takes nothing from what was done.
    await attempt(
      async () =>
        runtime.trace({ operation: context.operation, driver: setup.driver, startedAt, durationMs: runtime.now() - startedAt, outcome }),
      unclassified(context),
    ).unwrapOr(undefined)
    return result
  }

  async function carryOut(call: PortableCall, context: CloudErrorContext): Promise<CloudResult<unknown>> {
    if (setup.isClosed())
      return err(cloudError('FailedPrecondition', 'this cloud was closed', context, { expected: 'open', actual: 'closed' }))
    const verb = verbOf(kind, call.verb)
    if (verb === undefined || (verb.needs !== undefined && setup.supports[verb.needs] !== true)) {
      const capability = verb?.needs ?? `${kind.kind}.${call.verb}`
      return err(cloudError('Unsupported', `this cloud (${setup.driver}) has no ${capability}`, context, { capability }))
    }
    const problems = checkCall(setup, verb, call)
    if (problems.length > 0) return err(problemsError(problems, context))
    const deadline = startDeadline(runtime, call.options)
    const early = deadline.error(context)
    if (early !== undefined) return err(early)
    return carriedOut[verb.effect]({ verb, call, context, deadline }).finally(deadline.release)
  }
}
