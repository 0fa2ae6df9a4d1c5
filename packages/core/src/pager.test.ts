import { errAsync, okAsync } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { errorOf, valueOf } from './__fixtures__/outcome.ts'
import { cloudError } from './errors.ts'
import { pagerOf } from './pager.ts'
import type { Page, Pager } from './pager.ts'
import type { PageRequest } from './options.ts'

const context = { driver: 'fake', operation: 'thing.list' }

function pagerOver(
  pages: readonly Page<number>[],
  base: PageRequest = {},
): { readonly pager: Pager<number>; readonly requests: PageRequest[] } {
  const requests: PageRequest[] = []
  const pager = pagerOf(
    (request) => {
      requests.push(request)
      return okAsync(pages[Number(request.cursor ?? 0)] ?? { items: [] })
    },
    base,
    context,
  )
  return { pager, requests }
}

const three = [{ items: [1, 2], nextCursor: '1' }, { items: [], nextCursor: '2' }, { items: [3] }]

describe('a pager', () => {
  it('asks for nothing before it is read, and for no page more than is read', async () => {
    const { pager, requests } = pagerOver(three)
    expect(requests).toEqual([])
    for await (const item of pager) {
      expect(valueOf(item)).toBe(1)
      break
    }
    expect(requests).toHaveLength(1)
  })

  it('gives every item once; an empty page is not the end', async () => {
    expect(valueOf(await pagerOver(three).pager.toArray())).toEqual([1, 2, 3])
    const pages: number[] = []
    for await (const page of pagerOver(three).pager.pages()) pages.push(valueOf(page).items.length)
    expect(pages).toEqual([2, 0, 1])
  })

  it('gives the first so many', async () => {
    const { pager, requests } = pagerOver(three)
    expect(valueOf(await pager.toArray({ limit: 2 }))).toEqual([1, 2])
    expect(requests).toHaveLength(1)
    expect(valueOf(await pager.toArray({ limit: 0 }))).toEqual([])
    expect(requests).toHaveLength(1)
  })

  it('may be read again from the start, and from a cursor', async () => {
    const { pager } = pagerOver(three)
    expect(valueOf(await pager.toArray())).toEqual(valueOf(await pager.toArray()))
    expect(valueOf(await pagerOver(three, { cursor: '1' }).pager.toArray())).toEqual([3])
    expect(valueOf(await pager.page({ cursor: '2' })).items).toEqual([3])
  })

  it('ends with an error when a cursor comes a second time, and never in a loop', async () => {
    const turning = pagerOver([
      { items: [1], nextCursor: '1' },
      { items: [2], nextCursor: '1' },
    ])
    expect(errorOf(await turning.pager.toArray())).toMatchObject({ code: 'Unknown', context })
    const back = pagerOver(
      [
        { items: [1], nextCursor: '1' },
        { items: [2], nextCursor: '0' },
      ],
      { cursor: '0' },
    )
    expect(errorOf(await back.pager.toArray()).code).toBe('Unknown')
    expect(back.requests).toHaveLength(2)
  })

  it('ends after the first error', async () => {
    const failure = cloudError('RateLimited', 'slow down', context, {}, true)
    const pager = pagerOf<number>(
      ({ cursor }) => (cursor === undefined ? okAsync({ items: [1], nextCursor: 'x' }) : errAsync(failure)),
      {},
      context,
    )
    const seen: unknown[] = []
    for await (const item of pager) seen.push(item.isOk() ? item.value : item.error)
    expect(seen).toEqual([1, failure])
  })

  it('makes a value of a function that throws or gives no result', async () => {
    const throwing = (): never => {
      throw new Error('boom')
    }
    expect(errorOf(await pagerOf(throwing, {}, context).toArray()).message).toBe('boom')
    expect(errorOf(await pagerOf((() => undefined) as never, {}, context).page()).code).toBe('Unknown')
    for await (const page of pagerOf(throwing, {}, context).pages()) expect(page.isErr()).toBe(true)
  })

  it('is no ResultAsync, so that for await means what it says', () => {
    expect(pagerOver(three).pager).not.toHaveProperty('then')
    expect(pagerOver(three).pager).not.toHaveProperty('map')
  })
})
