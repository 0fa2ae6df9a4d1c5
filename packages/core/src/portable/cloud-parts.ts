import type { Cloud } from '../cloud.ts'
import type { DriverRuntime } from '../driver/runtime.ts'
import type { IsLater } from '../kind/check-value.ts'
import type { AnyKind } from '../kind/kind.ts'
import type { KindLimits, Problem } from '../limits.ts'
import type { CloudResultAsync } from '../result.ts'
import type { KindInvoke } from './invoke.ts'

/** One kind of an open cloud. */
export interface KindPart {
  readonly kind: AnyKind
  readonly driver: string
  readonly limits: KindLimits
  readonly runtime: DriverRuntime
  readonly invoke: KindInvoke
  readonly check: (spec: unknown, isLater?: IsLater) => readonly Problem[]
}

/** What a cloud is made of. Interception changes the `invoke` of each part; composition takes parts of several clouds. */
export interface CloudParts {
  readonly driver: string
  readonly supports: Readonly<Record<string, true>>
  readonly kinds: Readonly<Record<string, KindPart>>
  readonly native: unknown
  readonly close: () => CloudResultAsync<void>
}

const key = Symbol.for('hanse.cloud')

/** Keeps the parts beside a cloud, out of sight. */
export const withCloudParts = <C extends object>(cloud: C, parts: CloudParts): C => Object.defineProperty(cloud, key, { value: parts })

/** The parts of a cloud. Every cloud has them, for core makes them all. */
export const cloudParts = (cloud: Cloud): CloudParts => {
  // Written by withCloudParts only, whichever copy of core it was.
  const parts = (cloud as { readonly [key]?: CloudParts })[key]
  if (parts === undefined) throw new TypeError('this is not a cloud that openCloud or composeCloud gave')
  return parts
}
