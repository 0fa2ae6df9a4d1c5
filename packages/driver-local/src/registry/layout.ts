import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { mediaTypes } from '@hanse/core'
import type { Descriptor } from '@hanse/core'
import type { LocalCloud } from '../local-cloud.ts'
import { refusalOf } from '../store/refusal.ts'
import type { ReadTransaction, WriteTransaction } from '../store/transaction.ts'
import { blobRecords, descriptorOf, idAt, manifestRecords, tagRecords } from './registry-records.ts'
import { freeBlobs } from './free-blobs.ts'
import { repositoryRecords } from './repository-records.ts'

/** What stands in `oci-layout` (OCI image specification, image-layout.md). */
const layoutVersion = JSON.stringify({ imageLayoutVersion: '1.0.0' })

/**
 * Changes what is in a repository, and its folder after it.
 *
 * `<folder>/registry/<name>` is an OCI image layout: other tools read it as it is. The database is the truth and the folder follows it. A
 * change is committed together with the digests that it touched (`behind`); only then are files linked, removed and `index.json` replaced,
 * and `behind` is emptied, all under the database's lock. So the folder never runs ahead, two processes cannot undo each other's work, and
 * after a crash in between whoever comes next finds what is left to do.
 */
export function changeRepository<T>(
  cloud: LocalCloud,
  repository: string,
  work: (tx: WriteTransaction, touch: (digest: string) => void) => T,
): T {
  const result = cloud.store.write((tx) => {
    const touched = new Set<string>(repositoryRecords.get(tx, repository)?.document.behind)
    const value = work(tx, (digest) => touched.add(digest))
    const record = repositoryRecords.get(tx, repository)
    if (record !== undefined) {
      for (const digest of freeBlobs(tx, repository)) touched.add(digest)
      const state = record.phase === 'DELETING' ? undefined : { phase: 'BEHIND', pending: [] }
      repositoryRecords.update(tx, repository, { state, document: { ...record.document, behind: [...touched] } })
    }
    return value
  })
  catchUp(cloud, repository)
  return result
}

/** Makes the folder of a repository be what the database says. Nothing happens where it is. */
export function catchUp({ store }: LocalCloud, repository: string): void {
  store.write((tx) => {
    const record = repositoryRecords.get(tx, repository)
    if (record === undefined || record.phase === 'READY') return
    if (record.phase === 'DELETING') {
      onDisk(store.folder, repository, removeLayout)
      repositoryRecords.remove(tx, repository)
      return
    }
    onDisk(store.folder, repository, (folder) => {
      mkdirSync(join(folder, 'blobs', 'sha256'), { recursive: true })
      for (const digest of record.document.behind ?? []) {
        const path = join(folder, 'blobs', 'sha256', digest.slice('sha256:'.length))
        if (isIn(tx, repository, digest)) store.bytes.linkTo(digest, path)
        else rmSync(path, { force: true })
      }
      replaceFile(join(folder, 'oci-layout'), layoutVersion)
      replaceFile(join(folder, 'index.json'), indexOf(tx, repository))
    })
    repositoryRecords.update(tx, repository, { state: { phase: 'READY', pending: [] }, document: { ...record.document, behind: [] } })
  })
  store.bytes.sweep()
}

/** Brings every repository up to date: those that a killed process left behind, and those whose index somebody else has changed. */
export function catchUpAll(cloud: LocalCloud): void {
  const { store } = cloud
  let after: string | undefined
  do {
    const page = store.read((tx) => {
      const { records, next } = repositoryRecords.page(tx, { after, limit: 1000 })
      return { next, stale: records.filter(({ id, phase }) => phase !== 'READY' || !isCurrent(tx, store.folder, id)).map(({ id }) => id) }
    })
    for (const repository of page.stale) {
      // What it should hold is looked at anew, whatever was touched.
      changeRepository(cloud, repository, (tx, touch) => {
        for (const { digest } of tx.all<{ digest: string }>(
          "SELECT name AS digest FROM records WHERE kind IN ('blob', 'manifest') AND parent = ?",
          repository,
        ))
          touch(digest)
      })
    }
    after = page.next
  } while (after !== undefined)
}

const isIn = (tx: ReadTransaction, repository: string, digest: string): boolean =>
  blobRecords.get(tx, idAt(repository, digest)) !== undefined || manifestRecords.get(tx, idAt(repository, digest)) !== undefined

/** The index of a layout: an entry for each tag, one without a tag for each manifest that nothing else leads to (image-layout.md, "index.json"). */
function indexOf(tx: ReadTransaction, repository: string): string {
  const manifests: Descriptor[] = []
  const tagged = new Set<string>()
  for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
    const page = tagRecords.pageByName(tx, { parent: repository, after, limit: 1000 })
    for (const { name, document } of page.records) {
      const manifest = manifestRecords.get(tx, idAt(repository, document.digest))
      if (manifest === undefined) continue
      tagged.add(document.digest)
      manifests.push({ ...descriptorOf(manifest), annotations: { 'org.opencontainers.image.ref.name': name } })
    }
    after = page.next
  }
  for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
    const page = manifestRecords.page(tx, { parent: repository, after, limit: 1000 })
    for (const record of page.records) {
      const { artifactType } = record.document
      if (record.document.child !== true && !tagged.has(record.name))
        manifests.push({ ...descriptorOf(record), ...(artifactType === undefined ? {} : { artifactType }) })
    }
    after = page.next
  }
  return JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests })
}

const isCurrent = (tx: ReadTransaction, folder: string | undefined, repository: string): boolean =>
  folder === undefined || readIfThere(join(folder, 'registry', repository, 'index.json')) === indexOf(tx, repository)

/** Removes a layout and the folders around it that are empty then. Other repositories may lie within. */
function removeLayout(folder: string, root: string): void {
  for (const name of ['index.json', 'oci-layout', 'blobs']) rmSync(join(folder, name), { recursive: true, force: true })
  // Under the database's lock nobody else makes or removes any of these.
  for (let at = folder; at !== root && existsSync(at) && readdirSync(at).length === 0; at = dirname(at)) rmdirSync(at)
}

function onDisk(folder: string | undefined, repository: string, work: (layout: string, root: string) => void): void {
  if (folder === undefined) return
  const root = join(folder, 'registry')
  const layout = join(root, repository)
  try {
    work(layout, root)
  } catch (error) {
    throw refusalOf(error, layout)
  }
}

/** Replaces a file in one step. The database's lock is held, so the name beside it is nobody else's. */
function replaceFile(path: string, content: string): void {
  if (readIfThere(path) === content) return
  writeFileSync(`${path}.new`, content)
  renameSync(`${path}.new`, path)
}

const readIfThere = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
