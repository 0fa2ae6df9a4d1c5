import type { Annotations, Descriptor, Digest, MediaType } from './descriptor.ts'

/** An image, or any other artifact: a config and layers (OCI image specification, manifest.md). */
export interface Manifest {
  readonly schemaVersion: 2
  readonly mediaType?: MediaType | undefined
  readonly artifactType?: MediaType | undefined
  readonly config: Descriptor
  readonly layers: readonly Descriptor[]
  /** The manifest that this one says something about: what is signed, what an SBOM lists. */
  readonly subject?: Descriptor | undefined
  readonly annotations?: Annotations | undefined
}

/** Several manifests, mostly one per platform (OCI image specification, image-index.md). */
export interface Index {
  readonly schemaVersion: 2
  readonly mediaType?: MediaType | undefined
  readonly artifactType?: MediaType | undefined
  readonly manifests: readonly Descriptor[]
  readonly subject?: Descriptor | undefined
  readonly annotations?: Annotations | undefined
}

/** A manifest as a registry keeps it: its bytes are what its digest is of, so they are never written anew. */
export interface ManifestContent {
  readonly descriptor: Descriptor
  /** Exactly the stored bytes; at most 4 MiB. */
  readonly content: Uint8Array
}

/** A blob with its bytes. Reading the stream throws a `CloudError` if the transfer breaks or the bytes are not what the digest says. */
export interface BlobContent {
  readonly descriptor: Descriptor
  readonly content: AsyncIterable<Uint8Array>
}

/** How a manifest is found: by a tag, or by its digest. */
export type TagOrDigest = string

/** The media types that this package writes and follows. Docker's are read as their OCI twins. */
export const mediaTypes = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  layerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  layerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  empty: 'application/vnd.oci.empty.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
} as const

/** The most that a manifest may weigh, in bytes: registries need not take more (OCI distribution specification, "Pushing Manifests"). */
export const largestManifestBytes = 4 * 1024 * 1024

/** The content `{}`: the config of what has none (OCI image specification, manifest.md, "Guidance for an Empty Descriptor"). */
export const emptyContent = {
  digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
  size: 2,
} as const satisfies {
  readonly digest: Digest
  readonly size: number
}
