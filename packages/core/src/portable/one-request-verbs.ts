import { err, ok } from 'neverthrow'
import type { Result } from 'neverthrow'
import type { CloudError, CloudErrorContext } from '../errors.ts'
import type { CloudResult } from '../result.ts'
import { resourceOf } from './checked-answer.ts'
import { driverArguments } from './driver-arguments.ts'
import { callDriver } from './driver-call.ts'
import { guardedStream } from './guarded-stream.ts'
import type { KindSetup } from './kind-setup.ts'
import { sealed } from './sealed.ts'
import type { Failure } from './to-cloud-error.ts'
import { toFailure } from './to-cloud-error.ts'
import type { VerbCall } from './verb-call.ts'

/** Carries out a verb that reads. A stream that it gives stays under the caller's signal for as long as it is read. */
export async function readOne(setup: KindSetup, on: VerbCall): Promise<CloudResult<unknown>> {
  const answer = await request(setup, on, { signal: on.deadline.signal })
  if (answer.isErr()) return err(answer.error.error)
  return isStandard(setup, on) ? resource(setup, on.context, answer.value) : ok(guarded(setup, on, answer.value))
}

/** Carries out a verb that changes something. */
export async function changeOne(setup: KindSetup, on: VerbCall): Promise<CloudResult<unknown>> {
  const answer = await request(setup, on, mutationCall(setup, on))
  if (answer.isErr()) {
    // An id that a choice came out as may have gone since.
    if (answer.error.error.code === 'NotFound') setup.choices.forgetAll()
    return err(answer.error.error)
  }
  return isStandard(setup, on) ? resource(setup, on.context, answer.value) : ok(sealed(answer.value))
}

/** Carries out a verb that removes something. Removing what is gone is `Ok`; that what it was part of is gone is not the same. */
export async function deleteOne(setup: KindSetup, on: VerbCall): Promise<CloudResult<undefined>> {
  const answer = await request(setup, on, mutationCall(setup, on))
  setup.choices.forget(setup.kind.kind)
  return answer.isOk() || isGone(setup, on, answer.error.error) ? ok(undefined) : err(answer.error.error)
}

async function request(setup: KindSetup, on: VerbCall, call: object): Promise<Result<unknown, Failure>> {
  const { verb, context, deadline } = on
  const args = await driverArguments(setup, on, deadline.signal)
  if (args.isErr()) return err({ error: deadline.error(context) ?? args.error, ambiguous: false })
  return callDriver(setup, { method: verb.name, args: [...args.value, call], context, signal: deadline.signal, ended: deadline.error })
}

/** Whether a verb is one of the five. Objects have a `get` of their own, which gives bytes. */
const isStandard = ({ kind }: KindSetup, { verb }: VerbCall): boolean => kind.verbs.some((name) => name === verb.name)

function resource(setup: KindSetup, context: CloudErrorContext, value: unknown): CloudResult<unknown> {
  const checked = resourceOf(setup, context, value).map(sealed)
  if (checked.isOk()) setup.choices.see(checked.value.kind, checked.value.id)
  return checked
}

const mutationCall = (setup: KindSetup, { call, deadline }: VerbCall): object => ({
  signal: deadline.signal,
  key: typeof call.options['key'] === 'string' ? call.options['key'] : setup.runtime.randomUUID(),
})

/** Another kind's absence, or another thing's, is a failure of this call. A driver that cannot tell what is missing leaves it empty. */
function isGone({ kind, peer }: KindSetup, { verb, call }: VerbCall, error: CloudError): boolean {
  if (error.code !== 'NotFound') return false
  const { details } = error
  if (details.kind !== '' && details.kind !== kind.kind) return peer(details.kind) === undefined
  return verb.on !== 'one' || details.id === '' || details.id === call.args[0]
}

/** Bytes, alone or as the content of an object, are guarded; anything else is given on. */
function guarded(setup: KindSetup, { context, deadline }: VerbCall, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const guard = (stream: AsyncIterable<unknown>): AsyncIterable<unknown> => {
    const ended = deadline.keepCaller()
    const toError = (cause: unknown): CloudError => deadline.error({ ...context, cause }) ?? toFailure(cause, context, setup.classify).error
    return guardedStream(stream, { signal: deadline.signal, toError, ended })
  }
  if (isStream(value)) return guard(value)
  return 'content' in value && isStream(value.content) ? { ...value, content: guard(value.content) } : sealed(value)
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value
