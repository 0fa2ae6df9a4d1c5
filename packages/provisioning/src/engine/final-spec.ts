import type { CloudError } from '@hanse/core'
import { cloudError } from '@hanse/core'
import { err, ok } from 'neverthrow'
import type { Result } from 'neverthrow'
import type { StackKind } from '../operations/stack-kind.ts'
import type { Knows } from '../plan/evaluate.ts'
import { evaluateSpec } from '../plan/evaluate.ts'
import { isLater } from '../plan/later.ts'
import type { Work } from '../plan/plan.ts'
import type { Member } from '../stack/members.ts'

/** A spec in which nothing is left open. */
export interface FinalSpec {
  /** What the cloud is asked for. */
  readonly asked: Readonly<Record<string, unknown>>
  /** What is recorded as wanted: the selector, where the id that was chosen by it is asked for again. */
  readonly recorded: Readonly<Record<string, unknown>>
}

/** The whole spec of a member, now that everything that it refers to is there. */
export function finalSpec({ kind }: StackKind, member: Member, { change, pinned }: Work, knows: Knows): Result<FinalSpec, CloudError> {
  const context = { driver: 'provisioning', operation: `${change.kind}.evaluate` }
  const wrong = (path: readonly (string | number)[], message: string): Result<never, CloudError> =>
    err(cloudError('InvalidArgument', `${path.join('.')}: ${message}`, context, { path }))

  let fault: Result<never, CloudError> | undefined
  const evaluated = evaluateSpec(kind, member.spec, knows, (path, message) => {
    fault ??= wrong(path, message)
  })
  if (fault !== undefined) return fault
  const missing = Object.keys(evaluated).find((field) => isLater(evaluated[field]))
  if (missing !== undefined) return wrong([missing], 'what it refers to is not there')
  const recorded = change.name === undefined ? evaluated : { ...evaluated, name: change.name }
  return ok({ asked: { ...recorded, ...pinned }, recorded })
}
