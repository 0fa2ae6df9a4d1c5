import type { Cloud } from '../cloud.ts'
import { supports } from '../cloud.ts'
import type { RegistryCloud } from './artifact-methods.ts'
import type { PushProgress } from './artifact-service.ts'
import type { Descriptor } from './descriptor.ts'
import { orThrow } from './or-throw.ts'

/** Bytes that are to be in a registry. */
export interface OutgoingBlob {
  /** What they are; without a digest they are sent to find out. */
  readonly descriptor: PushProgress['descriptor']
  readonly open: () => AsyncIterable<Uint8Array> | Uint8Array
}

/** How bytes are sent. */
export interface SendSetup {
  readonly signal: AbortSignal
  readonly mountFrom?: string | undefined
  readonly onProgress?: ((progress: PushProgress) => void) | undefined
}

/** Makes a blob be in a repository with as few bytes as that takes: looks, mounts, and only then sends. */
export async function sendBlob(
  cloud: RegistryCloud,
  repository: string,
  { descriptor, open }: OutgoingBlob,
  setup: SendSetup,
): Promise<Descriptor> {
  const { signal, mountFrom, onProgress } = setup
  const { digest, size } = descriptor
  if (digest !== undefined && size !== undefined) {
    const known = { ...descriptor, digest, size }
    const there = await cloud.registry.blobs.head(repository, digest, { signal })
    if (there.isOk()) {
      onProgress?.({ descriptor: known, state: 'present', bytes: 0 })
      return known
    }
    if (there.error.code !== 'NotFound') throw there.error
    const plain: Cloud = cloud
    if (mountFrom !== undefined && supports(plain, 'blob.mount')) {
      // A registry that cannot mount this one has lost nothing but the question.
      const mounted = await plain.registry.blobs.mount(repository, digest, mountFrom, { signal })
      if (mounted.isOk()) {
        onProgress?.({ descriptor: known, state: 'mounted', bytes: 0 })
        return known
      }
      signal.throwIfAborted()
    }
  }
  const content = watched(open(), (bytes) => onProgress?.({ descriptor, state: 'moving', bytes }))
  const stored = await orThrow(cloud.registry.blobs.put(repository, content, { digest, signal }))
  const known = { ...descriptor, digest: stored.digest, size: stored.size }
  onProgress?.({ descriptor: known, state: 'done', bytes: stored.size })
  return known
}

async function* watched(content: AsyncIterable<Uint8Array> | Uint8Array, moved: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0
  moved(bytes)
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    yield chunk
    bytes += chunk.byteLength
    moved(bytes)
  }
}
