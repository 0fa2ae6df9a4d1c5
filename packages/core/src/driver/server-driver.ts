import type { ImageResource } from '../compute/image.ts'
import type { ServerChanges, ServerId, ServerResource, ServerSpec } from '../compute/server.ts'
import type { ServerSizeId } from '../compute/server-size.ts'
import type { Call, CreateCall, MutationCall } from './call.ts'
import type { CreatesDriver, DeletesDriver, GetsDriver, ListsDriver, MarksDriver, UpdatesDriver } from './kind-driver.ts'

/**
 * What a driver writes to offer servers. Each method is one thing that the provider does; it may throw whatever the provider's client
 * throws, for core catches once, asks the driver to `classify` it, and gives the caller a value. Checks, keys, deadlines, look-ups,
 * paging, waiting and tracing are core's.
 */
export interface ServerDriver
  extends CreatesDriver<ServerSpec, ServerResource>,
    MarksDriver<ServerResource>,
    GetsDriver<ServerResource>,
    ListsDriver<ServerResource>,
    UpdatesDriver<ServerResource, ServerChanges>,
    DeletesDriver<ServerResource> {
  /** Resolves on acceptance, with the server as it then is. */
  start(id: ServerId, call: MutationCall): Promise<ServerResource>
  stop(id: ServerId, call: MutationCall): Promise<ServerResource>
  reboot(id: ServerId, call: MutationCall): Promise<ServerResource>
}

/** What `server.resize` asks of a driver. */
export interface ServerResizeDriver {
  resize(id: ServerId, size: ServerSizeId, call: MutationCall): Promise<ServerResource>
}

/** What `server.snapshot` asks of a driver. The mark is the image's. */
export interface ServerSnapshotDriver {
  snapshot(id: ServerId, name: string, call: CreateCall): Promise<ImageResource>
}

/** What `server.console` asks of a driver. */
export interface ServerConsoleDriver {
  console(id: ServerId, options: { readonly lines?: number | undefined }, call: Call): Promise<string>
}
