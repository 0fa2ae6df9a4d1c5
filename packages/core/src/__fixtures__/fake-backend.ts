import type { Classification } from '../driver/classification.ts'
import type { CreateCall, ListQuery } from '../driver/call.ts'
import type { AnyKind } from '../kind/kind.ts'
import { verbsOf } from '../kind/verb.ts'
import type { Verb } from '../kind/verb.ts'
import type { AnyResource } from '../resource.ts'
import type { FakeWorld } from './fake-clock.ts'

/** What a provider's client would raise. */
export class FakeFailure extends Error {
  readonly status: number
  readonly kind: string
  readonly id: string

  constructor(status: number, message = `status ${status}`, about: { readonly kind?: string; readonly id?: string } = {}) {
    super(message)
    this.status = status
    this.kind = about.kind ?? ''
    this.id = about.id ?? ''
  }
}

/** Stands in for one call of a method: may do it, fail before or after it, wait, or give anything at all. */
export type Script = (carryOut: () => Promise<unknown>, ...args: readonly never[]) => unknown

interface Stored {
  readonly resource: AnyResource
  readonly visibleAt: number
}

/** The cloud behind a fake driver: resources in memory, a record of every call, and a script for each that is to go another way. */
export class FakeBackend {
  /** Every call that reached it, as `server.create`. */
  readonly calls: string[] = []
  /** The arguments of those calls. */
  readonly args: (readonly unknown[])[] = []
  readonly #world: FakeWorld
  readonly #visibleAfterMs: number
  readonly #stored: Stored[] = []
  readonly #scripts = new Map<string, Script[]>()
  #ids = 0
  /** How many items a page holds. */
  pageSize = 100

  constructor(world: FakeWorld, visibleAfterMs: number) {
    this.#world = world
    this.#visibleAfterMs = visibleAfterMs
  }

  /** Says how the next calls of a method go, one script each. */
  script(call: string, ...scripts: readonly Script[]): void {
    this.#scripts.set(call, [...(this.#scripts.get(call) ?? []), ...scripts])
  }

  /** Puts a resource there, as somebody else would. */
  seed(kind: string, about: Partial<AnyResource> & { readonly observed?: object }): AnyResource {
    return this.#store(this.#resource(kind, about), 0)
  }

  /** The ids of a kind that are there. */
  ids(kind: string): readonly string[] {
    return this.#stored.filter(({ resource }) => resource.kind === kind).map(({ resource }) => resource.id)
  }

  count(call: string): number {
    return this.calls.filter((name) => name === call).length
  }

  static classify(cause: unknown): Classification {
    if (!(cause instanceof FakeFailure))
      return { code: 'Unknown', message: cause instanceof Error ? cause.message : 'something else', details: {} }
    const { message, kind, id } = cause
    switch (cause.status) {
      case 400:
        return { code: 'InvalidArgument', message, details: { path: [] }, providerCode: 'Bad.Request' }
      case 404:
        return { code: 'NotFound', message, details: { kind, id }, requestId: 'req-404' }
      case 409:
        return { code: 'AlreadyExists', message, details: { kind, id } }
      case 429:
        return { code: 'RateLimited', message, details: { retryAfterMs: 5 } }
      case 503:
        return { code: 'Unavailable', message, details: {}, ambiguous: true }
      default:
        return { code: 'Unknown', message, details: {} }
    }
  }

