import { kinds } from '@hanse/core'
import type { RepositoryResource, RepositorySpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { DriverKinds } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { localKind } from '../local-kind.ts'
import { catchUp } from './layout.ts'
import { blobRecords, manifestRecords } from './registry-records.ts'
import { repositoryRecords } from './repository-records.ts'

/**
 * Repositories: each a folder that is an OCI image layout. One with manifests in it is not deleted, as in ECR; blobs that nothing names go
 * with it.
 */
export function repositories(cloud: LocalCloud): DriverKinds<'repository' | 'repository.create'>['repository'] {
  const { store } = cloud
  const kind = localKind<RepositorySpec, RepositoryResource>(cloud, {
    kind: kinds.repository,
    fields: ['name', 'labels'],
    uniqueName: 'everywhere',
    idOf: ({ name }) => name,
    transitions: { create: { from: [], steps: ['BEHIND'] }, delete: { from: 'any', steps: ['DELETING'] } },
    phases: { READY: 'Ready', BEHIND: 'Ready', DELETING: 'Ready' },
  })
  return {
    ...kind,
    create: async (spec, call) => {
      const made = await kind.create(spec, call)
      catchUp(cloud, made.id)
      return kind.get(made.id, call)
    },
    delete: async (id) => {
      store.write((tx) => {
        kind.known(tx, id)
        const [manifest] = manifestRecords.page(tx, { parent: id, limit: 1 }).records
        if (manifest !== undefined) {
          const actual = `${manifestRecords.count(tx, id)} manifests`
          throw refuse('FailedPrecondition', `repository ${id} is not empty: it has ${actual}, ${manifest.name} among them`, {
            expected: 'no manifests',
            actual,
          })
        }
        for (
          let page = blobRecords.page(tx, { parent: id, limit: 1000 }).records;
          page.length > 0;
          page = blobRecords.page(tx, { parent: id, limit: 1000 }).records
        )
          for (const blob of page) blobRecords.remove(tx, blob.id)
        repositoryRecords.update(tx, id, { state: { phase: 'DELETING', pending: [] } })
      })
      catchUp(cloud, id)
    },
  }
}
