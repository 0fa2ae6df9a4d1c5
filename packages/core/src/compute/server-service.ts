import type { CallOptions, MutationOptions } from '../options.ts'
import type { CloudResultAsync } from '../result.ts'
import type { Creates, Deletes, Gets, ListFilter, Lists, Updates } from '../service.ts'
import type { ImageResource } from './image.ts'
import type { ServerChanges, ServerId, ServerResource, ServerSpec } from './server.ts'
import type { SizeChoice } from './server-size.ts'

/**
 * Servers: virtual machines, or what a cloud has in their place.
 *
 * @example
 * const web = await cloud.compute.servers.create(
 *   { name: 'web', image: { os: 'debian', version: '13' }, size: { vcpus: 2, memoryGiB: 4 }, subnets: [front.id] },
 *   { until: 'Running', timeoutMs: 120_000 },
 * )
 */
export interface ServerService
  extends Creates<ServerSpec, ServerResource>,
    Gets<ServerResource>,
    Lists<ServerResource, ListFilter>,
    Updates<ServerResource, ServerChanges>,
    Deletes<ServerResource> {
  /** Boots a stopped server. Starting one that runs is `Ok`. Err: `NotFound`, `FailedPrecondition` (it has failed, or is being deleted). */
  start(id: ServerId, options?: MutationOptions): CloudResultAsync<ServerResource>
  /** Shuts it down and keeps its disks, addresses and id. Stopping one that is stopped is `Ok`. Err: as `start`. */
  stop(id: ServerId, options?: MutationOptions): CloudResultAsync<ServerResource>
  /** Restarts a running server. Err: as `start`; `FailedPrecondition` when it is stopped. */
  reboot(id: ServerId, options?: MutationOptions): CloudResultAsync<ServerResource>
}

/** What `server.resize` adds. */
export interface ServerResizing {
  /** Gives it another size, keeping id, addresses and data. The server may restart. Err: `NotFound`, `QuotaExceeded`, `FailedPrecondition`. */
  resize(id: ServerId, size: SizeChoice, options?: MutationOptions): CloudResultAsync<ServerResource>
}

/** What `server.snapshot` adds. */
export interface ServerSnapshotting {
  /** Makes an image of its disk. Resolves on acceptance; the image is `Ready` later. Err: `NotFound`, `QuotaExceeded`. */
  snapshot(id: ServerId, name: string, options?: MutationOptions): CloudResultAsync<ImageResource>
}

/** What `server.console` adds. */
export interface ServerConsole {
  /** The last lines of its console, as text. Err: `NotFound`. */
  console(id: ServerId, options?: CallOptions & { readonly lines?: number | undefined }): CloudResultAsync<string>
}
