import { err, ok } from 'neverthrow'
import type { CloudErrorContext } from '../errors.ts'
import { canMake } from '../kind/verb.ts'
import type { Mark, Owner } from '../owner.ts'
import type { AnyResource } from '../resource.ts'
import type { CloudResult } from '../result.ts'
import { resourceOf } from './checked-answer.ts'
import type { CreateAttempt, createOnce } from './create-once.ts'
import { driverArguments } from './driver-arguments.ts'
import { callDriver } from './driver-call.ts'
import { findMade } from './find-made.ts'
import type { Sought } from './find-made.ts'
import type { KindSetup } from './kind-setup.ts'
import { sealed } from './sealed.ts'
import { specDigest } from './spec-digest.ts'
import type { VerbCall } from './verb-call.ts'
import { givenBy } from './verb-call.ts'

type Values = Readonly<Record<string, unknown>>

/** Carries out a verb that creates, once for each key: makes the key and the mark, and gives {@link createOnce} what it needs to look and read. */
export async function createResource(
  setup: KindSetup,
  makeOnce: ReturnType<typeof createOnce>,
  on: VerbCall,
): Promise<CloudResult<AnyResource>> {
  const { verb, call, context, deadline } = on
  const { options } = call
  const keyGiven = typeof options['key'] === 'string'
  const key = keyGiven ? String(options['key']) : setup.runtime.randomUUID()
  const given = givenBy(on)
  const isOfSpec = verb.takes['spec'] !== undefined
  const spec = isOfSpec ? (given['spec'] as Values) : given
  // An action on one resource makes something of that one: another id is another request.
  const digest = await specDigest(isOfSpec ? setup.kind.fields : verb.takes, verb.on === 'one' ? { ...spec, of: call.args[0] } : spec)
  // Checked with the other options of the call.
  const mark: Mark = { key, owner: options['owner'] as Owner | undefined, specDigest: digest }
  const made = verb.makes === undefined ? setup : setup.peer(verb.makes)?.setup
  const send: CreateAttempt['send'] = async (signal) => {
    const args = await driverArguments(setup, on, signal)
    if (args.isErr()) return err(args.error)
    const answer = await callDriver(setup, { method: verb.name, args: [...args.value, { signal, key, mark }], context, signal })
    if (answer.isErr()) {
      // An id that a choice came out as may have gone since.
      if (answer.error.error.code === 'NotFound') setup.choices.forgetAll()
      return { failure: answer.error }
    }
    const resource = resourceOf(setup, context, answer.value).map(sealed)
    if (resource.isErr()) return { failure: { error: resource.error, ambiguous: true } }
    setup.choices.see(resource.value.kind, resource.value.id)
    return resource
  }
  return makeOnce({
    key,
    keyGiven,
    specDigest: digest,
    again: options['again'] === true,
    context,
    deadline,
    repeatable: !Object.entries(verb.takes).some(([name, field]) => field.shape.type === 'bytes' && isStream(given[name])),
    send,
    find: made !== undefined && canMake(made.kind) ? (signal) => findOne(made, { key, spec, context, signal }) : undefined,
    read: made?.kind.verbs.includes('get') === true ? (id, signal) => read(made, id, context, signal) : undefined,
  })
}

/** The one that a key has made. Of twins the oldest stays and the others are removed. */
async function findOne(setup: KindSetup, sought: Sought): Promise<CloudResult<AnyResource | undefined>> {
  const found = await findMade(setup, sought)
  if (found.isErr()) return err(found.error)
  const [oldest, ...twins] = found.value
  if (setup.kind.identity !== 'marked') return ok(oldest)
  const { key, context, signal } = sought
  for (const { kind, id } of twins) {
    const removed = await callDriver(setup, { method: 'delete', args: [id, { signal, key }], context, signal })
    const outcome = removed.isOk() ? 'was removed' : `could not be removed: ${removed.error.error.message}`
    setup.runtime.log({
      level: 'warn',
      message: `${kind} ${id} is a twin of ${oldest?.id}, made with the same key, and ${outcome}`,
      attributes: { driver: setup.driver },
    })
  }
  return ok(oldest)
}

async function read(setup: KindSetup, id: string, context: CloudErrorContext, signal: AbortSignal): Promise<CloudResult<AnyResource>> {
  const answer = await callDriver(setup, { method: 'get', args: [id, { signal }], context, signal })
  return answer.mapErr(({ error }) => error).andThen((value) => resourceOf(setup, context, value))
}

const isStream = (value: unknown): boolean => typeof value !== 'string' && !(value instanceof Uint8Array)
