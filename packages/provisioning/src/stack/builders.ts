import { kinds } from '@hanse/core'
import type { AnyKind, BucketId, ImageConfig, RepositoryId } from '@hanse/core'
import { containerImageKind } from '../operations/container-image.ts'
import type { ContainerImageOutputs } from '../operations/container-image.ts'
import type { LayerFiles } from './tar.ts'
import { fileSetKind } from '../operations/file-set.ts'
import type { FileSetOutputs } from '../operations/file-set.ts'
import type { FileSource } from './file-source.ts'
import { Output } from './output.ts'
import { ownSpec, wantedBrand } from './own-spec.ts'
import type { AnyWanted, Exact, InStack, NeedsOf, OutputsOf, ReferredNeeds, StackKindName, Wanted } from './wanted.ts'

/** The builders of one cloud of a stack, one for each kind that can be created. Derived from the one list of kinds. */
export type Builders<On extends string> = {
  readonly [K in StackKindName]: <const S extends InStack<K, On>>(
    spec: Exact<S, InStack<K, On>>,
  ) => Wanted<K, NeedsOf<K, S>, On, OutputsOf<K>>
} & {
  /** Files that belong together, as objects in a bucket. */
  readonly fileSet: <const S extends FileSetInStack<On>>(
    spec: Exact<S, FileSetInStack<On>>,
  ) => Wanted<'fileSet', 'bucket' | 'object' | ReferredNeeds<S>, On, FileSetOutputs>
  /** A container image in a repository, under a tag. */
  readonly containerImage: <const S extends ContainerImageInStack<On>>(
    spec: Exact<S, ContainerImageInStack<On>>,
  ) => Wanted<'containerImage', 'repository' | 'artifact' | 'manifest' | 'blob' | 'tag' | ReferredNeeds<S>, On, ContainerImageOutputs>
}

/** A set of files as it is written in a stack. */
export interface FileSetInStack<On extends string> {
  readonly bucket: Wanted<'bucket', string, On> | BucketId
  /** Before every path; nothing when left out. */
  readonly prefix?: string | undefined
  /** Where they are: `directory(…)` or `texts(…)`. */
  readonly from: FileSource
}

/** A container image as it is written in a stack. */
export interface ContainerImageInStack<On extends string> {
  readonly repository: Wanted<'repository', string, On> | RepositoryId
  /** The name of this version. */
  readonly tag: string
  /** The files of each layer, the lowest first. */
  readonly layers: readonly LayerFiles[]
  /** How its containers run, in the words of the OCI image specification (config.md). */
  readonly config?: ImageConfig['config']
  readonly architecture?: 'amd64' | 'arm64' | undefined
}

/**
 * The builders of a second cloud, by the name that the stack has for it: one stack over several clouds. What is made with them refers only
 * to resources of the same cloud; outputs cross.
 *
 * @example
 * const edge = on('edge')
 * const cache = edge.server({ image: { os: 'debian' }, size: { vcpus: 1 }, userData: web.outputs.addresses.map(toCloudConfig) })
 */
export function on<const On extends string>(cloud: On): Builders<On> {
  const builders = Object.fromEntries(
    Object.values(kinds)
      .filter((kind) => (kind.verbs as readonly string[]).includes('create'))
      .map((kind) => [kind.kind, (spec: unknown) => wanted(kind, cloud, spec)]),
  )
  // Every kind that can be created, as the type says: both come from the list.
  const composite = Object.fromEntries(
    [fileSetKind, containerImageKind].map(({ kind }) => [kind.kind, (spec: unknown) => wanted(kind, cloud, spec)]),
  )
  return { ...builders, ...composite } as unknown as Builders<On>
}

/** A wanted resource of a kind. What is wrong with its spec is said when it is planned, with its address. */
function wanted(kind: AnyKind, on: string, spec: unknown): AnyWanted {
  const made: { -readonly [M in keyof AnyWanted]: AnyWanted[M] } = {
    kind: kind.kind,
    on,
    // For the type only: at run time needs are found by the specs, which hold the whole truth.
    needs: [],
    outputs: {},
    // What is no object is refused when it is planned, like any other wrong spec.
    spec: ownSpec(kind.fields, spec) as AnyWanted['spec'],
  }
  made.outputs = Object.fromEntries(Object.keys(kind.outputs).map((name) => [name, new Output([{ of: made, name }], ([value]) => value)]))
  // Not enumerable: a copy of its members is no wanted resource.
  return Object.freeze(Object.defineProperty(made, wantedBrand, { value: true }))
}

/** Whether a value is a wanted resource. */
export const isWanted = (value: unknown): value is AnyWanted => typeof value === 'object' && value !== null && wantedBrand in value

/** The builders of the one cloud that most stacks have. */
export const main: Builders<'main'> = on('main')
