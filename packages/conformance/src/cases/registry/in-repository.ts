import type { CloudWith, Descriptor, Digest, Manifest, RepositoryName } from '@hanse/core'
import { mediaTypes } from '@hanse/core'
import type { Bench } from '../../bench.ts'
import { expectOk } from '../../expect.ts'

/** A repository of a case's own. */
export interface RepositoryPlace {
  readonly name: RepositoryName
  /** Stores an image of these layers under a tag, and remembers it for the clearing up. */
  readonly image: (tag: string, ...layers: readonly string[]) => Promise<Descriptor>
  /** Remembers a manifest that the case has written itself. */
  readonly keep: (digest: Digest) => void
}

type Registry = CloudWith<'repository' | 'manifest' | 'blob' | 'tag'>

/** Runs part of a case in a repository of its own, and empties it afterwards as far as the registry can delete. */
export async function inRepository(cloud: Registry, bench: Bench, run: (place: RepositoryPlace) => Promise<void>): Promise<void> {
  const name = bench.supports('repository.create') ? (await bench.make('repository')).id : `kit/${bench.name('repository')}`
  const digests = new Set<Digest>()
  const place: RepositoryPlace = {
    name,
    keep: (digest) => void digests.add(digest),
    image: async (tag, ...layers) => {
      const descriptor = expectOk(
        await cloud.registry.manifests.put(name, tag, await manifestOf(cloud, name, layers), { mediaType: mediaTypes.manifest }),
        `put of the manifest ${tag}`,
      )
      digests.add(descriptor.digest)
      return descriptor
    },
  }
  try {
    await run(place)
  } finally {
    if (bench.supports('manifest.delete')) {
      const { manifests } = (cloud as Registry & CloudWith<'manifest.delete'>).registry
      for (const digest of [...digests].reverse()) {
        const removed = await manifests.delete(name, digest)
        // The case may have deleted the repository itself.
        if (removed.isErr() && removed.error.code !== 'NotFound') expectOk(removed, 'delete of what is left')
      }
    }
  }
}

/** The bytes of a manifest of an image whose blobs are stored on the way. */
export async function manifestOf(
  cloud: CloudWith<'blob'>,
  repository: RepositoryName,
  layers: readonly string[],
  more: Partial<Manifest> = {},
): Promise<string> {
  const stored = async (content: string, mediaType: string): Promise<Descriptor> => ({
    ...expectOk(await cloud.registry.blobs.put(repository, content), 'put of a blob'),
    mediaType,
  })
  const manifest: Manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: await stored(
      JSON.stringify({
        architecture: 'amd64',
        os: 'linux',
        rootfs: { type: 'layers', diff_ids: [] },
        config: { Labels: { layers: layers.join() } },
      }),
      mediaTypes.config,
    ),
    layers: await Promise.all(layers.map((layer) => stored(layer, mediaTypes.layer))),
    ...more,
  }
  return JSON.stringify(manifest)
}
