import type { ServerConsole, ServerResizing, ServerService, ServerSnapshotting } from './server-service.ts'
import type { ImageExport, ImageImport, ImageService, KeyPairService, ServerGroupService, ServerSizeService } from './services.ts'

/** A cloud that runs servers. */
export interface HasServers {
  readonly supports: { readonly server: true }
  readonly compute: { readonly servers: ServerService }
}
/** A cloud whose servers can change size in place. */
export interface HasServerResize {
  readonly supports: { readonly 'server.resize': true }
  readonly compute: { readonly servers: ServerResizing }
}
/** A cloud that makes images of servers. */
export interface HasServerSnapshot {
  readonly supports: { readonly 'server.snapshot': true }
  readonly compute: { readonly servers: ServerSnapshotting }
}
/** A cloud that shows the console of a server. */
export interface HasServerConsole {
  readonly supports: { readonly 'server.console': true }
  readonly compute: { readonly servers: ServerConsole }
}
/** A cloud that lists the sizes of its servers. */
export interface HasServerSizes {
  readonly supports: { readonly serverSize: true }
  readonly compute: { readonly serverSizes: ServerSizeService }
}
/** A cloud that has images. */
export interface HasImages {
  readonly supports: { readonly image: true }
  readonly compute: { readonly images: ImageService }
}
/** A cloud that takes images of one's own. */
export interface HasImageImport {
  readonly supports: { readonly 'image.import': true }
  readonly compute: { readonly images: ImageImport }
}
/** A cloud that gives the bytes of its images. */
export interface HasImageExport {
  readonly supports: { readonly 'image.export': true }
  readonly compute: { readonly images: ImageExport }
}
/** A cloud that keeps public keys. */
export interface HasKeyPairs {
  readonly supports: { readonly keyPair: true }
  readonly compute: { readonly keyPairs: KeyPairService }
}
/** A cloud that places servers with regard to each other. */
export interface HasServerGroups {
  readonly supports: { readonly serverGroup: true }
  readonly compute: { readonly serverGroups: ServerGroupService }
}
