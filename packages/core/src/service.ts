import type { CallOptions, CreateOptions, MutationOptions, PageRequest } from './options.ts'
import type { Owner } from './owner.ts'
import type { Pager } from './pager.ts'
import type { AnyResource, Labels } from './resource.ts'
import type { CloudResultAsync } from './result.ts'

/** Which resources a list gives: those that equal every value named here. Anything richer is the provider's own and reached through `native`. */
export interface ListFilter {
  readonly name?: string | undefined
  /** Each of these labels, with this value. */
  readonly labels?: Labels | undefined
  /** Whose; without `environment`, every environment of the stack. */
  readonly owner?: { readonly stack: Owner['stack']; readonly environment?: Owner['environment'] | undefined } | undefined
}

/** Reads one resource. */
export interface Gets<R extends AnyResource> {
  /** The resource as it is now. Err: `NotFound`. */
  get(id: R['id'], options?: CallOptions): CloudResultAsync<R>
}

/** Reads many resources. */
export interface Lists<R extends AnyResource, Filter extends ListFilter = ListFilter> {
  /** Every resource that these credentials see and the filter lets through, each once. */
  list(filter?: Filter, options?: PageRequest): Pager<R>
  /** The one resource of this name, or of this id. Err: `NotFound`; `FailedPrecondition` when several have the name, naming their ids. */
  find(nameOrId: string, options?: CallOptions): CloudResultAsync<R>
}

/** Makes resources. */
export interface Creates<Spec, R extends AnyResource> {
  /**
   * Makes one. Resolves when the cloud has accepted the request: the id is final and `get` finds it; `until` waits for more.
   * Sending the same `key` and spec again gives the same resource, in parallel too; a caller who aborts takes it from no other.
   * An error that leaves open whether it was made says so and has `context.key`: the same call with that key and `again: true` is safe.
   * Err: `InvalidArgument` with the path of the field, before any request; `Unsupported` for a field that this cloud does not handle;
   * `AlreadyExists`, `QuotaExceeded`, `FailedPrecondition` (the key was used for another spec; a referenced resource is not ready).
   */
  create(spec: Spec, options?: CreateOptions<R['status']['phase']>): CloudResultAsync<R>
  /**
   * What a create with this key has made. Kinds that carry no mark are recognised by their name or by what they join and need `spec`.
   * Absence is concluded only after the time that the cloud needs to settle. Err: `NotFound`.
   */
  findByKey(key: string, options?: CallOptions & { readonly spec?: Spec | undefined }): CloudResultAsync<R>
}

/** Changes resources in place. */
export interface Updates<R extends AnyResource, Changes> {
  /** Sets the fields named and leaves the others. Err: `NotFound`, `InvalidArgument`. */
  update(id: R['id'], changes: Changes, options?: MutationOptions): CloudResultAsync<R>
}

/** Removes resources. */
export interface Deletes<R extends AnyResource> {
  /**
   * Resolves when the cloud has accepted the request; `waitFor` its absence follows it further. Deleting what is gone is `Ok`.
   * Err: `FailedPrecondition` while something uses it, naming what.
   */
  delete(id: R['id'], options?: MutationOptions): CloudResultAsync<void>
}
