import type { VolumeSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { Resolved } from '@hanse/core/driver'
import { readyImage } from '../compute/images.ts'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import type { ReadTransaction } from '../store/transaction.ts'
import type { Piece } from './pieces.ts'

/** Bytes in a GiB. */
const gib = 1024 ** 3

const zeros = new Uint8Array(1024 * 1024)

/** What a new volume begins with: the bytes of a copy or of an image, or none. Refuses what is not ready or does not fit. */
export function beginningOf(
  tx: ReadTransaction,
  { store }: LocalCloud,
  { snapshot, backup, image, sizeGiB }: Resolved<VolumeSpec>,
): { readonly pieces: readonly Piece[] } {
  const tooSmall = (what: string, needed: number) =>
    refuse('InvalidArgument', `sizeGiB: must be at least the ${needed} GiB of ${what}, and is ${sizeGiB}`, { path: ['sizeGiB'] })
  for (const [kind, id] of [
    ['volumeSnapshot', snapshot],
    ['volumeBackup', backup],
  ] as const) {
    if (id === undefined) continue
    const copy = recordsOf(kind).get(tx, id)
    if (copy === undefined) throw refuse('NotFound', `there is no ${kind} ${id}`, { kind, id })
    if (copy.phase !== 'available')
      throw refuse('FailedPrecondition', `${kind} ${id} is ${copy.phase}`, { expected: 'available', actual: copy.phase })
    const { sizeGiB: needed = 1 } = copy.document.outputs
    if (sizeGiB < needed) throw tooSmall(`${kind} ${id}`, needed)
    return { pieces: store.bytes.usedBy(tx, copy) }
  }
  if (image === undefined) return { pieces: [] }
  const { document } = readyImage(tx, image)
  if (document.spec.format === 'qcow2')
    throw refuse('FailedPrecondition', `image: image ${image} is qcow2, and a volume begins with the bytes of a disk; import it as raw`, {
      expected: 'raw',
      actual: 'qcow2',
    })
  const { digest, sizeBytes: size = 0 } = document.outputs
  if (size > sizeGiB * gib) throw tooSmall(`image ${image}`, Math.ceil(size / gib))
  return { pieces: digest === undefined ? [] : [{ digest, size }] }
}

/** Passes bytes on as long as they fit into a volume. */
export async function* fitting(content: AsyncIterable<Uint8Array>, sizeGiB: number): AsyncGenerator<Uint8Array> {
  let seen = 0
  for await (const chunk of content) {
    seen += chunk.byteLength
    if (seen > sizeGiB * gib) throw refuse('InvalidArgument', `content: more than the ${sizeGiB} GiB of the volume`, { path: ['content'] })
    yield chunk
  }
}

/** A whole disk: what was written to it, and zeros, which are stored nowhere. */
export async function* diskOf(written: AsyncIterable<Uint8Array>, sizeGiB: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let left = sizeGiB * gib
  for await (const chunk of written) {
    left -= chunk.byteLength
    yield chunk
  }
  for (; left > 0; left -= zeros.byteLength) {
    signal.throwIfAborted()
    // A copy, for whoever reads it may write to it.
    yield zeros.slice(0, Math.min(left, zeros.byteLength))
  }
}
