import type { Page } from '../pager.ts'
import type { AnyResource, ResourceId } from '../resource.ts'
import type { Secret } from '../secret.ts'
import type { Call, CreateCall, ListQuery, MutationCall } from './call.ts'

/** A spec as a driver gets it: checked, every choice resolved to an id, every secret wrapped. */
export type Resolved<Spec> = { readonly [F in keyof Spec]: ResolvedValue<Spec[F]> }
type ResolvedValue<V> = [Extract<V, Secret<unknown>>] extends [never]
  ? [Extract<V, ResourceId<string>>] extends [never]
    ? V
    : Extract<V, ResourceId<string> | undefined>
  : Extract<V, Secret<unknown> | undefined>

/** Reads one. Raise what the provider raises: `classify` tells core that it means `NotFound`. */
export interface GetsDriver<R extends AnyResource> {
  /** The phase that stands for each of the provider's own states, where the driver has a table of them: reference pages show it. */
  readonly states?: Readonly<Record<string, R['status']['phase']>> | undefined
  get(id: R['id'], call: Call): Promise<R>
}

/** Reads a page. No cursor means the first; no `nextCursor` means the last. */
export interface ListsDriver<R extends AnyResource> {
  listPage(query: ListQuery, call: Call): Promise<Page<R>>
}

/** Makes one. */
export interface CreatesDriver<Spec, R extends AnyResource> {
  /** The fields of the spec that this driver handles. Core answers `Unsupported` to any other, naming it: nothing is dropped silently. */
  readonly fields: readonly (keyof Spec & string)[]
  /** Sends one request and gives what the provider answered. Core has checked the spec, made the key, and looks it up when that is due. */
  create(spec: Resolved<Spec>, call: CreateCall): Promise<R>
}

/** Finds by mark. Only kinds that are recognised so have it; for the others core compares names, or what they join. */
export interface MarksDriver<R extends AnyResource> {
  /** Everything made with this key: none, one, or twins. */
  findByKey(key: string, call: Call): Promise<readonly R[]>
}

/** Changes one in place. Fields that are `undefined` stay as they are. */
export interface UpdatesDriver<R extends AnyResource, Changes> {
  update(id: R['id'], changes: Changes, call: MutationCall): Promise<R>
}

/** Removes one. Raise what the provider raises when it is gone: core makes that `Ok`. */
export interface DeletesDriver<R extends AnyResource> {
  delete(id: R['id'], call: MutationCall): Promise<void>
}
