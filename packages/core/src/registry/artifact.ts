import type { CallOptions } from '../options.ts'
import type { Descriptor, Digest } from './descriptor.ts'
import type { Index, Manifest } from './manifest.ts'

/** A manifest of an artifact, verified and read. */
export interface ArtifactManifest {
  readonly descriptor: Descriptor
  /** Exactly the bytes that the digest is of. */
  readonly content: Uint8Array
  /** The same, read. */
  readonly document: Manifest | Index
}

/**
 * A whole artifact as a registry has it: an image, an image for several platforms, a signature, a chart. Its manifests are here and
 * verified; its blobs are opened one by one. It may be pushed to any registry.
 */
export interface Artifact {
  readonly type: 'artifact'
  /** What the reference was on. */
  readonly root: Descriptor
  /** Each once, those that are named before those that name them; the root is the last. */
  readonly manifests: readonly ArtifactManifest[]
  /** What the manifests name beside each other, each once. */
  readonly blobs: readonly Descriptor[]
  /** What says something about one of the manifests: signatures, SBOMs, and what those are signed with in their turn. */
  readonly referrers: readonly Artifact[]
  /** Opens a blob. The stream throws a `CloudError`: `NotFound`, `FailedPrecondition` when the bytes are damaged, `Unavailable` … */
  blob(digest: Digest, options?: CallOptions): AsyncIterable<Uint8Array>
}

/** Says whether a document names manifests, rather than layers. */
export const isIndex = (document: Manifest | Index): document is Index => 'manifests' in document

/** The blobs that a document names: its config and its layers. Those that must not be distributed are not among them. */
export const blobsOf = (document: Manifest | Index): readonly Descriptor[] =>
  isIndex(document) ? [] : [document.config, ...document.layers].filter(({ mediaType }) => !/nondistributable|foreign/.test(mediaType))
