import type { CallOptions, MutationOptions } from '../options.ts'
import type { CloudResultAsync } from '../result.ts'
import type { CloudWith } from '../cloud.ts'
import type { Artifact } from './artifact.ts'
import type { ArtifactSource } from './artifact-source.ts'
import type { Descriptor, MediaType } from './descriptor.ts'

/** A step of a push: one blob, or one manifest. */
export interface PushProgress {
  /** What it is; of a stream the digest and size are known when it has passed. */
  readonly descriptor: Pick<Descriptor, 'mediaType'> & Partial<Descriptor>
  /** It was there; it was mounted from another repository; its bytes move; it has arrived. */
  readonly state: 'present' | 'mounted' | 'moving' | 'done'
  /** How many of its bytes have moved. */
  readonly bytes: number
}

/** How artifacts are pushed. */
export interface PushOptions {
  /** Told of every blob and manifest. */
  readonly onProgress?: ((progress: PushProgress) => void) | undefined
  /** Also what refers to it (signatures, SBOMs), when the source has that; so unless `false`. */
  readonly referrers?: boolean | undefined
}

/** How artifacts are copied. */
export interface CopyOptions extends PushOptions {
  /** The cloud that has it; this one when left out. It is only read. */
  readonly from?: CloudWith<'artifact' | 'manifest' | 'blob' | 'tag'> | undefined
}

/**
 * Whole artifacts: images with all their layers and platforms, and what refers to them. Core makes every verb of manifests, blobs and
 * tags, so it is the same on every registry; each of those calls passes whatever intercepts the cloud.
 *
 * A reference is `repository:tag`, `repository@digest`, or both, and then the digest counts. It names no registry: the cloud is one.
 *
 * @example
 * await scs.registry.artifacts.copy('shop/web:1.4', 'mirror/web:1.4', { from: aws })
 */
export interface ArtifactService {
  /** What a reference is on. Err: `NotFound`; `InvalidArgument` when it names neither tag nor digest. */
  resolve(reference: string, options?: CallOptions): CloudResultAsync<Descriptor>
  /**
   * Reads an artifact: every manifest, down through indexes, verified by digest; and what refers to it, unless `referrers` is `false`.
   * Its blobs are read later, one by one. Err: `NotFound`; `FailedPrecondition` when bytes are damaged; `InvalidArgument` when it is no
   * artifact.
   */
  pull(reference: string, options?: CallOptions & { readonly referrers?: boolean | undefined }): CloudResultAsync<Artifact>
  /**
   * Writes an artifact: blobs that are missing first, then manifests, what is named before what names it, the tag last: a reader sees all
   * of it or nothing. Without a tag it is found by its digest. A reference with a digest must be the artifact's own. Doing it again sends
   * only what is missing. Err: `NotFound` (the repository), `QuotaExceeded`, `InvalidArgument`, and whatever reading the source gives.
   */
  push(reference: string, source: ArtifactSource, options?: MutationOptions & PushOptions): CloudResultAsync<Descriptor>
  /** Reads and writes in one: from a repository of this cloud or of another, with what refers to it. Err: as `pull` and `push`. */
  copy(from: string, to: string, options?: MutationOptions & CopyOptions): CloudResultAsync<Descriptor>
  /**
   * What refers to a manifest: signatures, SBOMs. Asked of the registry where it knows (`artifact.referrers`), else read under the tag
   * that the OCI distribution specification sets ("Referrers Tag Schema"). Err: `NotFound`.
   */
  referrers(
    reference: string,
    options?: CallOptions & { readonly artifactType?: MediaType | undefined },
  ): CloudResultAsync<readonly Descriptor[]>
}
