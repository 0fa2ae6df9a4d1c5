import type { MutationOptions } from '../options.ts'
import type { ByteSource } from '../kind/field.ts'
import type { CallOptions } from '../options.ts'
import type { CloudResultAsync } from '../result.ts'
import type { Creates, Deletes, Gets, ListFilter, Lists } from '../service.ts'
import type { ImageId, ImageResource, ImageSpec } from './image.ts'
import type { KeyPairResource, KeyPairSpec } from './key-pair.ts'
import type { ServerGroupResource, ServerGroupSpec } from './server-group.ts'
import type { ServerSizeResource } from './server-size.ts'

/** Sizes of servers, as the cloud offers them (OpenStack: flavors; AWS: instance types). */
export interface ServerSizeService extends Gets<ServerSizeResource>, Lists<ServerSizeResource> {}

/** Images that servers boot from. */
export interface ImageService extends Gets<ImageResource>, Lists<ImageResource>, Deletes<ImageResource> {}

/** What `image.import` adds. */
export interface ImageImport extends Pick<Creates<ImageSpec, ImageResource>, 'findByKey'> {
  /** Uploads an image. Err: `InvalidArgument`, `QuotaExceeded`. */
  import(spec: ImageSpec, content: ByteSource, options?: MutationOptions): CloudResultAsync<ImageResource>
}

/** What `image.export` adds. */
export interface ImageExport {
  /** The image's bytes, in the format that it is stored in. The stream ends with an error if its digest is not the one recorded. */
  export(id: ImageId, options?: CallOptions): CloudResultAsync<AsyncIterable<Uint8Array>>
}

/** Public keys that servers let in. */
export interface KeyPairService
  extends Creates<KeyPairSpec, KeyPairResource>,
    Gets<KeyPairResource>,
    Lists<KeyPairResource>,
    Deletes<KeyPairResource> {}

/** Groups of servers that are placed with regard to each other. */
export interface ServerGroupService
  extends Creates<ServerGroupSpec, ServerGroupResource>,
    Gets<ServerGroupResource>,
    Lists<ServerGroupResource, ListFilter>,
    Deletes<ServerGroupResource> {}
