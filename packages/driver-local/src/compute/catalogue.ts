import { kinds } from '@hanse/core'
import type { ImageResource, ImageSpec, ServerSizeResource, ServerSizeSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { DriverKinds } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { localKind } from '../local-kind.ts'
import type { LocalDocument, LocalKind } from '../local-kind.ts'
import { Records } from '../store/records.ts'
import type { ReadTransaction } from '../store/transaction.ts'

const ready = { create: { from: [], steps: ['READY'] }, delete: { from: 'any', steps: ['DELETING', null] } } as const

/** Sizes, as the seed wrote them. */
export const serverSizes = (cloud: LocalCloud): LocalKind<ServerSizeSpec, ServerSizeResource> =>
  localKind<ServerSizeSpec, ServerSizeResource>(cloud, { kind: kinds.serverSize, fields: [], transitions: ready, phases: { READY: 'Ready' } })

/** Images, as the seed wrote them. */
export const images = (cloud: LocalCloud): DriverKinds<'image'>['image'] =>
  localKind<ImageSpec, ImageResource>(cloud, { kind: kinds.image, fields: [], transitions: ready, phases: { READY: 'Ready', DELETING: 'Deleting' } })

/** What a size gives; refuses `NotFound`. */
export function sizeOf(tx: ReadTransaction, id: string): { readonly vcpus: number; readonly memoryGiB: number } {
  const size = new Records<LocalDocument>('serverSize').get(tx, id)
  if (size === undefined) throw refuse('NotFound', `size: there is no serverSize ${id}`, { kind: 'serverSize', id })
  return { vcpus: Number(size.document.spec['vcpus']), memoryGiB: Number(size.document.spec['memoryGiB']) }
}
