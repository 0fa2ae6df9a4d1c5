import type { Labels, Resource, ResourceId } from '../resource.ts'
import type { Architecture } from './server-size.ts'

/** The id of an image. */
export type ImageId = ResourceId<'image'>

/** What an image must be. Of several, the newest is chosen, and its id is recorded: a newer image is not drift. */
export interface ImageSelector {
  /** As in os-release: `debian`, `ubuntu`, `alpine`. */
  readonly os?: string | undefined
  /** As the distribution counts: `13`, `24.04`. */
  readonly version?: string | undefined
  readonly architecture?: Architecture | undefined
  /** What it is made for: `server` when left out; `kubernetes`, `gpu` … where a cloud says so. */
  readonly purpose?: string | undefined
}

/** How the bytes of an image are laid out. */
export type ImageFormat = 'raw' | 'qcow2'

/** What an image is. Created by `import` or by a server's snapshot. */
export interface ImageSpec {
  readonly name: string
  readonly os?: string | undefined
  readonly version?: string | undefined
  readonly architecture?: Architecture | undefined
  readonly purpose?: string | undefined
  readonly format?: ImageFormat | undefined
  readonly labels?: Labels | undefined
}

/** What an image may be doing. */
export type ImagePhase = 'Importing' | 'Ready' | 'Deleting' | 'Failed' | 'Unknown'

/** What the cloud knows of an image's bytes. */
export interface ImageOutputs {
  /** Of the bytes, where the cloud tells: `sha256:…`. */
  readonly digest?: string | undefined
  readonly sizeBytes?: number | undefined
}

/** An image as the cloud shows it. */
export type ImageResource = Resource<'image', ImageSpec, ImageOutputs, ImagePhase>
