import type { Artifact, ArtifactManifest } from './artifact.ts'
import { blobsOf, isIndex } from './artifact.ts'
import type { RegistryCloud } from './artifact-methods.ts'
import type { Descriptor, Digest } from './descriptor.ts'
import { orThrow } from './or-throw.ts'
import { readDocument } from './read-manifest.ts'
import type { Reference } from './reference.ts'
import { referrersOf } from './referrers.ts'

/** How an artifact is read. */
interface PullSetup {
  readonly referrers: boolean
  readonly signal: AbortSignal
}

/** Reads all manifests of an artifact, and of what refers to it. Each manifest is read once, however many name it. */
export async function pullArtifact(cloud: RegistryCloud, { repository, tag, digest }: Reference, setup: PullSetup): Promise<Artifact> {
  const read = new Map<Digest, ArtifactManifest>()
  return pull(digest ?? tag ?? '')

  async function pull(reference: string): Promise<Artifact> {
    const own = new Map<Digest, ArtifactManifest>()
    const root = await follow(reference, own)
    const manifests = [...own.values()]
    const blobs = new Map(manifests.flatMap(({ document }) => blobsOf(document)).map((blob) => [blob.digest, blob]))
    return {
      type: 'artifact',
      root,
      manifests,
      blobs: [...blobs.values()],
      referrers: setup.referrers ? await pullReferrers(manifests) : [],
      blob: (wanted, options) => openBlob(wanted, options?.signal),
    }
  }

  /** Reads a manifest and what it names; puts it after those. */
  async function follow(reference: string, into: Map<Digest, ArtifactManifest>): Promise<Descriptor> {
    setup.signal.throwIfAborted()
    const { descriptor, content } = await orThrow(cloud.registry.manifests.get(repository, reference, { signal: setup.signal }))
    if (into.has(descriptor.digest)) return descriptor
    const document = readDocument(content, descriptor.digest, cloud.driver)
    if (isIndex(document)) for (const child of document.manifests) if (!into.has(child.digest)) await follow(child.digest, into)
    const manifest = { descriptor, content, document }
    into.set(descriptor.digest, manifest)
    read.set(descriptor.digest, manifest)
    return descriptor
  }

  /** Signatures stand on the index or on one platform's manifest, and may be signed themselves. */
  async function pullReferrers(manifests: readonly ArtifactManifest[]): Promise<readonly Artifact[]> {
    const found: Artifact[] = []
    for (const { descriptor } of manifests) {
      for (const referrer of await referrersOf(cloud, repository, descriptor.digest, { signal: setup.signal })) {
        // What refers to two of them, or in a circle, is read once.
        if (!read.has(referrer.digest)) found.push(await pull(referrer.digest))
      }
    }
    return found
  }

  async function* openBlob(wanted: Digest, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    const { content } = await orThrow(cloud.registry.blobs.get(repository, wanted, { signal }))
    yield* content
  }
}
