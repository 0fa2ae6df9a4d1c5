import { kinds } from '@hanse/core'
import type { RepositoryId } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { DriverKinds } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { refuseBeyondQuota } from '../location/quota-limits.ts'
import type { WriteTransaction } from '../store/transaction.ts'
import { changeRepository } from './layout.ts'
import {
  blobDescriptor,
  blobPhases,
  blobRecords,
  idAt,
  inRepository,
  knownBlob,
  refuseMissingRepository,
  registryBytes,
} from './registry-records.ts'

/** Blobs of repositories. One that no manifest names goes after a day. */
export function blobs(cloud: LocalCloud): DriverKinds<'blob' | 'blob.mount' | 'blob.delete'>['blob'] {
  const { store, quotas } = cloud

  /** Makes bytes that are stored be a blob of a repository; one that is there begins its day anew. */
  const add = (
    tx: WriteTransaction,
    repository: RepositoryId,
    stored: { readonly digest: string; readonly size: number; readonly hold?: string },
  ): void => {
    const id = idAt(repository, stored.digest)
    const before = blobRecords.get(tx, id)
    if (before !== undefined) {
      blobRecords.update(tx, id, { state: { phase: before.phase, pending: [] } })
      return
    }
    const usage = { [registryBytes]: stored.size }
    refuseBeyondQuota(tx, quotas, kinds.blob, usage)
    const references = [inRepository(repository)]
    const state = { phase: blobPhases.free, pending: [] }
    const record = blobRecords.insert(tx, {
      id,
      name: stored.digest,
      parent: repository,
      usage,
      references,
      state,
      document: { sizeBytes: stored.size },
    })
    store.bytes.use(tx, stored, record)
  }

  return {
    head: async (repository, digest) => {
      const { document } = store.read((tx) => knownBlob(tx, repository, digest))
      return blobDescriptor(digest, document.sizeBytes)
    },

    get: async (repository, digest, { range }, { signal }) => {
      const { sizeBytes } = store.read((tx) => knownBlob(tx, repository, digest)).document
      if (range !== undefined && range.start >= sizeBytes)
        throw refuse('InvalidArgument', `range: begins at ${range.start}, and the blob has ${sizeBytes} bytes`, {
          path: ['range', 'start'],
        })
      const end = range?.end === undefined ? undefined : range.end + 1
      return { descriptor: blobDescriptor(digest, sizeBytes), content: store.bytes.get(digest, { start: range?.start, end, signal }) }
    },

    put: async (repository, content, { digest }, { signal }) => {
      refuseOtherAlgorithm(digest)
      store.read((tx) => refuseMissingRepository(tx, repository))
      const stored = await store.bytes.put(content, { expectedDigest: digest, signal })
      store.bytes.settle([stored], () =>
        changeRepository(cloud, repository, (tx, touch) => {
          refuseMissingRepository(tx, repository)
          add(tx, repository, stored)
          touch(stored.digest)
        }),
      )
      return blobDescriptor(stored.digest, stored.size)
    },

    mount: async (repository, digest, from) =>
      changeRepository(cloud, repository, (tx, touch) => {
        refuseMissingRepository(tx, repository)
        const { sizeBytes } = knownBlob(tx, from, digest).document
        add(tx, repository, { digest, size: sizeBytes })
        touch(digest)
        return blobDescriptor(digest, sizeBytes)
      }),

    delete: async (repository, digest) =>
      changeRepository(cloud, repository, (tx, touch) => {
        const { id } = knownBlob(tx, repository, digest)
        blobRecords.remove(tx, id)
        store.bytes.linger(tx, [digest])
        touch(digest)
      }),
  }
}

/** Everything here is known by its SHA-256, as the folder of a layout shows it. */
function refuseOtherAlgorithm(digest: string | undefined): void {
  if (digest !== undefined && !digest.startsWith('sha256:'))
    throw refuse('InvalidArgument', `digest: this registry knows content by sha256 only, and ${digest.split(':')[0]} was named`, {
      path: ['digest'],
    })
}
