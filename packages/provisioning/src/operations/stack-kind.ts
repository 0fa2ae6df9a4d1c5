import { kinds } from '@hanse/core'
import type { AnyKind, Cloud } from '@hanse/core'
import type { StackProblem } from '../stack/stack-problem.ts'
import { containerImageKind } from './container-image.ts'
import { fileSetKind } from './file-set.ts'
import { kindOperations } from './kind-operations.ts'
import type { Operations } from './operations.ts'

/** A kind as a stack uses it: its description, and what can be done to its resources on a cloud. */
export interface StackKind {
  readonly kind: AnyKind
  /** What a cloud must be able to do for any of it, beside what single fields need. */
  readonly needs: readonly string[]
  /** Reads what the spec names on this machine, before anything is planned: a set of files becomes their digests, and their bytes are kept by digest. */
  readonly prepare?: ((spec: Readonly<Record<string, unknown>>, keep: ByteKeeper) => Promise<Prepared>) | undefined
  /** Undefined when the cloud lacks it. */
  operations(cloud: Cloud, bytes: ByteSources): Operations | undefined
}

/** A spec with what was read in the place of where it was to be read from. */
export interface Prepared {
  readonly spec: Readonly<Record<string, unknown>>
  readonly problems: readonly StackProblem[]
}

/** How bytes that a stack brings are opened, by digest. */
export type ByteSources = ReadonlyMap<string, () => AsyncIterable<Uint8Array>>
export type ByteKeeper = (digest: string, open: () => AsyncIterable<Uint8Array>) => void

/** Kinds that are no single thing of a cloud, and are written once over core. */
const composite: Readonly<Record<string, StackKind>> = { fileSet: fileSetKind, containerImage: containerImageKind }

/** The kind of this name, as stacks use it. */
export function stackKind(name: string): StackKind | undefined {
  const own = Object.hasOwn(composite, name) ? composite[name] : undefined
  if (own !== undefined) return own
  const kind = Object.hasOwn(kinds, name) ? (kinds as Readonly<Record<string, AnyKind>>)[name] : undefined
  return kind === undefined ? undefined : { kind, needs: needsOf(kind), operations: (cloud) => kindOperations(cloud, kind) }
}

const needsOf = ({ kind, verbNeeds }: AnyKind): readonly string[] => [kind, ...(verbNeeds?.create === undefined ? [] : [verbNeeds.create])]