  /** The methods of a driver for a kind. */
  methodsOf(kind: AnyKind, fields: readonly string[] = Object.keys(kind.fields)): object {
    const methods: Record<string, (...args: readonly unknown[]) => Promise<unknown>> = {}
    const add = (name: string, carryOut: (...args: readonly never[]) => Promise<unknown>): void => {
      const call = `${kind.kind}.${name}`
      methods[name] = (...args) => {
        this.calls.push(call)
        this.args.push(args)
        const script = this.#scripts.get(call)?.shift()
        // What a script gives is what a faulty driver would.
        return (
          script === undefined ? carryOut(...(args as never[])) : script(() => carryOut(...(args as never[])), ...(args as never[]))
        ) as Promise<unknown>
      }
    }
    add('get', async (id: string) => this.#known(kind.kind, id))
    add('listPage', async (query: ListQuery) => this.#page(kind, query))
    add('findByKey', async (key: string) => this.#visible(kind.kind).filter((resource) => resource.key === key))
    add('delete', async (id: string) => this.#remove(kind.kind, id))
    add('update', async (id: string, changes: object) => this.#change(kind.kind, id, changes))
    add('create', async (spec: object, call: CreateCall) => this.#make(kind.kind, spec, call))
    for (const verb of verbsOf(kind))
      if (verb.name in kind.actions) add(verb.name, (...args: readonly unknown[]) => this.#act(kind, verb, args))
    return { ...methods, fields }
  }

  async #act(kind: AnyKind, verb: Verb, args: readonly unknown[]): Promise<unknown> {
    if (verb.effect === 'creates') return this.#make(verb.makes ?? kind.kind, args[0] as object, args.at(-1) as CreateCall)
    if (verb.effect === 'lists') return { items: [] }
    return verb.on === 'one' ? this.#known(kind.kind, String(args[0])) : { done: verb.name }
  }

  #make(kind: string, spec: object, { mark }: CreateCall): AnyResource {
    const observed: Readonly<Record<string, unknown>> = typeof spec === 'object' ? { ...spec } : {}
    const labels = (observed['labels'] ?? {}) as AnyResource['labels']
    const resource = this.#resource(kind, {
      name: String(observed['name'] ?? ''),
      labels,
      observed,
      owner: mark.owner,
      key: mark.key,
      specDigest: mark.specDigest,
    })
    return this.#store(resource, this.#visibleAfterMs)
  }

  #resource(kind: string, about: Partial<AnyResource>): AnyResource {
    return {
      kind,
      id: `${kind}-${(this.#ids += 1)}` as AnyResource['id'],
      name: '',
      labels: {},
      status: { phase: kind === 'server' ? 'Running' : 'Ready', providerState: 'ACTIVE' },
      observed: {},
      outputs: {},
      createdAt: new Date(this.#world.runtime.now()),
      warnings: [],
      native: { of: 'the provider' },
      ...about,
    }
  }

  #store(resource: AnyResource, afterMs: number): AnyResource {
    this.#stored.push({ resource, visibleAt: this.#world.now() + afterMs })
    return resource
  }

  #visible(kind: string): readonly AnyResource[] {
    return this.#stored
      .filter(({ resource, visibleAt }) => resource.kind === kind && visibleAt <= this.#world.now())
      .map(({ resource }) => resource)
  }

  #known(kind: string, id: string): AnyResource {
    const found = this.#visible(kind).find((resource) => resource.id === id)
    if (found === undefined) throw new FakeFailure(404, `no ${kind} ${id}`, { kind, id })
    return found
  }

  #page(kind: AnyKind, { cursor }: ListQuery): object {
    const all = this.#visible(kind.kind)
    const start = cursor === undefined ? 0 : Number(cursor)
    const end = start + this.pageSize
    return { items: all.slice(start, end), ...(end < all.length ? { nextCursor: String(end) } : {}) }
  }

  #change(kind: string, id: string, changes: object): AnyResource {
    const before = this.#known(kind, id)
    const after = { ...before, observed: { ...before.observed, ...changes } }
    const index = this.#stored.findIndex(({ resource }) => resource === before)
    this.#stored[index] = { resource: after, visibleAt: 0 }
    return after
  }

  #remove(kind: string, id: string): void {
    const found = this.#known(kind, id)
    this.#stored.splice(
      this.#stored.findIndex(({ resource }) => resource === found),
      1,
    )
  }
}
