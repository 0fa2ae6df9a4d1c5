import type { ByteSource } from '../kind/field.ts'
import type { Artifact } from './artifact.ts'
import type { Annotations, Descriptor, Digest, MediaType, Platform } from './descriptor.ts'

/** What can be pushed: an artifact that was pulled, or one that {@link imageOf}, {@link artifactOf} or {@link indexOf} describes. */
export type ArtifactSource = Artifact | ImageSource | CustomSource | IndexSource

/** One layer of an image: a tar of files, or one that is compressed already. A stream is read once: such a source can be pushed once. */
export type LayerSource =
  | ByteSource
  | { readonly content: ByteSource; readonly annotations?: Annotations | undefined }
  | {
      readonly content: ByteSource
      /** As `application/vnd.oci.image.layer.v1.tar+gzip`. */
      readonly mediaType: MediaType
      /** The digest of the tar before it was compressed (OCI image specification, config.md, "Layer DiffID"). */
      readonly diffId: Digest
      readonly annotations?: Annotations | undefined
    }

/** How a container of an image runs, and for what machine it is made (OCI image specification, config.md, "Properties"). */
export interface ImageConfig {
  /** `amd64` unless told. */
  readonly architecture?: string | undefined
  /** `linux` unless told. */
  readonly os?: string | undefined
  readonly variant?: string | undefined
  /** As RFC 3339 writes it. Left out, so that the same layers make the same image. */
  readonly created?: string | undefined
  readonly author?: string | undefined
  readonly config?:
    | {
        readonly User?: string | undefined
        readonly ExposedPorts?: Readonly<Record<string, object>> | undefined
        readonly Env?: readonly string[] | undefined
        readonly Entrypoint?: readonly string[] | undefined
        readonly Cmd?: readonly string[] | undefined
        readonly Volumes?: Readonly<Record<string, object>> | undefined
        readonly WorkingDir?: string | undefined
        readonly Labels?: Readonly<Record<string, string>> | undefined
        readonly StopSignal?: string | undefined
      }
    | undefined
}

/** An image that is made while it is pushed. */
export interface ImageSource {
  readonly type: 'image'
  readonly layers: readonly LayerSource[]
  readonly config: ImageConfig
  readonly annotations?: Annotations | undefined
}

/** An artifact that is no image and is made while it is pushed. */
export interface CustomSource {
  readonly type: 'custom'
  readonly artifactType: MediaType
  readonly layers: readonly {
    readonly content: ByteSource
    readonly mediaType: MediaType
    readonly annotations?: Annotations | undefined
  }[]
  readonly subject?: Descriptor | undefined
  readonly annotations?: Annotations | undefined
}

/** One image for several platforms that is made while it is pushed. */
export interface IndexSource {
  readonly type: 'index'
  readonly images: readonly { readonly source: ImageSource | CustomSource; readonly platform?: Platform | undefined }[]
  readonly annotations?: Annotations | undefined
}

/**
 * Describes an image of these layers.
 *
 * @example
 * await cloud.registry.artifacts.push('shop/web:1.4', imageOf({ layers: [tar], config: { config: { Cmd: ['/web'] } } }))
 */
export const imageOf = ({
  layers,
  config = {},
  annotations,
}: {
  readonly layers: readonly LayerSource[]
  readonly config?: ImageConfig | undefined
  readonly annotations?: Annotations | undefined
}): ImageSource => ({ type: 'image', layers, config, annotations })

/** Describes any other artifact: an SBOM, a signature, a chart. With `subject` it refers to a manifest (OCI image specification, manifest.md, `subject`). */
export const artifactOf = (source: Omit<CustomSource, 'type'>): CustomSource => ({ type: 'custom', ...source })

/** Describes one image for several platforms. A platform that is left out is taken from the image's own config. */
export const indexOf = (source: Omit<IndexSource, 'type'>): IndexSource => ({ type: 'index', ...source })

/** Says whether a value is something that can be pushed. */
export const isArtifactSource = (value: unknown): value is ArtifactSource =>
  typeof value === 'object' && value !== null && 'type' in value && ['artifact', 'image', 'custom', 'index'].includes(String(value.type))
