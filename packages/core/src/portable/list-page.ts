import { err } from 'neverthrow'
import type { CloudResult } from '../result.ts'
import { pageOf } from './checked-answer.ts'
import { driverArguments } from './driver-arguments.ts'
import { callDriver } from './driver-call.ts'
import type { KindSetup } from './kind-setup.ts'
import { letThrough } from './let-through.ts'
import { sealed } from './sealed.ts'
import type { VerbCall } from './verb-call.ts'

/** Carries out a verb that lists: gives one page. A list of resources is filtered again here, however little the provider can filter. */
export async function listPage(setup: KindSetup, on: VerbCall): Promise<CloudResult<unknown>> {
  return 'filter' in on.verb.takes ? pageOfResources(setup, on) : pageOfAction(setup, on)
}

async function pageOfResources(setup: KindSetup, { call, context, deadline }: VerbCall): Promise<CloudResult<unknown>> {
  const { cursor, pageSize } = call.options
  // Checked with the call.
  const { name, labels, owner, ...fields } = (call.args[0] ?? {}) as Readonly<Record<string, unknown>>
  const where = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const args = [{ name, labels, owner, where, cursor, pageSize }, { signal: deadline.signal }]
  const answer = await callDriver(setup, { method: 'listPage', args, context, signal: deadline.signal, ended: deadline.error })
  if (answer.isErr()) return err(answer.error.error)
  return pageOf(setup, context, answer.value).map(({ items, ...rest }) => {
    for (const item of items) setup.choices.see(item.kind, item.id)
    return { items: items.filter((item) => letThrough(item, { name, labels, owner, where })).map(sealed), ...rest }
  })
}

async function pageOfAction(setup: KindSetup, on: VerbCall): Promise<CloudResult<unknown>> {
  const { verb, call, context, deadline } = on
  const args = await driverArguments(setup, on, deadline.signal)
  if (args.isErr()) return err(args.error)
  const { cursor, pageSize } = call.options
  const own = verb.options === undefined ? args.value : args.value.slice(0, -1)
  const options = { ...(verb.options === undefined ? {} : (args.value.at(-1) as object)), cursor, pageSize }
  const answer = await callDriver(setup, {
    method: verb.name,
    args: [...own, options, { signal: deadline.signal }],
    context,
    signal: deadline.signal,
    ended: deadline.error,
  })
  return answer.isErr()
    ? err(answer.error.error)
    : pageOf<unknown>(setup, context, answer.value).map(({ items, ...rest }) => ({ items: items.map(sealed), ...rest }))
}
