import { kinds } from '@hanse/core'
import type { VolumeResource, VolumeSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { DriverKinds } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import type { LocalKind } from '../local-kind.ts'
import { refuseBeyondQuota } from '../location/quota-limits.ts'
import { readPieces } from './pieces.ts'
import { diskOf, fitting } from './volume-content.ts'

/**
 * Volumes. Their bytes are real as far as somebody brought some: an image, an import, a copy. Nothing writes to them afterwards, for
 * nothing runs here; the rest reads as zeros and takes no room.
 */
export function volumes(
  { store, quotas }: LocalCloud,
  kind: LocalKind<VolumeSpec, VolumeResource>,
): DriverKinds<'volume' | 'volume.export' | 'volume.import'>['volume'] {
  return {
    ...kind,

    extend: (id, sizeGiB) =>
      kind.act(
        id,
        ({ phase }) => (phase === 'in-use' ? 'extendAttached' : 'extend'),
        (tx, { document, usage }) => {
          const { sizeGiB: before } = document.spec
          if (sizeGiB < before)
            throw refuse('InvalidArgument', `sizeGiB: a volume does not shrink; it has ${before} GiB`, { path: ['sizeGiB'] })
          refuseBeyondQuota(tx, quotas, kinds.volume, { volumeGiB: sizeGiB }, usage)
          kind.records.update(tx, id, { usage: { volumeGiB: sizeGiB }, document: { ...document, spec: { ...document.spec, sizeGiB } } })
        },
      ),

    import: async (spec, content, { mark, signal }) => {
      const twin = store.read((tx) => kind.records.byKey(tx, mark.key))
      if (twin !== undefined) return kind.resourceOf(twin) // Its bytes are here: they need not come again.
      const [other] = (['snapshot', 'backup', 'image'] as const).filter((field) => spec[field] !== undefined)
      if (other !== undefined) throw refuse('InvalidArgument', `${other}: the volume begins with the bytes that come`, { path: [other] })
      const stored = await store.bytes.put(fitting(content, spec.sizeGiB), { signal })
      return store.bytes.settle([stored], () =>
        store.write((tx) =>
          kind.make(tx, spec, mark, {
            decide: (_, record) => {
              store.bytes.use(tx, stored, record)
              return {}
            },
          }),
        ),
      )
    },

    export: async (id, { signal }) => {
      const { pieces, sizeGiB } = store.read((tx) => {
        const record = kind.known(tx, id)
        if (record.phase !== 'available') {
          const expected = 'available'
          throw refuse('FailedPrecondition', `volume ${id} is ${record.phase}; its bytes are read while it is ${expected}`, {
            expected,
            actual: record.phase,
          })
        }
        return { pieces: store.bytes.usedBy(tx, record), sizeGiB: record.document.spec.sizeGiB }
      })
      return diskOf(readPieces(store.bytes, pieces, { signal }), sizeGiB, signal)
    },
  }
}
