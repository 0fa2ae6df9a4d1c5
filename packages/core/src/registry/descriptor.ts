/** A content address: `sha256:` and 64 hexadecimal digits, or another registered algorithm (OCI image specification, descriptor.md, "Digests"). */
export type Digest = `${string}:${string}`

/** What bytes are, in the form of RFC 6838 (OCI image specification, media-types.md). */
export type MediaType = string

/** Where an image runs (OCI image specification, image-index.md, `platform`). */
export interface Platform {
  /** As Go names it: `amd64`, `arm64`. */
  readonly architecture: string
  /** As Go names it: `linux`. */
  readonly os: string
  readonly variant?: string | undefined
  readonly 'os.version'?: string | undefined
  readonly 'os.features'?: readonly string[] | undefined
}

/** Short texts by name; keys of the specification begin with `org.opencontainers` (OCI image specification, annotations.md). */
export type Annotations = Readonly<Record<string, string>>

/** Names content: what it is, its digest and its size in bytes (OCI image specification, descriptor.md). */
export interface Descriptor {
  readonly mediaType: MediaType
  readonly digest: Digest
  /** In bytes. */
  readonly size: number
  /** Other places where the content may lie. */
  readonly urls?: readonly string[] | undefined
  readonly annotations?: Annotations | undefined
  /** The content itself, in Base64, when it is small. */
  readonly data?: string | undefined
  /** What kind of artifact it is, when it names one. */
  readonly artifactType?: MediaType | undefined
  /** Where it runs, in an index. */
  readonly platform?: Platform | undefined
}
