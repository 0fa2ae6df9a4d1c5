import { kinds } from '@hanse/core'
import type { ServerSizeResource, ServerSizeSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import type { DocumentOf } from '../local-document.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { oneStep, oneStepPhases } from '../one-step.ts'
import type { ReadTransaction } from '../store/transaction.ts'

/** Sizes, as the seed wrote them. */
export const serverSizes = (cloud: LocalCloud): LocalKind<ServerSizeSpec, ServerSizeResource> =>
  localKind<ServerSizeSpec, ServerSizeResource>(cloud, { kind: kinds.serverSize, fields: [], transitions: oneStep, phases: oneStepPhases })

/** What a size gives; refuses `NotFound`. */
export function sizeOf(tx: ReadTransaction, id: string): DocumentOf<'serverSize'>['spec'] {
  const size = recordsOf('serverSize').get(tx, id)
  if (size === undefined) throw refuse('NotFound', `size: there is no serverSize ${id}`, { kind: 'serverSize', id })
  return size.document.spec
}
