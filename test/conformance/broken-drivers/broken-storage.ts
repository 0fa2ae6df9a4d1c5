import { refuse } from '@hanse/core/driver'
import type { BrokenDriver, Bytes } from './broken-driver.ts'

async function* lessTheLast(content: Bytes): Bytes {
  let held: Uint8Array | undefined
  for await (const chunk of content) {
    if (held !== undefined) yield held
    held = chunk
  }
  if (held !== undefined) yield held.subarray(0, Math.max(0, held.byteLength - 1))
}

/** Takes what came before a source broke off for the whole. */
async function* asFarAsItCame(content: Bytes): Bytes {
  try {
    yield* content
  } catch {
    // As a client does that does not look at the length.
  }
}

/** Faults of buckets and objects. */
export const brokenStorage: readonly BrokenDriver[] = [
  {
    does: 'loses the last byte of an object',
    kind: 'object',
    caughtBy: 'object.put/reads-back-byte-for-byte',
    rule: 'OBJ-01',
    break: ({ objects }) => ({
      objects: { ...objects, put: (bucket, key, content, options, call) => objects.put(bucket, key, lessTheLast(content), options, call) },
    }),
  },
  {
    does: 'keeps what came before a put broke off',
    kind: 'object',
    caughtBy: 'object.put/replaces-whole-or-not-at-all',
    rule: 'OBJ-04',
    break: ({ objects }) => ({
      objects: {
        ...objects,
        put: (bucket, key, content, options, call) => objects.put(bucket, key, asFarAsItCame(content), options, call),
      },
    }),
  },
  {
    does: 'takes the end of a range for the first byte that is not wanted',
    kind: 'object',
    caughtBy: 'object.get/gives-ranges',
    rule: 'OBJ-02',
    break: ({ objects }) => ({
      objects: {
        ...objects,
        get: (bucket, key, { range, ...options }, call) => {
          const shorter = range?.end === undefined ? range : { start: range.start, end: Math.max(range.start, range.end - 1) }
          return objects.get(bucket, key, { ...options, ...(shorter === undefined ? {} : { range: shorter }) }, call)
        },
      },
    }),
  },
  {
    does: 'lists objects in the order of UTF-16',
    kind: 'object',
    caughtBy: 'object.list/is-in-the-order-of-bytes',
    rule: 'OBJ-03',
    break: ({ objects }) => ({
      objects: {
        ...objects,
        list: async (bucket, options, call) => {
          const page = await objects.list(bucket, options, call)
          return { ...page, items: [...page.items].sort((a, b) => (a.key < b.key ? -1 : 1)) }
        },
      },
    }),
  },
  {
    does: 'drops the condition of a put',
    kind: 'object',
    caughtBy: 'object.put/if-none-match-lets-one-win',
    rule: 'OBJ-07',
    break: ({ objects }) => ({
      objects: {
        ...objects,
        put: (bucket, key, content, options, call) => objects.put(bucket, key, content, { ...options, ifNoneMatch: undefined }, call),
      },
    }),
  },
  {
    does: 'looks whether an object is there, and then puts it',
    kind: 'object',
    caughtBy: 'object.put/if-none-match-lets-one-win',
    rule: 'OBJ-07',
    break: ({ objects }, { sleep }) => ({
      objects: {
        ...objects,
        put: async (bucket, key, content, options, call) => {
          const there = await objects.get(bucket, key, {}, call).catch(() => undefined)
          if ('ifNoneMatch' in options && options.ifNoneMatch !== undefined && there !== undefined)
            throw refuse('FailedPrecondition', 'there is one', {})
          await sleep(5)
          return objects.put(bucket, key, content, { ...options, ifNoneMatch: undefined }, call)
        },
      },
    }),
  },
  {
    does: 'deletes a volume that is attached',
    kind: 'volume',
    caughtBy: 'volume.delete/of-one-that-is-attached-is-refused',
    rule: 'VOL-02',
    break: ({ delete: remove }) => ({ delete: (id, call) => remove(id, call).catch(() => {}) }),
  },
  {
    does: 'calls it a success to delete from a bucket that is not there',
    kind: 'object',
    caughtBy: 'object.errors/tell-object-from-bucket',
    rule: 'OBJ-05',
    break: ({ objects }) => ({ objects: { ...objects, delete: (bucket, key, call) => objects.delete(bucket, key, call).catch(() => {}) } }),
  },
]
