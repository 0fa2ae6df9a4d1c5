import type { Cloud, CloudResultAsync, CloudWith, Digest, ImageConfig, RepositoryId } from '@hanse/core'
import { describeKind, imageOf, list, oneOf, optional, reference, supports, text } from '@hanse/core'
import { errAsync, ok, okAsync, Result, ResultAsync } from 'neverthrow'
import { digestOf } from '../stack/file-source.ts'
import type { LayerFiles } from '../stack/tar.ts'
import { isLayerFiles, tarOf } from '../stack/tar.ts'
import type { Operations, Seen } from './operations.ts'
import type { ByteKeeper, ByteSources, Prepared, StackKind } from './stack-kind.ts'

/** A container image in a repository, under a tag: one resource, known by the digests of its layers. */
export interface ContainerImageSpec {
  readonly repository: RepositoryId
  readonly tag: string
  /** The digest of the tar of each layer, the lowest first. */
  readonly layers: readonly string[]
  /** How its containers run, as JSON in the words of the OCI image specification (config.md). */
  readonly config?: string | undefined
  readonly architecture?: 'amd64' | 'arm64' | undefined
}

/** What is known of an image that is there. */
export interface ContainerImageOutputs {
  /** Of its manifest. */
  readonly digest: string
  /** As `repository@digest`: what a deployment names, for it never moves. */
  readonly reference: string
}

const kind = describeKind<ContainerImageSpec, ContainerImageOutputs>()({
  kind: 'containerImage',
  service: 'registry',
  plural: 'containerImages',
  summary: 'A container image in a repository, under a tag.',
  identity: 'natural',
  joins: ['repository', 'tag'],
  verbs: ['create', 'get', 'update', 'delete'],
  actions: {},
  phases: { Ready: 'ready' },
  fields: {
    repository: reference('Where it is pushed.', 'repository'),
    tag: text('The name of this version.', { min: 1, max: 128, pattern: /^\w[\w.-]*$/ }),
    layers: list(
      'The digest of the tar of each layer.',
      text('', { max: 128, format: 'digest' }),
      { min: 1, max: 128 },
      { onChange: 'update' },
    ),
    config: optional(text('How its containers run, as JSON.', { max: 65_536 }, { onChange: 'update' })),
    architecture: optional(oneOf('Of the machines that it is for.', ['amd64', 'arm64'], { onChange: 'update' })),
  },
  outputs: { digest: { type: 'text', min: 1, max: 128, format: 'digest' }, reference: { type: 'text', min: 1, max: 512 } },
})

/** Container images, written once over repositories, manifests, blobs and tags. */
export const containerImageKind: StackKind = {
  kind,
  needs: ['repository', 'artifact', 'manifest', 'blob', 'tag'],
  prepare,
  operations: (cloud, bytes) =>
    supports(cloud, 'artifact') && supports(cloud, 'tag') && supports(cloud, 'manifest') ? operations(cloud, bytes) : undefined,
}

async function prepare({ layers, config, ...spec }: Readonly<Record<string, unknown>>, keep: ByteKeeper): Promise<Prepared> {
  if (!Array.isArray(layers)) return { spec: { ...spec, layers }, problems: [] } // The check of the spec says what is wrong.
  const wrong = layers.findIndex((layer) => !isLayerFiles(layer))
  if (wrong >= 0) {
    const message = 'expected { from: directory(…), at: "/where" }'
    return { spec: { ...spec, layers: ['sha256:unread'] }, problems: [{ path: ['layers', wrong], message }] }
  }
  const digests = await ResultAsync.fromThrowable(
    async () => {
      const found: string[] = []
      for (const layer of layers as readonly LayerFiles[]) {
        const digest = await digestOf(tarOf(layer))
        keep(digest, () => tarOf(layer))
        found.push(digest)
      }
      return found
    },
    (cause) => (cause instanceof Error ? cause.message : String(cause)),
  )()
  // What JSON cannot hold is no configuration.
  const text = config === undefined ? ok(undefined) : Result.fromThrowable((value: unknown) => JSON.stringify(value))(config)
  if (text.isErr())
    return { spec: { ...spec, layers: ['sha256:unread'] }, problems: [{ path: ['config'], message: 'cannot be written as JSON' }] }
  const rest = { ...spec, ...(text.value === undefined ? {} : { config: text.value }) }
  return digests.match(
    (found) => ({ spec: { ...rest, layers: found }, problems: [] }),
    (message) => ({
      spec: { ...rest, layers: ['sha256:unread'] },
      problems: [{ path: ['layers'], message: `cannot be read: ${message}` }],
    }),
  )
}

