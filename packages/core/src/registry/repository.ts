import type { Labels, NoOutputs, PlainText, Resource, ResourceId } from '../resource.ts'

/** The id of a repository is its name: what a reference says is enough to find it. */
export type RepositoryId = ResourceId<'repository'>

/** How verbs of a registry name a repository: its id, or its name as a person types it, which is the same text. */
export type RepositoryName = RepositoryId | PlainText

/** A place for artifacts that belong together, mostly the versions of one image. */
export interface RepositorySpec {
  /** Lower-case letters and digits, parted by `.`, `_`, `-` and `/` (OCI distribution specification, "Pulling manifests": `<name>`). */
  readonly name: string
  readonly labels?: Labels | undefined
}
export type RepositoryResource = Resource<'repository', RepositorySpec, NoOutputs, 'Ready'>
