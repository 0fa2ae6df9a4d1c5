import { refuse } from '@hanse/core/driver'
import type { BrokenDriver } from './broken-driver.ts'

/** Faults of lists. */
export const brokenLists: readonly BrokenDriver[] = [
  {
    does: 'drops a page',
    kind: 'network',
    caughtBy: 'network.list/pages-of-one-hold-every-item-once',
    rule: 'PAGE-01',
    break: ({ listPage }) => ({
      listPage: async (query, call) => {
        const page = await listPage(query, call)
        return query.cursor === undefined && page.nextCursor !== undefined ? listPage({ ...query, cursor: page.nextCursor }, call) : page
      },
    }),
  },
  {
    does: 'shows the last item of a page again on the next',
    kind: 'network',
    caughtBy: 'network.list/pages-of-one-hold-every-item-once',
    rule: 'PAGE-01',
    break: ({ listPage, get }, _, shared) => ({
      listPage: async (query, call) => {
        const page = await listPage(
          { ...query, pageSize: query.pageSize === undefined || query.pageSize < 2 ? query.pageSize : query.pageSize - 1 },
          call,
        )
        const before = shared.get(`last/${query.cursor}`)
        if (page.nextCursor !== undefined) shared.set(`last/${page.nextCursor}`, page.items.at(-1)?.id)
        if (typeof before !== 'string' || query.pageSize === 1)
          return typeof before === 'string' ? { ...page, items: [await get(before, call)] } : page
        return { ...page, items: [await get(before, call), ...page.items] }
      },
    }),
  },
  {
    does: 'gives all at once, whatever the size asked for',
    kind: 'bucket',
    caughtBy: 'bucket.list/pages-of-one-hold-every-item-once',
    rule: 'PAGE-02',
    break: ({ listPage }) => ({ listPage: (query, call) => listPage({ ...query, pageSize: undefined }, call) }),
  },
  {
    does: 'gives the same cursor again and again',
    kind: 'network',
    caughtBy: 'network.list/pages-of-one-hold-every-item-once',
    rule: 'PAGE-04',
    break: ({ listPage }) => ({
      listPage: async (query, call) => {
        const page = await listPage(query, call)
        return page.nextCursor === undefined ? page : { ...page, nextCursor: query.cursor ?? page.nextCursor }
      },
    }),
  },
  {
    does: 'gives cursors that only the cloud that gave them knows',
    kind: 'network',
    caughtBy: 'network.list/a-cursor-goes-on-from-any-cloud',
    rule: 'PAGE-03',
    break: ({ listPage }) => {
      const sessions = new Map<string, string | undefined>()
      return {
        listPage: async (query, call) => {
          if (query.cursor !== undefined && !sessions.has(query.cursor))
            throw refuse('InvalidArgument', 'the cursor has expired', { path: ['cursor'] })
          const page = await listPage({ ...query, cursor: query.cursor === undefined ? undefined : sessions.get(query.cursor) }, call)
          if (page.nextCursor === undefined) return page
          const cursor = `session-${sessions.size}`
          sessions.set(cursor, page.nextCursor)
          return { ...page, nextCursor: cursor }
        },
      }
    },
  },
  {
    does: 'lists what was made only a while later',
    kind: 'network',
    caughtBy: 'network.create/list-contains-it-once',
    rule: 'LIFE-02',
    break: ({ listPage }, { now }) => ({
      listPage: async (query, call) => {
        const page = await listPage(query, call)
        return { ...page, items: page.items.filter(({ createdAt }) => createdAt === undefined || now() - createdAt.getTime() > 200) }
      },
    }),
  },
  {
    does: 'loses what a filter by the parent should give',
    kind: 'subnet',
    caughtBy: 'subnet.list/filters-by-what-it-refers-to',
    rule: 'LIST-02',
    break: ({ listPage }) => ({
      listPage: async (query, call) => (query.where['network'] === undefined ? listPage(query, call) : { items: [] }),
    }),
  },
  {
    does: 'ends a list at the first page that its filter has emptied',
    kind: 'router',
    caughtBy: 'router.list/filters-by-name-and-labels',
    rule: 'PAGE-05',
    break: ({ listPage }) => ({
      listPage: async (query, call) => {
        const { name, labels } = query as { readonly name?: string; readonly labels?: Readonly<Record<string, string>> }
        const page = await listPage({ ...query, name: undefined, labels: undefined } as never, call)
        const items = page.items.filter(
          (item) =>
            (name === undefined || item.name === name) && Object.entries(labels ?? {}).every(([key, value]) => item.labels[key] === value),
        )
        return items.length === 0 ? { items } : { ...page, items }
      },
    }),
  },
]
