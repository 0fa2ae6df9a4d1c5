import { err, ok, ResultAsync } from 'neverthrow'
import type { Consistency } from '../driver/driver.ts'
import type { DriverRuntime } from '../driver/runtime.ts'
import type { Classification } from '../driver/classification.ts'
import type { CloudErrorContext } from '../errors.ts'
import { cloudError } from '../errors.ts'
import { canMake, verbOf } from '../kind/verb.ts'
import type { Verb } from '../kind/verb.ts'
import type { Mark, Owner } from '../owner.ts'
import type { Page } from '../pager.ts'
import type { AnyResource } from '../resource.ts'
import { attempt, unclassified } from '../result.ts'
import type { CloudResult } from '../result.ts'
import type { Acceptance } from './check-call.ts'
import { checkCall, problemsError } from './check-call.ts'
import { createOnce } from './create-once.ts'
import type { Deadline } from './deadline.ts'
import { startDeadline } from './deadline.ts'
import { findMade } from './find-made.ts'
import type { Invoke, PortableCall } from './invoke.ts'
import { letThrough } from './let-through.ts'
import { resolveChoice, resolveChoices } from './resolve-choices.ts'
import type { ListPeers } from './resolve-choices.ts'
import { seal } from './seal.ts'
import { specDigest } from './spec-digest.ts'
import { toFailure } from './to-cloud-error.ts'
import { toStream } from './to-stream.ts'

/** The methods of a driver for one kind, as core calls them. Their types stand in `DriverMap`. */
export type DriverMethods = Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>

/** What one kind of one open cloud stands on. */
export interface KindSetup extends Acceptance {
  readonly methods: DriverMethods
  readonly runtime: DriverRuntime
  readonly consistency: Consistency
  readonly classify: (cause: unknown) => Classification
  readonly isClosed: () => boolean
  readonly peers: ListPeers
}

/**
 * The one mechanism behind every portable verb: check, deadline, choices, key and mark, the driver's call, classification, trace. A verb
 * differs from another by its description, never by a wrapper of its own.
 */
