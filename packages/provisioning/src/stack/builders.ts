import { kinds } from '@hanse/core'
import type { AnyKind, BucketId } from '@hanse/core'
import { fileSetKind } from '../operations/file-set.ts'
import type { FileSetOutputs } from '../operations/file-set.ts'
import type { FileSource } from './file-source.ts'
import { Output } from './output.ts'
import type { AnyWanted, Exact, InStack, NeedsOf, OutputsOf, StackKindName, Wanted } from './wanted.ts'

/** The builders of one cloud of a stack, one for each kind that can be created. Derived from the one list of kinds. */
export type Builders<On extends string> = {
  readonly [K in StackKindName]: <const S extends InStack<K, On>>(
    spec: Exact<S, InStack<K, On>>,
  ) => Wanted<K, NeedsOf<K, S>, On, OutputsOf<K>>
} & {
  /** Files that belong together, as objects in a bucket. */
  readonly fileSet: <const S extends FileSetInStack<On>>(
    spec: Exact<S, FileSetInStack<On>>,
  ) => Wanted<'fileSet', 'bucket' | 'object', On, FileSetOutputs>
}

/** A set of files as it is written in a stack. */
export interface FileSetInStack<On extends string> {
  readonly bucket: Wanted<'bucket', string, On> | BucketId
  /** Before every path; nothing when left out. */
  readonly prefix?: string | undefined
  /** Where they are: `directory(…)` or `texts(…)`. */
  readonly from: FileSource
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
  return { ...builders, fileSet: (spec: unknown) => wanted(fileSetKind.kind, cloud, spec) } as unknown as Builders<On>
}

/** A wanted resource of a kind. What is wrong with its spec is said when it is planned, with its address. */
export function wanted(kind: AnyKind, on: string, spec: unknown): AnyWanted {
  const made: { -readonly [M in keyof AnyWanted]: AnyWanted[M] } = {
    kind: kind.kind,
    on,
    // For the type only: at run time needs are found by the specs, which hold the whole truth.
    needs: [],
    outputs: {},
    spec: typeof spec === 'object' && spec !== null ? (spec as Readonly<Record<string, unknown>>) : { '': spec },
  }
  made.outputs = Object.fromEntries(Object.keys(kind.outputs).map((name) => [name, new Output([{ of: made, name }], ([value]) => value)]))
  return Object.freeze(made)
}

/** Whether a value is a wanted resource. */
export const isWanted = (value: unknown): value is AnyWanted =>
  typeof value === 'object' && value !== null && 'kind' in value && 'on' in value && 'spec' in value && 'outputs' in value

/** The builders of the one cloud that most stacks have. */
export const main: Builders<'main'> = on('main')
