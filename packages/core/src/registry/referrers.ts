import type { Cloud } from '../cloud.ts'
import { supports } from '../cloud.ts'
import type { RegistryCloud } from './artifact-methods.ts'
import { isIndex } from './artifact.ts'
import type { Descriptor, Digest, MediaType } from './descriptor.ts'
import { mediaTypes } from './manifest.ts'
import type { Index, Manifest } from './manifest.ts'
import { orThrow } from './or-throw.ts'
import { readDocument } from './read-manifest.ts'

/** How referrers are asked for. */
interface Asked {
  readonly artifactType?: MediaType | undefined
  readonly signal: AbortSignal
}

/** What refers to a manifest, asked of the registry where it knows, read under a tag where not. */
export async function referrersOf(
  cloud: RegistryCloud,
  repository: string,
  digest: Digest,
  { artifactType, signal }: Asked,
): Promise<readonly Descriptor[]> {
  const plain: Cloud = cloud
  if (supports(plain, 'artifact.referrers'))
    return orThrow(plain.registry.manifests.referrers(repository, digest, { artifactType, signal }).toArray())
  const index = await taggedIndex(cloud, repository, referrersTag(digest), signal)
  return (index?.manifests ?? []).filter((found) => artifactType === undefined || found.artifactType === artifactType)
}

/**
 * Says under the subject's tag that a manifest refers to it, where the registry does not keep track itself. The specification knows no way to
 * do this safely for two writers at once ("Pushing Manifests with Subject"): the later one wins.
 */
export async function noteReferrer(
  cloud: RegistryCloud,
  repository: string,
  referrer: { readonly descriptor: Descriptor; readonly document: Manifest | Index },
  signal: AbortSignal,
): Promise<void> {
  const { descriptor, document } = referrer
  if (document.subject === undefined || supports(cloud, 'artifact.referrers')) return
  const tag = referrersTag(document.subject.digest)
  const known = (await taggedIndex(cloud, repository, tag, signal))?.manifests ?? []
  if (known.some((found) => found.digest === descriptor.digest)) return
  const { mediaType, digest, size } = descriptor
  const artifactType = artifactTypeOf(document)
  const entry: Descriptor = {
    mediaType,
    digest,
    size,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(document.annotations === undefined ? {} : { annotations: document.annotations }),
  }
  const index: Index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [...known, entry] }
  await orThrow(cloud.registry.manifests.put(repository, tag, JSON.stringify(index), { mediaType: mediaTypes.index, signal }))
}

/** The kind of artifact as a list of referrers tells it: its own word, or of an image manifest the media type of its config ("Listing Referrers"). */
export const artifactTypeOf = (document: Manifest | Index): MediaType | undefined =>
  document.artifactType ?? (isIndex(document) ? undefined : document.config.mediaType)

/** The tag that lists what refers to a digest: cut to what a tag may hold (OCI distribution specification, "Referrers Tag Schema"). */
export const referrersTag = (digest: Digest): string => {
  const [algorithm = '', encoded = ''] = digest.split(':')
  return `${algorithm.slice(0, 32)}-${encoded.slice(0, 64)}`.replace(/[^a-zA-Z0-9._-]/g, '-')
}

async function taggedIndex(cloud: RegistryCloud, repository: string, tag: string, signal: AbortSignal): Promise<Index | undefined> {
  const found = await cloud.registry.manifests.get(repository, tag, { signal })
  if (found.isErr()) {
    if (found.error.code === 'NotFound') return undefined
    throw found.error
  }
  const document = readDocument(found.value.content, found.value.descriptor.digest, cloud.driver)
  return isIndex(document) ? document : undefined
}
