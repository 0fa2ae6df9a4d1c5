import { err, ok } from 'neverthrow'
import { cloudError } from './errors.ts'
import type { CloudErrorContext } from './errors.ts'
import type { PageRequest } from './options.ts'
import { settled } from './result.ts'
import type { CloudResult, CloudResultAsync } from './result.ts'

/** A part of a list. */
export interface Page<T> {
  readonly items: readonly T[]
  /** Where to go on; absent on the last page. Opaque. An empty page is not the end if it has one. */
  readonly nextCursor?: string | undefined
}

/**
 * A list that is read as it is consumed: no request leaves before the first pull. Iterating gives a {@link CloudResult} per item and ends
 * after the first `Err`. The order is the cloud's own.
 *
 * @example
 * const servers = await cloud.compute.servers.list().toArray()
 */
export interface Pager<T> extends AsyncIterable<CloudResult<T>> {
  /** The list, page by page. */
  pages(): AsyncIterable<CloudResult<Page<T>>>
  /** One page. */
  page(request?: PageRequest): CloudResultAsync<Page<T>>
  /** The whole list, or its first `limit` items. */
  toArray(options?: { readonly limit?: number | undefined }): CloudResultAsync<readonly T[]>
}

/** Makes a {@link Pager} of a function that reads one page. A cursor that comes a second time ends it with `Unknown`, never in a loop. */
export function pagerOf<T>(
  readPage: (request: PageRequest) => CloudResultAsync<Page<T>>,
  base: PageRequest,
  context: CloudErrorContext,
): Pager<T> {
  const fetchPage = (request: PageRequest): CloudResultAsync<Page<T>> => settled(() => readPage(request), context)

  async function* pages(): AsyncGenerator<CloudResult<Page<T>>> {
    let cursor = base.cursor
    const seen = new Set(cursor === undefined ? [] : [cursor])
    do {
      const page: CloudResult<Page<T>> = await fetchPage({ ...base, cursor })
      yield page
      if (page.isErr()) return
      cursor = page.value.nextCursor
      if (cursor !== undefined && seen.has(cursor)) {
        yield err(cloudError('Unknown', 'the cloud gave a cursor that it had given before; the list cannot be completed', context, {}))
        return
      }
      if (cursor !== undefined) seen.add(cursor)
    } while (cursor !== undefined)
  }

  async function* items(): AsyncGenerator<CloudResult<T>> {
    for await (const page of pages()) {
      if (page.isErr()) {
        yield err(page.error)
        return
      }
      for (const item of page.value.items) yield ok(item)
    }
  }

  async function collect(limit: number): Promise<CloudResult<readonly T[]>> {
    const collected: T[] = []
    if (limit <= 0) return ok(collected)
    for await (const item of items()) {
      if (item.isErr()) return err(item.error)
      collected.push(item.value)
      if (collected.length >= limit) break
    }
    return ok(collected)
  }

  return {
    [Symbol.asyncIterator]: items,
    pages,
    page: (request) => fetchPage({ ...base, ...request }),
    toArray: ({ limit = Infinity } = {}) => settled(() => collect(limit), context),
  }
}
