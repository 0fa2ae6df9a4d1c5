import type { Annotations, Descriptor, Digest, MediaType } from '@hanse/core'
import { Refusal, refuse } from '@hanse/core/driver'
import type { StoredRecord } from '../store/record.ts'
import { Records } from '../store/records.ts'
import type { ReadTransaction } from '../store/transaction.ts'

/** What is kept of a manifest beside its bytes. */
export interface ManifestDocument {
  readonly mediaType: MediaType
  readonly sizeBytes: number
  readonly artifactType?: MediaType | undefined
  readonly annotations?: Annotations | undefined
  /** Another manifest names it: it is no entry of its own in a layout's index. */
  readonly child?: true | undefined
}

/** Manifests by repository and digest. What refers to another bears its digest as the label `subject`, so that referrers are a page. */
export const manifestRecords = new Records<ManifestDocument>('manifest', { uniqueName: 'inParent' })

/** Tags by repository and name; each refers to its manifest. */
export const tagRecords = new Records<{ readonly digest: Digest }>('tag', { uniqueName: 'inParent' })

/** Blobs by repository and digest. The bytes are stored once, however many repositories have them. */
export const blobRecords = new Records<{ readonly sizeBytes: number }>('blob', { uniqueName: 'inParent' })

/** A blob that a manifest names, and one that none does: such a blob goes after a while. */
export const blobPhases = { named: 'NAMED', free: 'FREE' } as const

/** The measure of the bytes that a registry keeps. */
export const registryBytes = 'registryBytes'

/** The id of a manifest or blob in the database. */
export const idAt = (repository: string, digest: string): string => `${repository}@${digest}`

/** The repository as a reference: what is in it keeps it. */
export const inRepository = (repository: string) => ({ field: 'repository', kind: 'repository', id: repository })

/** Refuses `NotFound` where there is no such repository, or where it is being deleted. */
export function refuseMissingRepository(tx: ReadTransaction, repository: string): void {
  const row = tx.get<{ phase: string }>("SELECT phase FROM records WHERE kind = 'repository' AND id = ?", repository)
  if (row === undefined || row.phase === 'DELETING')
    throw refuse('NotFound', `there is no repository ${repository}; create it first`, { kind: 'repository', id: repository })
}

/** The manifest on which a tag is, or which has a digest; refuses `NotFound`. */
export function knownManifest(tx: ReadTransaction, repository: string, reference: string): StoredRecord<ManifestDocument> {
  refuseMissingRepository(tx, repository)
  const digest = reference.includes(':') ? reference : tagRecords.byName(tx, reference, repository)?.document.digest
  const found = digest === undefined ? undefined : manifestRecords.get(tx, idAt(repository, digest))
  if (found === undefined) {
    const kind = reference.includes(':') ? 'manifest' : 'tag'
    throw unknown(
      'MANIFEST_UNKNOWN',
      kind,
      reference,
      `there is no ${kind === 'tag' ? 'manifest under the tag' : 'manifest'} ${reference} in repository ${repository}`,
    )
  }
  return found
}

/** A blob of a repository; refuses `NotFound`. */
export function knownBlob(tx: ReadTransaction, repository: string, digest: string): StoredRecord<{ readonly sizeBytes: number }> {
  refuseMissingRepository(tx, repository)
  const found = blobRecords.get(tx, idAt(repository, digest))
  if (found === undefined) throw unknown('BLOB_UNKNOWN', 'blob', digest, `there is no blob ${digest} in repository ${repository}`)
  return found
}

/** A refusal with the code that a registry would send (OCI distribution specification, "Error Codes"). */
export const unknown = (providerCode: string, kind: string, id: string, message: string): Refusal =>
  new Refusal({ code: 'NotFound', message, details: { kind, id }, providerCode })

/** How a manifest is named. */
export const descriptorOf = ({ name, document }: StoredRecord<ManifestDocument>): Descriptor => ({
  mediaType: document.mediaType,
  // The record's name is the digest under which it was stored.
  digest: name as Digest,
  size: document.sizeBytes,
})

/** How a blob is named: a registry does not know what is in it (OCI distribution specification, "Pulling blobs"). */
export const blobDescriptor = (digest: string, size: number): Descriptor => ({
  mediaType: 'application/octet-stream',
  digest: digest as Digest,
  size,
})
