import type { Descriptor, Digest, Index, Manifest, RepositoryId } from '@hanse/core'
import { digestOf, isIndex, kinds } from '@hanse/core'
import { artifactTypeOf, blobsOf, readManifest, refuse } from '@hanse/core/driver'
import type { DriverKinds } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { refuseBeyondQuota } from '../location/quota-limits.ts'
import { referencesOf, referrersOf } from '../store/references.ts'
import type { StoredRecord } from '../store/record.ts'
import type { WriteTransaction } from '../store/transaction.ts'
import { changeRepository } from './layout.ts'
import type { ManifestDocument } from './registry-records.ts'
import {
  blobPhases,
  blobRecords,
  descriptorOf,
  idAt,
  inRepository,
  knownManifest,
  manifestRecords,
  refuseMissingRepository,
  registryBytes,
  tagRecords,
  unknown,
} from './registry-records.ts'
import { putTag } from './tags.ts'

type Methods = DriverKinds<'manifest' | 'manifest.delete' | 'artifact.referrers'>['manifest']

const largestPage = 1000

/** Manifests of repositories: kept as they came, and what they name kept with them. */
export function manifests(cloud: LocalCloud): Methods {
  const { store, quotas } = cloud

  const add = (
    tx: WriteTransaction,
    repository: RepositoryId,
    document: Manifest | Index,
    stored: ManifestDocument & { readonly digest: Digest },
  ): StoredRecord<ManifestDocument> => {
    const named = keepNamed(tx, repository, document)
    const usage = { [registryBytes]: stored.sizeBytes }
    refuseBeyondQuota(tx, quotas, kinds.manifest, usage)
    const { digest, ...rest } = stored
    const { subject } = document
    return manifestRecords.insert(tx, {
      id: idAt(repository, digest),
      name: digest,
      parent: repository,
      usage,
      // What refers to a manifest is found by these, one page at a time.
      labels:
        subject === undefined
          ? {}
          : { subject: subject.digest, ...(rest.artifactType === undefined ? {} : { artifactType: rest.artifactType }) },
      references: [inRepository(repository), ...named],
      document: rest,
    })
  }

  return {
    head: async (repository, reference) => descriptorOf(store.read((tx) => knownManifest(tx, repository, reference))),

    get: async (repository, reference, { signal }) => {
      const record = store.read((tx) => knownManifest(tx, repository, reference))
      const chunks: Uint8Array[] = []
      for await (const chunk of store.bytes.get(record.name, { signal })) chunks.push(chunk)
      return { descriptor: descriptorOf(record), content: Buffer.concat(chunks) }
    },

    put: async (repository, reference, content, { mediaType }, { signal }) => {
      const document = readManifest(content).match(
        (read) => read,
        (why) => {
          throw invalid(`it is no manifest: ${why}`)
        },
      )
      if (document.mediaType !== undefined && document.mediaType !== mediaType)
        throw invalid(`it says that it is ${document.mediaType}, and ${mediaType} was said of it`)
      const digest = digestOf(content)
      if (reference.includes(':') && reference !== digest)
        throw refuse('InvalidArgument', `reference: the manifest has the digest ${digest}, and ${reference} was named`, {
          path: ['reference'],
        })
      store.read((tx) => refuseMissingRepository(tx, repository))
      const stored = await store.bytes.put(once(content), { expectedDigest: digest, signal })
      return store.bytes.settle([stored], () =>
        changeRepository(cloud, repository, (tx, touch) => {
          refuseMissingRepository(tx, repository)
          let record = manifestRecords.get(tx, idAt(repository, digest))
          if (record === undefined) {
            const { annotations } = document
            record = add(tx, repository, document, {
              digest,
              mediaType,
              sizeBytes: stored.size,
              artifactType: artifactTypeOf(document),
              annotations,
            })
            store.bytes.use(tx, stored, record)
            touch(digest)
          }
          if (!reference.includes(':')) putTag(tx, repository, reference, digest)
          return descriptorOf(record)
        }),
      )
    },

    delete: async (repository, digest) =>
      changeRepository(cloud, repository, (tx, touch) => {
        const record = knownManifest(tx, repository, digest)
        // A tag on nothing would be no tag: those on it go with it.
        for (const { id } of tagsOn(tx, record.id)) tagRecords.remove(tx, id)
        const named = referencesOf(tx, record)
        manifestRecords.remove(tx, record.id)
        letGoNamed(tx, named)
        store.bytes.linger(tx, [digest])
        touch(digest)
      }),

    referrers: async (repository, digest, { artifactType, cursor, pageSize }) => {
      const limit = Math.min(pageSize ?? largestPage, largestPage)
      const labels = { subject: digest, ...(artifactType === undefined ? {} : { artifactType }) }
      const page = store.read((tx) => {
        refuseMissingRepository(tx, repository)
        return manifestRecords.page(tx, { parent: repository, labels, after: cursor, limit })
      })
      return { items: page.records.map(referrerOf), nextCursor: page.next }
    },
  }
}

