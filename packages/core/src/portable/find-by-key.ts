import { err, ok } from 'neverthrow'
import { cloudError } from '../errors.ts'
import type { AnyResource } from '../resource.ts'
import type { CloudResult } from '../result.ts'
import { findMade, recognisedBy } from './find-made.ts'
import type { KindSetup } from './kind-setup.ts'
import { pollWhile } from './poll-while.ts'
import type { VerbCall } from './verb-call.ts'

/** Finds what a create with a key has made; of twins the oldest. It reads and removes nothing. Absence is concluded once the cloud has settled. */
export async function findByKey(setup: KindSetup, { call, context, deadline }: VerbCall): Promise<CloudResult<AnyResource>> {
  const { kind, runtime, consistency } = setup
  const { signal } = deadline
  const key = String(call.args[0])
  // Checked with the other options of the call.
  const spec = call.options['spec'] as Readonly<Record<string, unknown>> | undefined
  if (spec === undefined && kind.identity !== 'marked') {
    const message = `spec: a ${kind.kind} is recognised by ${recognisedBy(kind).join(', ')}, so what was asked for must be given`
    return err(cloudError('InvalidArgument', message, context, { path: ['spec'] }))
  }
  const look = () => findMade(setup, { key, spec: spec ?? {}, context, signal })
  const found = await pollWhile(runtime, consistency.settleMs ?? 0, signal, look, (seen) => seen.isOk() && seen.value.length === 0)
  const ended = deadline.error(context)
  if (ended !== undefined) return err(ended)
  return found.andThen(([oldest]) =>
    oldest === undefined
      ? err(cloudError('NotFound', `no ${kind.kind} bears the key ${key}`, context, { kind: kind.kind, id: key }))
      : ok(oldest),
  )
}
