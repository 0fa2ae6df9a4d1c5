import type { BucketId, Cloud, CloudError, CloudResult, CloudResultAsync, CloudWith } from '@hanse/core'
import { cloudError, describeKind, optional, record, reference, supports, text } from '@hanse/core'
import { lookup } from 'mrmime'
import { err, okAsync, Result, ResultAsync } from 'neverthrow'
import pLimit from 'p-limit'
import { digestOf, isFileSource } from '../stack/file-source.ts'
import type { Operations, Seen } from './operations.ts'
import { untold } from './untold.ts'
import type { ByteKeeper, ByteSources, Prepared, StackKind } from './stack-kind.ts'

/** Files that belong together, as objects in a bucket: one resource, however many there are, known by their digests. */
export interface FileSetSpec {
  readonly bucket: BucketId
  /** Before every path; nothing when left out. */
  readonly prefix?: string | undefined
  /** The digest of each file by its path. */
  readonly files: Readonly<Record<string, string>>
}

/** What is known of a set that is there. */
export interface FileSetOutputs {
  readonly count: number
  readonly sizeBytes: number
}

const kind = describeKind<FileSetSpec, FileSetOutputs>()({
  kind: 'fileSet',
  service: 'storage',
  plural: 'fileSets',
  summary: 'Files that belong together, as objects in a bucket.',
  identity: 'natural',
  joins: ['bucket', 'prefix'],
  verbs: ['create', 'get', 'update', 'delete'],
  actions: {},
  phases: { Ready: 'ready' },
  fields: {
    bucket: reference('Where they are put.', 'bucket'),
    prefix: optional(text('Before every path.', { max: 512 })),
    files: record('The digest of each file by its path.', text('', { max: 128, format: 'digest' }), { onChange: 'update' }),
  },
  outputs: {
    count: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER, unit: 'count' },
    sizeBytes: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER, unit: 'byte' },
  },
})

/** Sets of files, written once over buckets and objects. */
export const fileSetKind: StackKind = {
  kind,
  needs: ['bucket', 'object'],
  prepare,
  operations: (cloud, bytes) => (supports(cloud, 'bucket') && supports(cloud, 'object') ? operations(cloud, bytes) : undefined),
}

const atATime = 8

async function prepare({ from, ...spec }: Readonly<Record<string, unknown>>, keep: ByteKeeper): Promise<Prepared> {
  if (!isFileSource(from)) return { spec, problems: [{ path: ['from'], message: 'expected what directory() or texts() makes' }] }
  const listed = await attempt(async () => {
    const files: [string, string][] = []
    for (const file of await from.list()) {
      const digest = await digestOf(file.open())
      keep(digest, file.open)
      files.push([file.path, digest])
    }
    return Object.fromEntries(files)
  })
  return listed.match(
    (files) => ({ spec: { ...spec, files }, problems: [] }),
    (cause) => ({ spec: { ...spec, files: {} }, problems: [{ path: ['from'], message: `cannot be read: ${cause.message}` }] }),
  )
}

