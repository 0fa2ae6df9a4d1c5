import type { Page } from '../pager.ts'
import type { Descriptor, Digest, MediaType } from '../registry/descriptor.ts'
import type { BlobContent, ManifestContent, TagOrDigest } from '../registry/manifest.ts'
import type { RepositoryId, RepositoryResource, RepositorySpec } from '../registry/repository.ts'
import type { ByteRange } from '../storage/object.ts'
import type { Call, MutationCall } from './call.ts'
import type { CreatesDriver, DeletesDriver, GetsDriver, ListsDriver } from './kind-driver.ts'

/** Which page of a plain list is asked for. */
interface PageQuery {
  readonly cursor?: string | undefined
  readonly pageSize?: number | undefined
}

/** What a driver writes to offer repositories. The id of one is its name. */
export interface RepositoryDriver extends GetsDriver<RepositoryResource>, ListsDriver<RepositoryResource> {}

/** What `repository.create` asks of a driver. `delete` refuses a repository with something in it: `FailedPrecondition`. */
export interface RepositoryCreateDriver extends CreatesDriver<RepositorySpec, RepositoryResource>, DeletesDriver<RepositoryResource> {}

/** What a driver writes to offer tags (OCI distribution specification, "Listing Tags"). */
export interface TagDriver {
  /** A page of tags in lexical order of their bytes. */
  list(repository: RepositoryId, query: PageQuery, call: Call): Promise<Page<string>>
  get(repository: RepositoryId, tag: string, call: Call): Promise<Descriptor>
  /** Over HTTP: GET the manifest by digest, PUT the same bytes under the tag. */
  put(repository: RepositoryId, tag: string, digest: Digest, call: MutationCall): Promise<Descriptor>
}

/** What `tag.delete` asks of a driver. */
export interface TagDeleteDriver {
  delete(repository: RepositoryId, tag: string, call: MutationCall): Promise<void>
}

/** What a driver writes to offer manifests. Core has checked size and references and verifies digests on the way in and out. */
export interface ManifestDriver {
  head(repository: RepositoryId, reference: TagOrDigest, call: Call): Promise<Descriptor>
  /** The bytes as they are stored, never written anew. */
  get(repository: RepositoryId, reference: TagOrDigest, call: Call): Promise<ManifestContent>
  /** With a tag, the tag moves in the same step. Refuses a manifest that names what is not there. */
  put(
    repository: RepositoryId,
    reference: TagOrDigest,
    content: Uint8Array,
    options: { readonly mediaType: MediaType },
    call: MutationCall,
  ): Promise<Descriptor>
}

/** What `manifest.delete` asks of a driver. */
export interface ManifestDeleteDriver {
  delete(repository: RepositoryId, digest: Digest, call: MutationCall): Promise<void>
}

/** What `artifact.referrers` asks of a driver (OCI distribution specification, "Listing Referrers"): `artifactType` is filtered by it. */
export interface ReferrersDriver {
  referrers(
    repository: RepositoryId,
    digest: Digest,
    query: PageQuery & { readonly artifactType?: MediaType | undefined },
    call: Call,
  ): Promise<Page<Descriptor>>
}

/** What a driver writes to offer blobs. Bytes stream both ways; core verifies their digests on the way. */
export interface BlobDriver {
  /** The media type of a blob is `application/octet-stream`: only manifests know better. */
  head(repository: RepositoryId, digest: Digest, call: Call): Promise<Descriptor>
  get(repository: RepositoryId, digest: Digest, options: { readonly range?: ByteRange | undefined }, call: Call): Promise<BlobContent>
  /** Stores the stream and tells the digest of what came. A stream that throws leaves nothing behind. */
  put(
    repository: RepositoryId,
    content: AsyncIterable<Uint8Array>,
    options: { readonly digest?: Digest | undefined },
    call: MutationCall,
  ): Promise<Descriptor>
}

/** What `blob.mount` asks of a driver. Raise `NotFound` where the registry opens an upload instead: core then sends the bytes. */
export interface BlobMountDriver {
  mount(repository: RepositoryId, digest: Digest, from: RepositoryId, call: MutationCall): Promise<Descriptor>
}

/** What `blob.delete` asks of a driver. */
export interface BlobDeleteDriver {
  delete(repository: RepositoryId, digest: Digest, call: MutationCall): Promise<void>
}
