import { bindDriver, cloudSource } from '../../driver/cloud-source.ts'
import { refuse } from '../../driver/classification.ts'
import { defineDriver } from '../../driver/driver.ts'
import { openCloud } from '../../open-cloud.ts'
import type { OpenOptions } from '../../open-cloud.ts'
import type { Descriptor, Digest } from '../descriptor.ts'
import { digestOf } from '../digest.ts'
import type { Index, Manifest } from '../manifest.ts'

/** How a toy registry is, and how it fails. */
export interface ToyOptions {
  /** Whether it keeps track of referrers itself. */
  readonly referrers?: boolean
  /** Called with each chunk that comes in. */
  readonly onChunk?: () => void
}

/** What lies in a toy registry; tests may damage it. */
export interface ToyContent {
  readonly blobs: Map<string, Uint8Array>
  readonly manifests: Map<string, { readonly mediaType: string; content: Uint8Array }>
  readonly tags: Map<string, Digest>
}

const low = ['tag', 'manifest', 'blob', 'blob.mount', 'artifact'] as const
const blobType = 'application/octet-stream'

/** Opens a registry in memory that does what the low verbs promise and no more. */
export async function openToyRegistry({ referrers = false, onChunk }: ToyOptions = {}, options: OpenOptions = {}) {
  const content: ToyContent = { blobs: new Map(), manifests: new Map(), tags: new Map() }
  const { blobs, manifests, tags } = content
  const found = (repository: string, reference: string) => {
    const digest = reference.includes(':') ? reference : (tags.get(`${repository}:${reference}`) ?? '')
    const manifest = manifests.get(`${repository}@${digest}`)
    if (manifest === undefined) throw refuse('NotFound', `there is no manifest ${reference}`, { kind: 'manifest', id: reference })
    return {
      descriptor: { mediaType: manifest.mediaType, digest: digest as Digest, size: manifest.content.byteLength },
      content: manifest.content,
    }
  }
  const blobOf = (repository: string, digest: string): Uint8Array => {
    const blob = blobs.get(`${repository}@${digest}`)
    if (blob === undefined) throw refuse('NotFound', `there is no blob ${digest}`, { kind: 'blob', id: digest })
    return blob
  }
  const driver = defineDriver({
    name: 'toy',
    always: low,
    probed: ['artifact.referrers'],
    classify: (cause) => ({ code: 'Unknown', message: String(cause), details: {} }),
    open: async () => ({
      found: referrers ? (['artifact.referrers'] as const) : [],
      limits: {},
      native: content,
      close: async () => {},
      kinds: {
        tag: {
          list: async (repository) => ({
            items: [...tags.keys()]
              .filter((key) => key.startsWith(`${repository}:`))
              .map((key) => key.slice(repository.length + 1))
              .sort(),
          }),
          get: async (repository, tag) => found(repository, tag).descriptor,
          put: async (repository, tag, digest) => {
            const { descriptor } = found(repository, digest)
            tags.set(`${repository}:${tag}`, digest)
            return descriptor
          },
        },
        manifest: {
          head: async (repository, reference) => found(repository, reference).descriptor,
          get: async (repository, reference) => found(repository, reference),
          put: async (repository, reference, bytes, { mediaType }) => {
            const document: Partial<Manifest & Index> = JSON.parse(new TextDecoder().decode(bytes))
            for (const named of [document.config, ...(document.layers ?? [])]) if (named !== undefined) blobOf(repository, named.digest)
            for (const named of document.manifests ?? []) found(repository, named.digest)
            const digest = digestOf(bytes)
            manifests.set(`${repository}@${digest}`, { mediaType, content: bytes })
            if (!reference.includes(':')) tags.set(`${repository}:${reference}`, digest)
            return { mediaType, digest, size: bytes.byteLength }
          },
          referrers: async (repository, digest) => {
            const items: Descriptor[] = []
            for (const [key, { mediaType, content }] of manifests) {
              const document: Manifest = JSON.parse(new TextDecoder().decode(content))
              if (key.startsWith(`${repository}@`) && document.subject?.digest === digest)
                items.push({ mediaType, digest: digestOf(content), size: content.byteLength, artifactType: document.artifactType })
            }
            return { items }
          },
        },
        blob: {
          head: async (repository, digest) => ({ mediaType: blobType, digest, size: blobOf(repository, digest).byteLength }),
          get: async (repository, digest, { range }) => {
            const bytes = blobOf(repository, digest)
            const { start = 0, end = bytes.byteLength - 1 } = range ?? {}
            return {
              descriptor: { mediaType: blobType, digest, size: bytes.byteLength },
              content: inChunks(bytes.subarray(start, end + 1)),
            }
          },
          put: async (repository, stream, _, { signal }) => {
            const chunks: Uint8Array[] = []
            for await (const chunk of stream) {
              onChunk?.()
              signal.throwIfAborted()
              chunks.push(Uint8Array.from(chunk))
            }
            const bytes = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]))
            const digest = digestOf(bytes)
            blobs.set(`${repository}@${digest}`, bytes)
            return { mediaType: blobType, digest, size: bytes.byteLength }
          },
          mount: async (repository, digest, from) => {
            const bytes = blobOf(from, digest)
            blobs.set(`${repository}@${digest}`, bytes)
            return { mediaType: blobType, digest, size: bytes.byteLength }
          },
        },
      },
    }),
  })
  const source = cloudSource({
    driver: 'toy',
    always: driver.always,
    probed: driver.probed,
    load: async () => bindDriver(driver, undefined),
  })
  const cloud = (await openCloud(source, options))._unsafeUnwrap()
  return { cloud, content }
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += 7) yield bytes.subarray(at, at + 7)
}
