import type { ByteSource } from '../kind/field.ts'
import type { ArtifactSource, CustomSource, ImageConfig, ImageSource, LayerSource } from './artifact-source.ts'
import type { Artifact } from './artifact.ts'
import type { Descriptor, Digest, MediaType, Platform } from './descriptor.ts'
import { digestOf } from './digest.ts'
import { emptyContent, mediaTypes } from './manifest.ts'
import type { Index, Manifest } from './manifest.ts'
import type { OutgoingBlob } from './send-blob.ts'

/** A manifest that was just made. */
export interface Built {
  readonly descriptor: Descriptor
  readonly content: Uint8Array
  readonly document: Manifest | Index
}

type Send = (blob: OutgoingBlob) => Promise<Descriptor>

/** Makes the manifests of a source, the root last, sending every blob as it comes. The same input makes the same bytes. */
export async function buildArtifact(source: Exclude<ArtifactSource, Artifact>, send: Send): Promise<readonly Built[]> {
  if (source.type !== 'index') return [(await buildOne(source, send)).built]
  const images: Built[] = []
  const manifests: Descriptor[] = []
  for (const { source: image, platform } of source.images) {
    const { built, platform: own } = await buildOne(image, send)
    const told = platform ?? own
    images.push(built)
    manifests.push({ ...built.descriptor, ...(told === undefined ? {} : { platform: told }) })
  }
  const { annotations } = source
  return [
    ...images,
    encoded({ schemaVersion: 2, mediaType: mediaTypes.index, manifests, ...(annotations === undefined ? {} : { annotations }) }),
  ]
}

const buildOne = async (
  source: ImageSource | CustomSource,
  send: Send,
): Promise<{ readonly built: Built; readonly platform?: Platform | undefined }> =>
  source.type === 'image' ? buildImage(source, send) : { built: await buildCustom(source, send) }

async function buildImage(
  { layers, config, annotations }: ImageSource,
  send: Send,
): Promise<{ readonly built: Built; readonly platform: Platform }> {
  const sent: { readonly descriptor: Descriptor; readonly diffId: Digest }[] = []
  for (const layer of layers) {
    const { content, mediaType, diffId, annotations: own } = layerParts(layer)
    const descriptor = await sendContent(send, content, { mediaType, annotations: own })
    // A tar that is not compressed is its own DiffID.
    sent.push({ descriptor, diffId: diffId ?? descriptor.digest })
  }
  const { architecture = 'amd64', os = 'linux', variant, ...rest } = config
  const platform: Platform = { architecture, os, ...(variant === undefined ? {} : { variant }) }
  const diffIds = sent.map(({ diffId }) => diffId)
  const document: ImageConfig & { readonly rootfs: object } = { ...rest, ...platform, rootfs: { type: 'layers', diff_ids: diffIds } }
  const configDescriptor = await sendContent(send, JSON.stringify(document), { mediaType: mediaTypes.config })
  const built = encoded({
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: configDescriptor,
    layers: sent.map(({ descriptor }) => descriptor),
    ...(annotations === undefined ? {} : { annotations }),
  })
  return { built, platform }
}

async function buildCustom({ artifactType, layers, subject, annotations }: CustomSource, send: Send): Promise<Built> {
  const config = await sendContent(send, '{}', { mediaType: mediaTypes.empty })
  const sent: Descriptor[] = []
  for (const { content, mediaType, annotations: own } of layers)
    sent.push(await sendContent(send, content, { mediaType, annotations: own }))
  return encoded({
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    artifactType,
    config,
    // What has no layers has one empty one, for clients that expect some (manifest.md, "Guidelines for Artifact Usage").
    layers: sent.length === 0 ? [{ mediaType: mediaTypes.empty, ...emptyContent }] : sent,
    ...(subject === undefined ? {} : { subject: { mediaType: subject.mediaType, digest: subject.digest, size: subject.size } }),
    ...(annotations === undefined ? {} : { annotations }),
  })
}

interface LayerParts {
  readonly content: ByteSource
  readonly mediaType: MediaType
  readonly diffId?: Digest | undefined
  readonly annotations?: Readonly<Record<string, string>> | undefined
}

const layerParts = (layer: LayerSource): LayerParts =>
  typeof layer === 'object' && 'content' in layer
    ? { mediaType: mediaTypes.layer, ...layer }
    : { mediaType: mediaTypes.layer, content: layer }

/** Bytes that are there are named before they are sent, so that those the registry has stay here; a stream tells what it was when it has passed. */
function sendContent(
  send: Send,
  content: ByteSource,
  { mediaType, annotations }: Pick<Descriptor, 'mediaType' | 'annotations'>,
): Promise<Descriptor> {
  const known = { mediaType, ...(annotations === undefined ? {} : { annotations }) }
  if (typeof content !== 'string' && !(content instanceof Uint8Array)) return send({ descriptor: known, open: () => content })
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return send({ descriptor: { ...known, digest: digestOf(bytes), size: bytes.byteLength }, open: () => bytes })
}

function encoded(document: Manifest | Index): Built {
  const content = new TextEncoder().encode(JSON.stringify(document))
  const { artifactType } = document
  const mediaType = document.mediaType ?? mediaTypes.manifest
  return {
    descriptor: { mediaType, digest: digestOf(content), size: content.byteLength, ...(artifactType === undefined ? {} : { artifactType }) },
    content,
    document,
  }
}
