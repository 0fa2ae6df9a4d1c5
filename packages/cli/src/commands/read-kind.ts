import { cloudError, kindService } from '@hanse/core'
import type { AnyKind, Cloud, CloudError, CloudResult, CloudResultAsync, Pager, Verb } from '@hanse/core'
import { err, ok, ResultAsync } from 'neverthrow'
import type { Result } from 'neverthrow'
import type { CommandCall, RunCommand } from '../command/command.ts'
import { fieldFlag } from '../command/field-flag.ts'
import type { VerbShape } from '../command/kind-commands.ts'
import { exitCode } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { cloudFailure } from '../failure.ts'
import type { Failure } from '../failure.ts'
import { withInterrupts } from '../interrupts.ts'
import { printDetails, printTable } from '../output/print-resources.ts'
import { chooseCloud } from '../project/choose-cloud.ts'
import { loadConfig } from '../project/load-config.ts'
import { openOne } from '../project/open-clouds.ts'

/** A reading verb of a kind as a command: `hanse server ls`, `hanse object get site index.html`. */
export const readKind =
  (kind: AnyKind, verb: Verb, shape: VerbShape): RunCommand =>
  (call) =>
    withInterrupts(call, async (signal) => {
      const loaded = await loadConfig(call.host, call.options.config)
      if (loaded.isErr()) return err(loaded.error)
      const chosen = chooseCloud(loaded.value, call.options)
      if (chosen.isErr()) return err(chosen.error)
      const opened = await openOne(call.host, loaded.value.config.clouds, chosen.value, true, signal)
      if (opened.isErr()) return err(opened.error)
      const cloud = opened.value
      const result = await read(call, cloud, chosen.value, { kind, verb, shape }, signal)
      // What could not be closed cannot be helped when all work is done.
      await cloud.close().unwrapOr(undefined)
      return result
    })

interface Reading {
  readonly kind: AnyKind
  readonly verb: Verb
  readonly shape: VerbShape
}

/** A method of a service, when its own types do not matter. */
type Method = (...args: readonly unknown[]) => CloudResultAsync<unknown> | Pager<unknown>

async function read(
  call: CommandCall,
  cloud: Cloud,
  name: string,
  { kind, verb, shape }: Reading,
  signal: AbortSignal,
): Promise<Result<ExitCode, Failure>> {
  const methods = kindService(cloud, kind.kind) as Readonly<Record<string, Method | undefined>> | undefined
  const method = methods?.[verb.name]
  if (methods === undefined || method === undefined)
    return err(lacks(cloud, name, methods === undefined ? kind.kind : (verb.needs ?? `${kind.kind}.${verb.name}`), kind, verb))
  const args = await argumentsOf(call, cloud, kind, verb, shape, signal)
  if (args.isErr()) return err(cloudFailure(args.error))
  const answer = method(...args.value)
  // A verb that lists gives a pager, any other a result: verbsOf says which.
  const result =
    verb.effect === 'lists' ? (answer as Pager<unknown>).toArray({ limit: call.options.limit }) : (answer as CloudResultAsync<unknown>)
  const done = await result
  if (done.isErr()) return err(cloudFailure(done.error))
  return show(call, kind, verb, done.value)
}

/** The arguments in the order of the description: references by their ids, a filter or the options last. */
async function argumentsOf(
  { args, flags }: CommandCall,
  cloud: Cloud,
  kind: AnyKind,
  verb: Verb,
  shape: VerbShape,
  signal: AbortSignal,
): Promise<CloudResult<readonly unknown[]>> {
  const words = [...args]
  const found: unknown[] = []
  if (verb.on === 'one') {
    const id = await idOf(cloud, kind.kind, words.shift() ?? '', signal)
    if (id.isErr()) return err(id.error)
    found.push(id.value)
  }
  for (const [, field] of shape.words) {
    const word = words.shift() ?? ''
    const id =
      field.shape.type === 'reference'
        ? await idOf(cloud, field.shape.to, word, signal)
        : ok(field.shape.type === 'integer' ? Number(word) : word)
    if (id.isErr()) return err(id.error)
    found.push(id.value)
  }
  const named: Record<string, unknown> = {}
  for (const [name, field] of shape.flags) {
    const value = fieldFlag(name, field)?.value(flags)
    if (value === undefined) continue
    const id = field.shape.type === 'reference' ? await idOf(cloud, field.shape.to, String(value), signal) : ok(value)
    if (id.isErr()) return err(id.error)
    named[name] = id.value
  }
  return ok(verb.takes['filter'] === undefined ? [...found, { ...named, signal }] : [...found, named, { signal }])
}

/** The id of a resource that is named by its name or its id. A kind that cannot be listed is known by its id alone. */
async function idOf(cloud: Cloud, kind: string, nameOrId: string, signal: AbortSignal): Promise<CloudResult<string>> {
  const find = kindService(cloud, kind)?.find
  return find === undefined ? ok(nameOrId) : find(nameOrId, { signal }).map(({ id }) => id)
}

async function show({ host, screen }: CommandCall, kind: AnyKind, verb: Verb, value: unknown): Promise<Result<ExitCode, Failure>> {
  if (verb.effect === 'lists') {
    const items = value as readonly unknown[]
    if (screen.json) screen.document('list', { kind: kind.kind, items })
    else printTable(screen, kind, items)
    return ok(exitCode.done)
  }
  const bytes = bytesIn(value)
  if (bytes !== undefined && !screen.json) {
    const written = await ResultAsync.fromThrowable(
      () => host.stdout.writeBytes(bytes),
      // Reading throws the cloud's own error when the transfer breaks.
      (cause) => cause as CloudError,
    )()
    return written.map(() => exitCode.done).mapErr(cloudFailure)
  }
  if (screen.json) screen.document('value', { kind: kind.kind, verb: verb.name, value: withoutBytes(value) })
  else if (typeof value === 'string') screen.print(value.replace(/\n$/, ''))
  else if (Array.isArray(value)) printTable(screen, kind, value)
  else printDetails(screen, kind, value)
  return ok(exitCode.done)
}

/** The bytes that a verb gave: as they are, or as the content of what it is about. */
function bytesIn(value: unknown): AsyncIterable<Uint8Array> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Symbol.asyncIterator in value) return value as AsyncIterable<Uint8Array>
  if (value instanceof Uint8Array) return one(value)
  return 'content' in value ? bytesIn(value.content) : undefined
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** What is known beside the bytes; JSON is no place for those. */
function withoutBytes(value: unknown): unknown {
  if (bytesIn(value) === undefined) return value
  if (typeof value !== 'object' || value === null || !('content' in value)) return undefined
  const { content: _, ...known } = value
  return known
}

const lacks = (cloud: Cloud, name: string, capability: string, kind: AnyKind, verb: Verb): Failure => {
  const offered = Object.keys(cloud.kinds).join(', ')
  const message = `The cloud ${name} (${cloud.driver}) has no ${capability}; its kinds are ${offered}.`
  return cloudFailure(cloudError('Unsupported', message, { driver: cloud.driver, operation: `${kind.kind}.${verb.name}` }, { capability }))
}
