import type { ByteSource } from '../kind/field.ts'
import type { CallOptions, MutationOptions, PageRequest } from '../options.ts'
import type { Pager } from '../pager.ts'
import type { CloudResultAsync } from '../result.ts'
import type { Creates, Deletes, Gets, Lists } from '../service.ts'
import type { ByteRange } from '../storage/object.ts'
import type { Descriptor, Digest, MediaType } from './descriptor.ts'
import type { BlobContent, ManifestContent, TagOrDigest } from './manifest.ts'
import type { RepositoryName, RepositoryResource, RepositorySpec } from './repository.ts'

/** Repositories. Where a registry has no `repository.create`, the first push makes one. */
export interface RepositoryService extends Gets<RepositoryResource>, Lists<RepositoryResource> {}

/** What `repository.create` adds: repositories are made, and removed when nothing is in them. */
export interface RepositoryCreation extends Creates<RepositorySpec, RepositoryResource>, Deletes<RepositoryResource> {}

/** Tags: names that move from manifest to manifest (OCI distribution specification, "Listing Tags"). */
export interface TagService {
  /** The tags of a repository, in lexical order of their bytes ("Listing Tags"). Err: `NotFound` (the repository). */
  list(repository: RepositoryName, options?: PageRequest): Pager<string>
  /** The manifest that a tag is on. Err: `NotFound`. */
  get(repository: RepositoryName, tag: string, options?: CallOptions): CloudResultAsync<Descriptor>
  /** Puts a tag on a manifest that is there, from wherever it was. Err: `NotFound` (the manifest), `InvalidArgument` (not a tag). */
  put(repository: RepositoryName, tag: string, digest: Digest, options?: MutationOptions): CloudResultAsync<Descriptor>
}

/** What `tag.delete` adds. */
export interface TagDeletion {
  /** Takes a tag away; the manifest stays ("Deleting tags"). Taking away what is gone is `Ok`. Err: `NotFound` (the repository). */
  delete(repository: RepositoryName, tag: string, options?: MutationOptions): CloudResultAsync<void>
}

/** Manifests: small documents that say what an artifact is made of. Their bytes are kept as they came (OCI distribution specification, "Push", "Pull"). */
export interface ManifestService {
  /** What is known of a manifest, by tag or digest ("Checking if content exists in the registry"). Err: `NotFound`. */
  head(repository: RepositoryName, reference: TagOrDigest, options?: CallOptions): CloudResultAsync<Descriptor>
  /** The manifest, its bytes verified by digest ("Pulling manifests"). Err: `NotFound`; `FailedPrecondition` when the bytes are damaged. */
  get(repository: RepositoryName, reference: TagOrDigest, options?: CallOptions): CloudResultAsync<ManifestContent>
  /**
   * Writes a manifest under a tag, which moves to it, or under its digest ("Pushing Manifests"). What it names must be there already; its
   * `subject` need not ("Pushing Manifests with Subject"). Err: `NotFound` (a blob or manifest that it names: MANIFEST_BLOB_UNKNOWN),
   * `InvalidArgument` (another digest; more than 4 MiB; not a manifest).
   */
  put(
    repository: RepositoryName,
    reference: TagOrDigest,
    content: Uint8Array | string,
    options: MutationOptions & { readonly mediaType: MediaType },
  ): CloudResultAsync<Descriptor>
}

/** What `manifest.delete` adds. */
export interface ManifestDeletion {
  /** Removes a manifest with every tag on it ("Deleting Manifests"). Removing what is gone is `Ok`. Err: `NotFound` (the repository). */
  delete(repository: RepositoryName, digest: Digest, options?: MutationOptions): CloudResultAsync<void>
}

/** What `artifact.referrers` adds: the registry itself knows what points at a manifest. */
export interface Referrers {
  /**
   * The manifests whose `subject` is this one, whether it is there or not ("Listing Referrers"): with `artifactType`, those of one kind.
   * Err: `NotFound` (the repository).
   */
  referrers(
    repository: RepositoryName,
    digest: Digest,
    options?: PageRequest & { readonly artifactType?: MediaType | undefined },
  ): Pager<Descriptor>
}

/** Blobs: layers, configs, whatever manifests name (OCI distribution specification, "Pushing Blobs", "Pulling blobs"). */
export interface BlobService {
  /** Whether a blob is there, and its size ("Checking if content exists in the registry"). Err: `NotFound`. */
  head(repository: RepositoryName, digest: Digest, options?: CallOptions): CloudResultAsync<Descriptor>
  /** Opens a blob. A stream of all of it is verified by digest as it is read; a range is not. Err: `NotFound`. */
  get(
    repository: RepositoryName,
    digest: Digest,
    options?: CallOptions & { readonly range?: ByteRange | undefined },
  ): CloudResultAsync<BlobContent>
  /** Stores a blob and tells its digest. Nothing is stored unless it is the one that was named. Err: `InvalidArgument`, `QuotaExceeded`. */
  put(
    repository: RepositoryName,
    content: ByteSource,
    options?: MutationOptions & { readonly digest?: Digest | undefined },
  ): CloudResultAsync<Descriptor>
}

/** What `blob.mount` adds. */
export interface BlobMounting {
  /** Makes a blob of one repository be in another, without moving bytes ("Mounting a blob from another repository"). Err: `NotFound`. */
  mount(repository: RepositoryName, digest: Digest, from: RepositoryName, options?: MutationOptions): CloudResultAsync<Descriptor>
}

/** What `blob.delete` adds. */
export interface BlobDeletion {
  /** Removes a blob ("Deleting Blobs"). Removing what is gone is `Ok`. Err: `FailedPrecondition` while a manifest names it. */
  delete(repository: RepositoryName, digest: Digest, options?: MutationOptions): CloudResultAsync<void>
}
