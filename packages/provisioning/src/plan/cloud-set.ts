import type { Cloud } from '@hanse/core'
import type { Operations } from '../operations/operations.ts'
import type { ByteKeeper, StackKind } from '../operations/stack-kind.ts'
import { stackKind } from '../operations/stack-kind.ts'
import type { StackProblem } from '../stack/stack-problem.ts'

/** The clouds of a stack by the names that it has for them, and what can be done on each. */
export interface CloudSet {
  readonly names: readonly string[]
  /** What was given and is no open cloud. */
  readonly problems: readonly StackProblem[]
  cloud(on: string): Cloud | undefined
  kind(name: string): StackKind | undefined
  /** Keeps how bytes that the stack brings are opened, by digest. */
  readonly keep: ByteKeeper
  /** Undefined when there is no such cloud, or it lacks the kind. */
  operations(on: string, kind: string): Operations | undefined
}

/** Makes a set of what a caller gave: one cloud, or one by name. `through` may put something between the engine and each of them. */
export function cloudSet(clouds: unknown, through: (cloud: Cloud) => Cloud = (cloud) => cloud): CloudSet {
  const problems: StackProblem[] = []
  const byName = new Map<string, Cloud>()
  const take = (name: string, given: unknown): void => {
    if (isCloud(given)) byName.set(name, through(given))
    else problems.push({ path: ['clouds', name], message: whyNoCloud(given) })
  }
  if (isOneValue(clouds)) take('main', clouds)
  else for (const [name, given] of Object.entries(clouds as object)) take(name, given)

  const bytes = new Map<string, () => AsyncIterable<Uint8Array>>()
  const known = new Map<string, Operations | undefined>()
  return {
    names: [...byName.keys()],
    problems,
    cloud: (on) => byName.get(on),
    kind: stackKind,
    keep: (digest, open) => bytes.set(digest, open),
    operations: (on, kind) => {
      const at = `${on}\n${kind}`
      if (!known.has(at)) {
        const cloud = byName.get(on)
        known.set(at, cloud === undefined ? undefined : stackKind(kind)?.operations(cloud, bytes))
      }
      return known.get(at)
    },
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const isCloud = (value: unknown): value is Cloud => isObject(value) && 'supports' in value && 'check' in value && 'close' in value

const isSource = (value: unknown): boolean => isObject(value) && 'load' in value && typeof value.load === 'function'
const isOutcome = (value: unknown): boolean => isObject(value) && ('isOk' in value || 'then' in value)

/** Whether one cloud was meant, and no record of them. */
const isOneValue = (value: unknown): boolean => !isObject(value) || isCloud(value) || isSource(value) || isOutcome(value)

function whyNoCloud(given: unknown): string {
  if (isSource(given)) return 'is a cloud that is not open; open it first: await openCloud(…)'
  if (isOutcome(given)) return 'is what openCloud answers; look whether it is ok, and give its value'
  return `expected an open cloud, got ${given === null ? 'null' : `a ${typeof given}`}`
}
