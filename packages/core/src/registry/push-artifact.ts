import type { Cloud } from '../cloud.ts'
import { cloudError } from '../errors.ts'
import type { Artifact } from './artifact.ts'
import type { RegistryCloud } from './artifact-methods.ts'
import type { PushOptions } from './artifact-service.ts'
import type { ArtifactSource } from './artifact-source.ts'
import { buildArtifact } from './build-artifact.ts'
import type { Built } from './build-artifact.ts'
import type { Descriptor } from './descriptor.ts'
import { eachOf } from './each-of.ts'
import { orThrow } from './or-throw.ts'
import type { Reference } from './reference.ts'
import { noteReferrer } from './referrers.ts'
import { sendBlob } from './send-blob.ts'

/** How an artifact is written. */
export interface PushSetup extends PushOptions {
  readonly signal: AbortSignal
  /** A repository of the same cloud that may have the blobs already. */
  readonly mountFrom?: string | undefined
}

/** How many blobs move at the same time: enough to fill a line, few enough for any registry. */
const blobsAtOnce = 4

/** Writes an artifact: its blobs, its manifests, its tag, and then what refers to it. */
export async function pushArtifact(cloud: RegistryCloud, target: Reference, source: ArtifactSource, setup: PushSetup): Promise<Descriptor> {
  const root = source.type === 'artifact' ? await pushPulled(cloud, target, source, setup) : await pushBuilt(cloud, target, source, setup)
  if (source.type === 'artifact' && setup.referrers !== false)
    for (const referrer of source.referrers) await pushArtifact(cloud, { repository: target.repository }, referrer, setup)
  return root
}

async function pushPulled(cloud: RegistryCloud, target: Reference, artifact: Artifact, setup: PushSetup): Promise<Descriptor> {
  refuseOtherDigest(cloud, target, artifact.root)
  await eachOf(artifact.blobs, blobsAtOnce, setup.signal, async (blob, signal) => {
    await sendBlob(cloud, target.repository, { descriptor: blob, open: () => artifact.blob(blob.digest, { signal }) }, { ...setup, signal })
  })
  return pushManifests(cloud, target, artifact.manifests, setup)
}

async function pushBuilt(
  cloud: RegistryCloud,
  target: Reference,
  source: Exclude<ArtifactSource, Artifact>,
  setup: PushSetup,
): Promise<Descriptor> {
  const built = await buildArtifact(source, (blob) => sendBlob(cloud, target.repository, blob, setup))
  const root = built.at(-1)?.descriptor
  if (root !== undefined) refuseOtherDigest(cloud, target, root)
  return pushManifests(cloud, target, built, setup)
}

/** What is named goes before what names it, and the tag is put on with the last: readers see all of it or nothing. */
async function pushManifests(cloud: RegistryCloud, target: Reference, manifests: readonly Built[], setup: PushSetup): Promise<Descriptor> {
  const { signal, onProgress } = setup
  let root: Descriptor | undefined
  for (const [index, manifest] of manifests.entries()) {
    signal.throwIfAborted()
    const { descriptor, content } = manifest
    const last = index === manifests.length - 1
    const reference = last && target.tag !== undefined ? target.tag : descriptor.digest
    const { mediaType } = descriptor
    const stored = await orThrow(cloud.registry.manifests.put(target.repository, reference, content, { mediaType, signal }))
    await noteReferrer(cloud, target.repository, manifest, signal)
    onProgress?.({ descriptor, state: 'done', bytes: content.byteLength })
    root = stored
  }
  if (root === undefined)
    throw cloudError('InvalidArgument', 'source: the artifact has no manifest', contextOf(cloud), { path: ['source'] })
  return root
}

function refuseOtherDigest(cloud: Cloud, { digest }: Reference, root: Descriptor): void {
  if (digest === undefined || digest === root.digest) return
  throw cloudError('InvalidArgument', `reference: the artifact is ${root.digest}, and ${digest} was named`, contextOf(cloud), {
    path: ['reference'],
  })
}

const contextOf = (cloud: Cloud) => ({ driver: cloud.driver, operation: 'artifact.push' })
