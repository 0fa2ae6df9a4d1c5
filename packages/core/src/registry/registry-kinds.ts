import { boolean, bytes, integer, live, optional, reference, text } from '../kind/field.ts'
import type { AnyField } from '../kind/field.ts'
import { describeKind } from '../kind/kind.ts'
import { labels } from '../kind/naming-fields.ts'
import type { Cloud } from '../cloud.ts'
import type { ArtifactSource } from './artifact-source.ts'
import { isArtifactSource } from './artifact-source.ts'
import type { PushProgress } from './artifact-service.ts'
import { digestPattern, repositoryPattern, tagPattern } from './reference.ts'
import type { RepositorySpec } from './repository.ts'

/** A repository. Where a registry has no `repository.create`, the first push makes it. */
export const repository = describeKind<RepositorySpec>()({
  kind: 'repository',
  service: 'registry',
  plural: 'repositories',
  summary: 'A place for artifacts that belong together.',
  identity: 'named',
  verbs: ['create', 'get', 'list', 'delete'],
  verbNeeds: { create: 'repository.create', delete: 'repository.create' },
  actions: {},
  phases: { Ready: 'ready' },
  fields: {
    name: text('Its name: lower-case letters and digits, parted by dots, underscores, hyphens and slashes.', {
      min: 1,
      max: 255,
      pattern: repositoryPattern,
    }),
    labels,
  },
  outputs: {},
})

