import { kinds } from '@hanse/core'
import type { AnyKind, Cloud } from '@hanse/core'
import { kindOperations } from './kind-operations.ts'
import type { Operations } from './operations.ts'

/** A kind as a stack uses it: its description, and what can be done to its resources on a cloud. */
export interface StackKind {
  readonly kind: AnyKind
  /** What a cloud must be able to do for any of it, beside what single fields need. */
  readonly needs: readonly string[]
  /** Undefined when the cloud lacks it. */
  operations(cloud: Cloud): Operations | undefined
}

/** Kinds that are no single thing of a cloud, and are written once over core: a set of files, a container image. */
const composite: Record<string, StackKind> = {}

/** The kind of this name, as stacks use it. */
export function stackKind(name: string): StackKind | undefined {
  const own = composite[name]
  if (own !== undefined) return own
  const kind: AnyKind | undefined = (kinds as Readonly<Record<string, AnyKind>>)[name]
  return kind === undefined ? undefined : { kind, needs: [kind.kind], operations: (cloud) => kindOperations(cloud, kind) }
}
