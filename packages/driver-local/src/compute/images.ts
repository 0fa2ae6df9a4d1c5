import { kinds } from '@hanse/core'
import type { ImageResource, ImageSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { DriverKinds } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import type { DocumentOf } from '../local-document.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import type { StoredRecord } from '../store/record.ts'
import type { TransitionTable } from '../store/transitions.ts'
import type { ReadTransaction } from '../store/transaction.ts'
import { beginning, formatOf } from './image-format.ts'

/** Glance's words. The bytes are real, whatever they are. */
const transitions: TransitionTable<'create' | 'snapshot' | 'delete'> = {
  create: { from: [], steps: ['importing', 'active'] },
  snapshot: { from: [], steps: ['saving', 'active'] },
  delete: { from: 'any', steps: ['deleting', null] },
}

/** Images as a kind, for those who make some: `import` here, and the snapshot of a server. */
export const imageKind = (cloud: LocalCloud): LocalKind<ImageSpec, ImageResource> =>
  localKind<ImageSpec, ImageResource>(cloud, {
    kind: kinds.image,
    fields: ['name', 'os', 'version', 'architecture', 'purpose', 'format', 'labels'],
    transitions,
    phases: { importing: 'Importing', saving: 'Importing', active: 'Ready', deleting: 'Deleting' },
  })

/** Images. One may go while servers were made from it: they have their disks. */
export function images(
  { store }: LocalCloud,
  kind: LocalKind<ImageSpec, ImageResource>,
): DriverKinds<'image' | 'image.import' | 'image.export'>['image'] {
  return {
    ...kind,
    import: async (spec, content, { mark, signal }) => {
      const twin = store.read((tx) => kind.records.byKey(tx, mark.key))
      if (twin !== undefined) return kind.resourceOf(twin) // Its bytes are here: they need not come again.
      const { bytes, seen } = beginning(content)
      const stored = await store.bytes.put(bytes, { signal })
      return store.write((tx) => {
        const image = kind.make(tx, { ...spec, format: formatOf(seen(), spec.format) }, mark, {
          usage: { imageBytes: stored.size },
          decide: (_, record) => {
            store.bytes.use(tx, stored, record)
            return { digest: stored.digest, sizeBytes: stored.size }
          },
        })
        store.bytes.drop(tx, stored)
        return image
      })
    },
    export: async (id, { signal }) => {
      const { outputs } = store.read((tx) => readyImage(tx, id)).document
      return store.bytes.getVerified(outputs.digest ?? '', { signal })
    },
  }
}

/** An image that can be used; refuses `NotFound`, and `FailedPrecondition` while it is on its way. */
export function readyImage(tx: ReadTransaction, id: string): StoredRecord<DocumentOf<'image'>> {
  const image = recordsOf('image').get(tx, id)
  if (image === undefined) throw refuse('NotFound', `image: there is no image ${id}`, { kind: 'image', id })
  if (image.phase !== 'active')
    throw refuse('FailedPrecondition', `image: image ${id} is ${image.phase}`, { expected: 'active', actual: image.phase })
  return image
}