export function kindInvoker(setup: KindSetup): Invoke {
  const { kind, runtime } = setup
  const makeOnce = createOnce(runtime, setup.consistency)

  return (call) => {
    const context: CloudErrorContext = { driver: setup.driver, operation: `${call.kind}.${call.verb}` }
    const startedAt = runtime.now()
    const trace = (outcome: string): void =>
      runtime.trace({ operation: context.operation, driver: setup.driver, startedAt, durationMs: runtime.now() - startedAt, outcome })
    return attempt(() => carryOut(call, context), unclassified(context))
      .andThen((result) => result)
      .andTee(() => trace('Ok'))
      .orTee((error) => trace(error.code))
  }

  async function carryOut(call: PortableCall, context: CloudErrorContext): Promise<CloudResult<unknown>> {
    if (setup.isClosed()) return err(cloudError('FailedPrecondition', 'this cloud was closed', context, { expected: 'open', actual: 'closed' }))
    const verb = verbOf(kind, call.verb)
    if (verb === undefined || (verb.needs !== undefined && setup.supports[verb.needs] !== true)) {
      const capability = verb?.needs ?? `${kind.kind}.${call.verb}`
      return err(cloudError('Unsupported', `this cloud (${setup.driver}) has no ${capability}`, context, { capability }))
    }
    const problems = checkCall(setup, verb, call)
    if (problems.length > 0) return err(problemsError(problems, context))
    const deadline = startDeadline(runtime, call.options)
    try {
      const early = deadline.error(context)
      return early === undefined ? await dispatch(verb, call, context, deadline) : err(early)
    } finally {
      deadline.release()
    }
  }

  async function dispatch(verb: Verb, call: PortableCall, context: CloudErrorContext, deadline: Deadline): Promise<CloudResult<unknown>> {
    const args = await driverArguments(verb, call, context)
    if (args.isErr()) return err(args.error)
    switch (verb.effect) {
      case 'creates':
        return create(verb, call, args.value, context, deadline)
      case 'lists':
        return listPage(verb, call, args.value, context, deadline)
      case 'deletes':
        return (await send(verb.name, [...args.value, mutationCall(call, deadline)], context, deadline)).match(
          () => ok(undefined),
          ({ error }) => (error.code === 'NotFound' && goneIsGood(error.details, kind.kind) ? ok(undefined) : err(error)),
        )
      case 'changes':
        return (await send(verb.name, [...args.value, mutationCall(call, deadline)], context, deadline)).map(seal).mapErr(({ error }) => error)
      case 'reads':
        if (verb.name === 'findByKey') return findByKey(call, context, deadline)
        return (await send(verb.name, [...args.value, { signal: deadline.signal }], context, deadline)).map(seal).mapErr(({ error }) => error)
    }
  }

  /** The arguments as the driver takes them: ids for choices, streams for bytes, options of the verb last. */
  async function driverArguments(verb: Verb, call: PortableCall, context: CloudErrorContext): Promise<CloudResult<readonly unknown[]>> {
    const given = [...call.args]
    const args: unknown[] = verb.on === 'one' ? [given.shift()] : []
    for (const [name, field] of Object.entries(verb.takes)) {
      const value = given.shift()
      if (name === 'spec') {
        const spec = await resolveChoices(kind.fields, value as Readonly<Record<string, unknown>>, setup.peers, context)
        if (spec.isErr()) return err(spec.error)
        args.push(spec.value)
      } else if (field.shape.type === 'choice') {
        const id = await resolveChoice(field.shape.of, value, name, setup.peers, context)
        if (id.isErr()) return err(id.error)
        args.push(id.value)
      } else args.push(field.shape.type === 'bytes' ? toStream(value) : value)
    }
    if (verb.options !== undefined && verb.effect !== 'lists')
      args.push(Object.fromEntries(Object.keys(verb.options).map((name) => [name, call.options[name]])))
    return ok(args)
  }

  async function create(verb: Verb, call: PortableCall, args: readonly unknown[], context: CloudErrorContext, deadline: Deadline): Promise<CloudResult<unknown>> {
    const key = typeof call.options['key'] === 'string' ? call.options['key'] : runtime.randomUUID()
    // Checked with the other options of the call.
    const owner = call.options['owner'] as Owner | undefined
    const asked = Object.fromEntries(Object.keys(verb.takes).map((name, index) => [name, call.args[index + (verb.on === 'one' ? 1 : 0)]]))
    const spec = verb.takes['spec'] === undefined ? asked : (asked['spec'] as Readonly<Record<string, unknown>>)
    const mark: Mark = { key, owner, specDigest: await specDigest(verb.takes['spec'] === undefined ? verb.takes : kind.fields, spec) }
    const ownKind = verb.on === 'kind'
    const find = ownKind && canMake(kind) ? () => findMade(setup, { key, spec, context, deadline }) : undefined
    const made = await makeOnce({
      key,
      specDigest: mark.specDigest,
      again: call.options['again'] === true,
      context,
      signal: deadline.signal,
      send: async () =>
        (await send(verb.name, [...args, { signal: deadline.signal, key, mark }], context, deadline)).match(
          // A create gives a resource: the driver's type says so.
          (resource) => ({ made: seal(resource) as AnyResource }),
          (failure) => ({ failure }),
        ),
      find,
      read:
        ownKind && kind.verbs.includes('get')
          ? async (id) =>
              (await send('get', [id, { signal: deadline.signal }], context, deadline)).map((seen) => seen as AnyResource).mapErr(({ error }) => error)
          : undefined,
    })
    return made
  }

  async function findByKey(call: PortableCall, context: CloudErrorContext, deadline: Deadline): Promise<CloudResult<AnyResource>> {
    const key = String(call.args[0])
    const spec = call.options['spec'] as Readonly<Record<string, unknown>> | undefined
    if (spec === undefined && kind.identity !== 'marked') {
      const fields = kind.identity === 'named' ? ['name'] : (kind.joins ?? [])
      const message = `spec: a ${kind.kind} is recognised by ${fields.join(', ')}, so what was asked for must be given`
      return err(cloudError('InvalidArgument', message, context, { path: ['spec'] }))
    }
    const found = await findMade(setup, { key, spec: spec ?? {}, context, deadline })
    return found.andThen((resource) =>
      resource === undefined ? err(cloudError('NotFound', `no ${kind.kind} bears the key ${key}`, context, { kind: kind.kind, id: key })) : ok(resource),
    )
  }

  async function listPage(verb: Verb, call: PortableCall, args: readonly unknown[], context: CloudErrorContext, deadline: Deadline): Promise<CloudResult<unknown>> {
    const { cursor, pageSize } = call.options
    const { name, labels, owner, ...where } = (verb.takes['filter'] === undefined ? {} : (args[0] ?? {})) as Readonly<Record<string, unknown>>
    const driverArgs =
      verb.takes['filter'] === undefined
        ? [...args, { ...Object.fromEntries(Object.keys(verb.options ?? {}).map((option) => [option, call.options[option]])), cursor, pageSize }]
        : [{ name, labels, owner, where: definedOnly(where), cursor, pageSize }]
    const method = verb.takes['filter'] === undefined ? verb.name : 'listPage'
    const page = await send(method, [...driverArgs, { signal: deadline.signal }], context, deadline)
    return page
      .map((found) => {
        // A page of the driver's: its type says so.
        const { items, nextCursor } = found as Page<AnyResource>
        const kept = verb.takes['filter'] === undefined ? items : items.filter((item) => letThrough(item, { name, labels, owner, where }))
        return { items: kept.map(seal), ...(nextCursor === undefined ? {} : { nextCursor }) }
      })
      .mapErr(({ error }) => error)
  }

  /** One call of the driver: its only way out of this house. */
  function send(method: string, args: readonly unknown[], context: CloudErrorContext, deadline: Deadline) {
    const run = async (): Promise<unknown> => {
      const found = setup.methods[method]
      if (found === undefined) throw new Error(`the driver ${setup.driver} declares ${kind.kind} and has no ${method}`)
      return found.call(setup.methods, ...args)
    }
    return ResultAsync.fromThrowable(run, (cause) => {
      const ended = deadline.error({ ...context, cause })
      return ended === undefined ? toFailure(cause, context, setup.classify) : { error: ended, ambiguous: true }
    })()
  }

  function mutationCall(call: PortableCall, deadline: Deadline): { readonly signal: AbortSignal; readonly key: string } {
    return { signal: deadline.signal, key: typeof call.options['key'] === 'string' ? call.options['key'] : runtime.randomUUID() }
  }
}

const definedOnly = (value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))

/** Deleting what is gone is `Ok`; that its bucket or repository is gone is not the same. */
const goneIsGood = (details: object, kind: string): boolean => !('kind' in details) || details.kind === kind