function operations(cloud: Cloud & CloudWith<'artifact' | 'tag' | 'manifest'>, bytes: ByteSources): Operations {
  const { artifacts, tags } = cloud.registry

  const push = (spec: ContainerImageSpec, key: string, signal: AbortSignal | undefined): CloudResultAsync<Seen> => {
    const config: ImageConfig = {
      ...(spec.architecture === undefined ? {} : { architecture: spec.architecture }),
      ...(spec.config === undefined ? {} : { config: JSON.parse(spec.config) as ImageConfig['config'] }),
    }
    // A layer that is in the registry already is not asked for again; its bytes are opened only when they are sent.
    const layers = spec.layers.map((digest) => ({ content: lazily(bytes, digest) }))
    return artifacts.push(referenceOf(spec), imageOf({ layers, config }), { key, signal }).map(({ digest }) => seenOf(spec, digest))
  }

  const digestNow = (spec: ContainerImageSpec, signal?: AbortSignal): CloudResultAsync<Digest | undefined> =>
    artifacts
      .resolve(referenceOf(spec), { signal })
      .map(({ digest }): Digest | undefined => digest)
      .orElse((error) => (error.code === 'NotFound' ? okAsync(undefined) : errAsync(error)))

  const read = (spec: ContainerImageSpec, signal?: AbortSignal): CloudResultAsync<Seen | undefined> =>
    digestNow(spec, signal).map((digest) => (digest === undefined ? undefined : seenOf(spec, digest)))

  /**
   * Takes a tag away, and the manifest that it was on if no other is: that one first, for a tag that is left leads the next run to it. Where
   * a registry cannot, it keeps it until it collects its garbage.
   */
  const drop = (repository: RepositoryId, tag: string, signal: AbortSignal | undefined): CloudResultAsync<void> => {
    const untag = (): CloudResultAsync<void> =>
      supports(cloud, 'tag.delete') ? cloud.registry.tags.delete(repository, tag, { signal }) : okAsync(undefined)
    if (!supports(cloud, 'manifest.delete')) return untag()
    const { manifests } = cloud.registry
    return tags
      .list(repository, { signal })
      .toArray()
      .andThen((names) =>
        ResultAsync.combine(names.map((name) => tags.get(repository, name, { signal }).map(({ digest }) => ({ name, digest })))),
      )
      .andThen((all) => {
        const own = all.find(({ name }) => name === tag)
        if (own === undefined) return okAsync(undefined)
        const isShared = all.some(({ name, digest }) => name !== tag && digest === own.digest)
        return isShared ? untag() : manifests.delete(repository, own.digest, { signal }).andThen(untag)
      })
      .orElse((error) => (error.code === 'NotFound' ? okAsync(undefined) : errAsync(error)))
  }

  /** What the tag leaves gets another tag first: a run that dies before it has removed it leaves the trace in the registry itself. */
  const replace = (spec: ContainerImageSpec, key: string, signal: AbortSignal | undefined): CloudResultAsync<Seen> => {
    const { repository } = spec
    const leaves = supports(cloud, 'tag.delete') && supports(cloud, 'manifest.delete')
    return drop(repository, leaving(spec), signal)
      .andThen(() => digestNow(spec, signal))
      .andThen((before) =>
        before === undefined || !leaves ? okAsync(undefined) : tags.put(repository, leaving(spec), before, { signal }).map(() => undefined),
      )
      .andThen(() => push(spec, key, signal))
      .andThen((seen) => drop(repository, leaving(spec), signal).map(() => seen))
  }

  return {
    create: (spec, { key, signal }) => push(asSpec(spec), key, signal),
    findMade: (spec, { signal }) => read(asSpec(spec), signal),
    read: (_, recorded, signal) => read(asSpec(recorded), signal),
    update: (_, __, { wanted }, { key, signal }) => replace(asSpec(wanted), key, signal),
    delete: (_, recorded, { signal }) => {
      const spec = asSpec(recorded)
      return drop(spec.repository, leaving(spec), signal).andThen(() => drop(spec.repository, spec.tag, signal))
    },
    settle: (_, goal, recorded) => (goal === 'absent' ? okAsync(undefined) : read(asSpec(recorded))),
  }
}

/** The tag of what was replaced and is not yet removed; at most 128 characters, as every tag. */
const leaving = ({ tag }: ContainerImageSpec): string => `${tag.slice(0, 118)}.leaving`

const referenceOf = ({ repository, tag }: ContainerImageSpec): string => `${repository}:${tag}`

const seenOf = (spec: ContainerImageSpec, digest: string): Seen => ({
  id: referenceOf(spec),
  name: referenceOf(spec),
  outputs: { digest, reference: `${spec.repository}@${digest}` },
  // The manifest names layers and config: when its digest has changed, somebody has moved the tag.
  observed: { layers: [digest] },
  meaning: 'ready',
  state: 'Ready',
  warnings: [],
})

async function* lazily(bytes: ByteSources, digest: string): AsyncGenerator<Uint8Array> {
  const open = bytes.get(digest)
  if (open === undefined) throw new Error(`the bytes of ${digest} are not at hand`)
  yield* open()
}

/** Checked against the description before it comes here. */
const asSpec = (spec: Readonly<Record<string, unknown>>): ContainerImageSpec => spec as unknown as ContainerImageSpec