/** What a manifest names must be there, and stays as long as it does (MANIFEST_BLOB_UNKNOWN). Its subject need not be there. */
function keepNamed(tx: WriteTransaction, repository: string, document: Manifest | Index) {
  const missing = (kind: 'blob' | 'manifest', digest: string) =>
    unknown(
      'MANIFEST_BLOB_UNKNOWN',
      kind,
      digest,
      `content: names ${kind} ${digest}, which repository ${repository} does not have; push that first`,
    )
  for (const { digest } of blobsOf(document)) {
    const blob = blobRecords.get(tx, idAt(repository, digest))
    if (blob === undefined) throw missing('blob', digest)
    if (blob.phase !== blobPhases.named) blobRecords.update(tx, blob.id, { state: { phase: blobPhases.named, pending: [] } })
  }
  const children = isIndex(document) ? document.manifests : []
  for (const { digest } of children) {
    const child = manifestRecords.get(tx, idAt(repository, digest))
    if (child === undefined) throw missing('manifest', digest)
    if (child.document.child !== true) manifestRecords.update(tx, child.id, { document: { ...child.document, child: true } })
  }
  return [
    ...blobsOf(document).map(({ digest }) => ({ field: 'layers', kind: 'blob', id: idAt(repository, digest) })),
    ...children.map(({ digest }) => ({ field: 'manifests', kind: 'manifest', id: idAt(repository, digest) })),
  ]
}

/** Blobs that no other manifest names begin their last day; manifests that no other index names are on their own again. */
function letGoNamed(tx: WriteTransaction, named: readonly { readonly kind: string; readonly id: string }[]): void {
  for (const { kind, id } of named) {
    const users = referrersOf(tx, { kind, id }, { limit: 1000 }).filter((user) => user.kind === 'manifest')
    if (users.length > 0) continue
    if (kind === 'blob') blobRecords.update(tx, id, { state: { phase: blobPhases.free, pending: [] } })
    const child = kind === 'manifest' ? manifestRecords.get(tx, id) : undefined
    if (child !== undefined) manifestRecords.update(tx, id, { document: { ...child.document, child: undefined } })
  }
}

const tagsOn = (tx: WriteTransaction, manifest: string): readonly { readonly id: string }[] =>
  tx.all<{ id: string }>(
    "SELECT r.id FROM record_references f JOIN records r ON r.seq = f.from_seq WHERE f.to_kind = 'manifest' AND f.to_id = ? AND r.kind = 'tag'",
    manifest,
  )

const referrerOf = (record: StoredRecord<ManifestDocument>): Descriptor => {
  const { artifactType, annotations } = record.document
  return {
    ...descriptorOf(record),
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(annotations === undefined ? {} : { annotations }),
  }
}

const invalid = (why: string) => refuse('InvalidArgument', `content: ${why}`, { path: ['content'] })

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content
}
