import type { Digest } from '@hanse/core'
import type { DriverKinds } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import type { WriteTransaction } from '../store/transaction.ts'
import { changeRepository } from './layout.ts'
import { descriptorOf, idAt, inRepository, knownManifest, refuseMissingRepository, tagRecords, unknown } from './registry-records.ts'

const largestPage = 1000

/** Tags of repositories: each refers to its manifest and moves in one step. */
export function tags(cloud: LocalCloud): DriverKinds<'tag' | 'tag.delete'>['tag'] {
  const { store } = cloud
  return {
    list: async (repository, { cursor, pageSize }) => {
      const limit = Math.min(pageSize ?? largestPage, largestPage)
      const page = store.read((tx) => {
        refuseMissingRepository(tx, repository)
        return tagRecords.pageByName(tx, { parent: repository, after: cursor, limit })
      })
      return { items: page.records.map(({ name }) => name), nextCursor: page.next }
    },

    get: async (repository, tag) => descriptorOf(store.read((tx) => knownManifest(tx, repository, tag))),

    put: async (repository, tag, digest) =>
      changeRepository(cloud, repository, (tx) => {
        const manifest = knownManifest(tx, repository, digest)
        putTag(tx, repository, tag, digest)
        return descriptorOf(manifest)
      }),

    delete: async (repository, tag) =>
      changeRepository(cloud, repository, (tx) => {
        refuseMissingRepository(tx, repository)
        const record = tagRecords.byName(tx, tag, repository)
        if (record === undefined) throw unknown('MANIFEST_UNKNOWN', 'tag', tag, `there is no tag ${tag} in repository ${repository}`)
        tagRecords.remove(tx, record.id)
      }),
  }
}

/** Puts a tag on a manifest of the same repository, from wherever it was. */
export function putTag(tx: WriteTransaction, repository: string, tag: string, digest: Digest): void {
  const references = [inRepository(repository), { field: 'manifest', kind: 'manifest', id: idAt(repository, digest) }]
  const before = tagRecords.byName(tx, tag, repository)
  if (before === undefined)
    tagRecords.insert(tx, { id: `${repository}:${tag}`, name: tag, parent: repository, references, document: { digest } })
  else tagRecords.update(tx, before.id, { references, document: { digest } })
}
