import type { Cloud } from '@hanse/core'
import type { Operations } from '../operations/operations.ts'
import type { ByteKeeper, StackKind } from '../operations/stack-kind.ts'
import { stackKind } from '../operations/stack-kind.ts'

/** The clouds of a stack by the names that it has for them, and what can be done on each. */
export interface CloudSet {
  readonly names: readonly string[]
  cloud(on: string): Cloud | undefined
  kind(name: string): StackKind | undefined
  /** Keeps how bytes that the stack brings are opened, by digest. */
  readonly keep: ByteKeeper
  /** Undefined when there is no such cloud, or it lacks the kind. */
  operations(on: string, kind: string): Operations | undefined
}

/** Makes a set of what a caller gave: one cloud, or one by name. */
export function cloudSet(clouds: object): CloudSet {
  const byName = isCloud(clouds) ? { main: clouds } : (clouds as Readonly<Record<string, Cloud>>)
  const bytes = new Map<string, () => AsyncIterable<Uint8Array>>()
  const known = new Map<string, Operations | undefined>()
  return {
    names: Object.keys(byName),
    cloud: (on) => byName[on],
    kind: stackKind,
    keep: (digest, open) => bytes.set(digest, open),
    operations: (on, kind) => {
      const at = `${on}\n${kind}`
      if (!known.has(at)) {
        const cloud = byName[on]
        known.set(at, cloud === undefined ? undefined : stackKind(kind)?.operations(cloud, bytes))
      }
      return known.get(at)
    },
  }
}

const isCloud = (value: object): value is Cloud => 'supports' in value && 'check' in value && 'close' in value