function operations(cloud: Cloud & CloudWith<'bucket' | 'object'>, bytes: ByteSources): Operations {
  const { objects } = cloud.storage

  const put = (spec: FileSetSpec, paths: readonly string[], signal: AbortSignal | undefined): CloudResultAsync<Seen> => {
    const limit = pLimit(atATime)
    const puts = paths.map((path) =>
      limit(async (): Promise<CloudResult<unknown>> => {
        const open = bytes.get(spec.files[path] ?? '')
        if (open === undefined) return err(fault(cloud, `the bytes of ${path} are not at hand`))
        return objects.put(spec.bucket, keyOf(spec, path), open(), { contentType: lookup(path), signal })
      }),
    )
    return new ResultAsync(Promise.all(puts).then((results) => Result.combine(results))).andThen(() => look(spec)).map((seen) => seen.seen)
  }

  /** What is there of a set: each object below the prefix, and whether every file is among them. */
  const look = (
    spec: FileSetSpec,
    signal?: AbortSignal,
  ): CloudResultAsync<{ readonly seen: Seen; readonly isWhole: boolean; readonly isEmpty: boolean }> =>
    objects
      .list(spec.bucket, { prefix: spec.prefix, signal })
      .toArray()
      .map((heads) => {
        const paths = new Set(Object.keys(spec.files).map((path) => keyOf(spec, path)))
        const own = heads.filter(({ key }) => paths.has(key))
        const there = new Set(own.map(({ key }) => key))
        // Of some files an interrupted run has left open whether they are there.
        const missing = Object.entries(spec.files).filter(([path, digest]) => digest !== untold && !there.has(keyOf(spec, path)))
        const isWhole = missing.length === 0
        const seen: Seen = {
          id: idOf(spec),
          name: '',
          outputs: { count: own.length, sizeBytes: own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) },
          // Stores tell no digests of ours, but tags that change with the content.
          observed: { files: Object.fromEntries(own.map(({ key, etag }) => [key, etag])) },
          meaning: isWhole ? 'ready' : 'failed',
          state: isWhole ? 'Ready' : `${missing.length} of ${paths.size} files are missing`,
          warnings: [],
        }
        return { seen, isWhole, isEmpty: own.length === 0 && paths.size > 0 }
      })

  const read = (spec: FileSetSpec, signal?: AbortSignal): CloudResultAsync<Seen | undefined> =>
    look(spec, signal)
      .map(({ seen, isEmpty }) => (isEmpty ? undefined : seen))
      .orElse((error) => (error.code === 'NotFound' ? okAsync(undefined) : err(error)))

  const remove = (spec: FileSetSpec, paths: readonly string[], signal: AbortSignal | undefined): CloudResultAsync<void> => {
    const limit = pLimit(atATime)
    const removals = paths.map((path) =>
      limit(async (): Promise<CloudResult<void>> => objects.delete(spec.bucket, keyOf(spec, path), { signal })),
    )
    return new ResultAsync(Promise.all(removals).then((results) => Result.combine(results)))
      .map(() => undefined)
      .orElse((error) => (error.code === 'NotFound' ? okAsync(undefined) : err(error)))
  }

  return {
    create: (spec, { signal }) => put(asSpec(spec), Object.keys(asSpec(spec).files), signal),
    // A part of a set that a crash has left is the set, and incomplete: it is made anew.
    findMade: (spec, { signal }) => read(asSpec(spec), signal),
    read: (_, recorded, signal) => read(asSpec(recorded), signal),
    update: (_, __, { wanted, recorded }, { signal }) => {
      const [to, from] = [asSpec(wanted), asSpec(recorded)]
      const changed = Object.keys(to.files).filter((path) => to.files[path] !== from.files[path])
      const gone = Object.keys(from.files).filter((path) => !(path in to.files))
      // Nothing changed in the program: the store was changed, and every file is put again.
      const paths = changed.length === 0 && gone.length === 0 ? Object.keys(to.files) : changed
      return put(to, paths, signal).andThen((seen) => remove(from, gone, signal).map(() => seen))
    },
    delete: (_, recorded, { signal }) => remove(asSpec(recorded), Object.keys(asSpec(recorded).files), signal),
    settle: (_, goal, recorded) => (goal === 'absent' ? okAsync(undefined) : read(asSpec(recorded))),
  }
}

const idOf = ({ bucket, prefix = '' }: FileSetSpec): string => `${bucket}/${prefix}`
const keyOf = ({ prefix = '' }: FileSetSpec, path: string): string => `${prefix}${path}`

/** Checked against the description before it comes here. */
const asSpec = (spec: Readonly<Record<string, unknown>>): FileSetSpec => spec as unknown as FileSetSpec

const attempt = <T>(run: () => Promise<T>): ResultAsync<T, Error> =>
  ResultAsync.fromThrowable(run, (cause) => (cause instanceof Error ? cause : new Error(String(cause))))()

const fault = (cloud: Cloud, message: string): CloudError =>
  cloudError('Unknown', message, { driver: cloud.driver, operation: 'fileSet.create' }, {})
