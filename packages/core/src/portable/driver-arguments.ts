import { err, ok } from 'neverthrow'
import type { CloudResult } from '../result.ts'
import type { KindSetup } from './kind-setup.ts'
import { resolveField } from './resolve-value.ts'
import type { VerbCall } from './verb-call.ts'
import { givenBy } from './verb-call.ts'

/** The arguments of a call as the driver takes them, its own call excepted: the id, what the verb takes, the options of the verb. */
export async function driverArguments(setup: KindSetup, on: VerbCall, signal: AbortSignal): Promise<CloudResult<readonly unknown[]>> {
  const { verb, call, context } = on
  const args: unknown[] = verb.on === 'one' ? [call.args[0]] : []
  const given = givenBy(on)
  for (const [name, field] of Object.entries(verb.takes)) {
    const resolved = await resolveField({ setup, context, signal }, field, given[name], name === 'spec' || name === 'changes' ? [] : [name])
    if (resolved.isErr()) return err(resolved.error)
    args.push(resolved.value)
  }
  if (verb.options === undefined) return ok(args)
  const options: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(verb.options)) {
    const resolved = await resolveField({ setup, context, signal }, field, call.options[name], [name])
    if (resolved.isErr()) return err(resolved.error)
    options[name] = resolved.value
  }
  return ok([...args, options])
}