const repositoryId = reference('The repository.', 'repository')
const tagName = text('The tag.', { min: 1, max: 128, pattern: tagPattern })
const digest = text('The digest.', { min: 3, max: 330, pattern: digestPattern })
const tagOrDigest = text('A tag, or a digest.', { min: 1, max: 330 })
const mediaType = text('The media type (RFC 6838).', { min: 3, max: 255, pattern: /^[A-Za-z0-9][\w!#$&^.+-]*\/[A-Za-z0-9][\w!#$&^.+-]*$/ })
const artifactReference = text('As repository:tag or repository@digest.', { min: 1, max: 800 })
const range: AnyField = {
  ...optional(mediaType),
  summary: 'A part of it.',
  shape: {
    type: 'object',
    fields: {
      start: integer('The first byte.', { min: 0, max: Number.MAX_SAFE_INTEGER, unit: 'byte' }),
      end: optional(integer('The last byte.', { min: 0, max: Number.MAX_SAFE_INTEGER, unit: 'byte' })),
    },
  },
}

/** Tags have no spec: they are names on manifests, and every verb is an action on the kind. */
export const tag = describeKind<object>()({
  kind: 'tag',
  service: 'registry',
  plural: 'tags',
  summary: 'A name that moves from manifest to manifest.',
  identity: 'given',
  verbs: [],
  actions: {
    list: { summary: 'The tags of a repository.', on: 'kind', takes: { repository: repositoryId }, effect: 'lists' },
    get: { summary: 'The manifest that a tag is on.', on: 'kind', takes: { repository: repositoryId, tag: tagName }, effect: 'reads' },
    put: { summary: 'Puts a tag on a manifest.', on: 'kind', takes: { repository: repositoryId, tag: tagName, digest }, effect: 'changes' },
    delete: {
      summary: 'Takes a tag away.',
      on: 'kind',
      takes: { repository: repositoryId, tag: tagName },
      effect: 'deletes',
      needs: 'tag.delete',
    },
  },
  phases: { Ready: 'ready' },
  fields: {},
  outputs: {},
})

/** Manifests are documents by digest. */
export const manifest = describeKind<object>()({
  kind: 'manifest',
  service: 'registry',
  plural: 'manifests',
  summary: 'A document that says what an artifact is made of.',
  identity: 'given',
  verbs: [],
  actions: {
    head: {
      summary: 'What is known of a manifest.',
      on: 'kind',
      takes: { repository: repositoryId, reference: tagOrDigest },
      effect: 'reads',
    },
    get: { summary: 'A manifest.', on: 'kind', takes: { repository: repositoryId, reference: tagOrDigest }, effect: 'reads' },
    put: {
      summary: 'Writes a manifest.',
      on: 'kind',
      takes: { repository: repositoryId, reference: tagOrDigest, content: bytes('Its bytes.') },
      options: { mediaType },
      effect: 'changes',
    },
    delete: {
      summary: 'Removes a manifest.',
      on: 'kind',
      takes: { repository: repositoryId, digest },
      effect: 'deletes',
      needs: 'manifest.delete',
    },
    referrers: {
      summary: 'What refers to a manifest.',
      on: 'kind',
      takes: { repository: repositoryId, digest },
      options: { artifactType: optional(mediaType) },
      effect: 'lists',
      needs: 'artifact.referrers',
    },
  },
  phases: { Ready: 'ready' },
  fields: {},
  outputs: {},
})

/** Blobs are bytes by digest. */
export const blob = describeKind<object>()({
  kind: 'blob',
  service: 'registry',
  plural: 'blobs',
  summary: 'Bytes that manifests name: layers, configs.',
  identity: 'given',
  verbs: [],
  actions: {
    head: { summary: 'What is known of a blob.', on: 'kind', takes: { repository: repositoryId, digest }, effect: 'reads' },
    get: { summary: 'Opens a blob.', on: 'kind', takes: { repository: repositoryId, digest }, options: { range }, effect: 'reads' },
    put: {
      summary: 'Stores a blob.',
      on: 'kind',
      takes: { repository: repositoryId, content: bytes('The bytes.') },
      options: { digest: optional(digest) },
      effect: 'changes',
    },
    mount: {
      summary: 'Makes a blob of one repository be in another.',
      on: 'kind',
      takes: { repository: repositoryId, digest, from: reference('Where it is.', 'repository') },
      effect: 'changes',
      needs: 'blob.mount',
    },
    delete: {
      summary: 'Removes a blob.',
      on: 'kind',
      takes: { repository: repositoryId, digest },
      effect: 'deletes',
      needs: 'blob.delete',
    },
  },
  phases: { Ready: 'ready' },
  fields: {},
  outputs: {},
})

const isFunction = (value: unknown): boolean => typeof value === 'function'
const isCloud = (value: unknown): boolean => typeof value === 'object' && value !== null && 'supports' in value && 'registry' in value

const referrers = optional(boolean('Also what refers to it.'))
const pushOptions = {
  onProgress: optional(live<(progress: PushProgress) => void>('Told of every blob and manifest.', { what: 'a function', is: isFunction })),
  referrers,
}

/** Artifacts are made of manifests, blobs and tags: core carries the verbs out, on every registry alike (registry/artifact-methods). */
export const artifact = describeKind<object>()({
  kind: 'artifact',
  service: 'registry',
  plural: 'artifacts',
  summary: 'A whole image, or anything else that a registry keeps, with what refers to it.',
  identity: 'given',
  verbs: [],
  actions: {
    resolve: { summary: 'What a reference is on.', on: 'kind', takes: { reference: artifactReference }, effect: 'reads' },
    pull: { summary: 'Reads an artifact.', on: 'kind', takes: { reference: artifactReference }, options: { referrers }, effect: 'reads' },
    push: {
      summary: 'Writes an artifact.',
      on: 'kind',
      takes: {
        reference: artifactReference,
        source: live<ArtifactSource>('What is pushed.', {
          what: 'an artifact, or what imageOf, artifactOf or indexOf made',
          is: isArtifactSource,
        }),
      },
      options: pushOptions,
      effect: 'changes',
    },
    copy: {
      summary: 'Copies an artifact from a repository of this cloud or of another.',
      on: 'kind',
      takes: { from: artifactReference, to: artifactReference },
      options: {
        ...pushOptions,
        from: optional(live<Cloud>('The cloud that has it.', { what: 'an open cloud with a registry', is: isCloud })),
      },
      effect: 'changes',
    },
    referrers: {
      summary: 'What refers to a manifest.',
      on: 'kind',
      takes: { reference: artifactReference },
      options: { artifactType: optional(mediaType) },
      effect: 'reads',
    },
  },
  phases: { Ready: 'ready' },
  fields: {},
  outputs: {},
})
