import type { AnyResource, CloudSource, DriverRuntime, Page } from '@hanse/core'
import { local } from '@hanse/driver-local'

/** The methods of one kind, as a broken variant sees and replaces them. */
export interface Methods {
  readonly create: (spec: Spec, call: CreateCall) => Promise<AnyResource>
  readonly get: (id: string, call: Call) => Promise<AnyResource>
  readonly listPage: (query: Query, call: Call) => Promise<Page<AnyResource>>
  readonly update: (id: string, changes: Spec, call: Call) => Promise<AnyResource>
  readonly delete: (id: string, call: Call) => Promise<void>
  readonly findByKey: (key: string, call: Call) => Promise<readonly AnyResource[]>
  readonly start: (id: string, call: Call) => Promise<AnyResource>
  readonly reboot: (id: string, call: Call) => Promise<AnyResource>
  readonly resize: (id: string, size: string, call: Call) => Promise<AnyResource>
  readonly objects: ObjectMethods
}

/** The methods of objects, which have other arguments. */
export interface ObjectMethods {
  readonly put: (bucket: string, key: string, content: Bytes, options: object, call: Call) => Promise<object>
  readonly get: (
    bucket: string,
    key: string,
    options: { readonly range?: { readonly start: number; readonly end?: number } },
    call: Call,
  ) => Promise<object>
  readonly list: (
    bucket: string,
    options: object,
    call: Call,
  ) => Promise<{ readonly items: readonly { readonly key: string }[]; readonly nextCursor?: string }>
  readonly delete: (bucket: string, key: string, call: Call) => Promise<void>
}

export type Bytes = AsyncIterable<Uint8Array>

export type Spec = Readonly<Record<string, unknown>>
export interface Call {
  readonly signal: AbortSignal
}
export interface CreateCall extends Call {
  readonly key: string
  readonly mark: { readonly key: string; readonly owner?: unknown; readonly specDigest: string }
}
export interface Query {
  readonly cursor?: string | undefined
  readonly pageSize?: number | undefined
  readonly where: Spec
}

/** One fault, and what must find it. */
export interface BrokenDriver {
  /** What it does wrong, as a sentence without its subject. */
  readonly does: string
  /** The kind whose methods are replaced; its cases are run. */
  readonly kind: string
  /** The case that must fail. */
  readonly caughtBy: string
  /** The rule that the failure must name. */
  readonly rule: string
  /** Replaces methods. Called once for each cloud that is opened; `shared` is the same for all of one source. */
  readonly break: (methods: Methods, runtime: DriverRuntime, shared: Map<string, unknown>) => Partial<Methods>
}

/** The embedded cloud, in memory, with one fault. */
export function brokenSource({ kind, break: replace }: BrokenDriver): CloudSource {
  const source = local()
  const shared = new Map<string, unknown>()
  const load: CloudSource['load'] = async () => {
    const bound = await source.load()
    return {
      ...bound,
      open: async (runtime, signal) => {
        const opened = await bound.open(runtime, signal)
        // By kind, as DriverKinds says; here any of them.
        const kinds = opened.kinds as unknown as Readonly<Record<string, Methods>>
        const methods = kinds[kind]
        if (methods === undefined) throw new Error(`the embedded cloud has no ${kind}`)
        const { objects, ...replaced } = replace({ ...methods, objects: methods as unknown as ObjectMethods }, runtime, shared)
        return { ...opened, kinds: { ...kinds, [kind]: { ...methods, ...replaced, ...objects } } as never }
      },
    }
  }
  return { ...source, load }
}
