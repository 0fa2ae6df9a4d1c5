import type { ArtifactService } from './artifact-service.ts'
import type {
  BlobDeletion,
  BlobMounting,
  BlobService,
  ManifestDeletion,
  ManifestService,
  Referrers,
  RepositoryCreation,
  RepositoryService,
  TagDeletion,
  TagService,
} from './services.ts'

/** A cloud that has repositories. */
export interface HasRepositories {
  readonly supports: { readonly repository: true }
  readonly registry: { readonly repositories: RepositoryService }
}
/** A cloud whose repositories are made before something is pushed to them. */
export interface HasRepositoryCreate {
  readonly supports: { readonly 'repository.create': true }
  readonly registry: { readonly repositories: RepositoryCreation }
}
/** A cloud that names manifests. */
export interface HasTags {
  readonly supports: { readonly tag: true }
  readonly registry: { readonly tags: TagService }
}
/** A cloud that lets a tag go. */
export interface HasTagDelete {
  readonly supports: { readonly 'tag.delete': true }
  readonly registry: { readonly tags: TagDeletion }
}
/** A cloud that keeps manifests. */
export interface HasManifests {
  readonly supports: { readonly manifest: true }
  readonly registry: { readonly manifests: ManifestService }
}
/** A cloud that lets a manifest go. */
export interface HasManifestDelete {
  readonly supports: { readonly 'manifest.delete': true }
  readonly registry: { readonly manifests: ManifestDeletion }
}
/** A cloud that keeps blobs. */
export interface HasBlobs {
  readonly supports: { readonly blob: true }
  readonly registry: { readonly blobs: BlobService }
}
/** A cloud that shares blobs between repositories. */
export interface HasBlobMount {
  readonly supports: { readonly 'blob.mount': true }
  readonly registry: { readonly blobs: BlobMounting }
}
/** A cloud that lets a blob go. */
export interface HasBlobDelete {
  readonly supports: { readonly 'blob.delete': true }
  readonly registry: { readonly blobs: BlobDeletion }
}
/** A cloud with whole artifacts: core makes them of its manifests, blobs and tags. */
export interface HasArtifacts {
  readonly supports: { readonly artifact: true }
  readonly registry: { readonly artifacts: ArtifactService }
}
/** A cloud that knows itself what refers to a manifest; on others core keeps that under a tag. */
export interface HasArtifactReferrers {
  readonly supports: { readonly 'artifact.referrers': true }
  readonly registry: { readonly manifests: Referrers }
}
