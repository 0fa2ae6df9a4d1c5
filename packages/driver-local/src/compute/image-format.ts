import type { ImageFormat } from '@hanse/core'
import { refuse } from '@hanse/core/driver'

/** How a file of QEMU's format begins. */
const qcow2 = Buffer.from([0x51, 0x46, 0x49, 0xfb])

/** Lets bytes through and remembers how they began, for whoever asks when they are through. */
export function beginning(content: AsyncIterable<Uint8Array>): {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly seen: () => Uint8Array
} {
  let seen = Buffer.alloc(0)
  async function* through(): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      if (seen.length < qcow2.length) seen = Buffer.concat([seen, chunk.subarray(0, qcow2.length - seen.length)])
      yield chunk
    }
  }
  return { bytes: through(), seen: () => seen }
}

/** The format of bytes by how they begin. Refuses one that was called another (as Glance does), and bytes that are none. */
export function formatOf(first: Uint8Array, called: ImageFormat | undefined): ImageFormat {
  if (first.length === 0) throw refuse('InvalidArgument', 'content: an image has at least one byte', { path: ['content'] })
  const found = qcow2.equals(first) ? 'qcow2' : 'raw'
  if (called !== undefined && called !== found)
    throw refuse('InvalidArgument', `format: it is called ${called}, and the bytes are ${found}`, { path: ['format'] })
  return found
}
