import type { Rule } from '../rule.ts'

/** Rules about lists. */
export const listRules = [
  {
    id: 'PAGE-01',
    level: 'MUST',
    needs: 'any list',
    summary: 'Every item once, whatever the size of the pages.',
    text: 'The pages of a list that does not change MUST hold every item exactly once, also when a page holds one item.',
    reason: 'A list that is silently incomplete makes somebody delete, or pay for, what they did not see.',
    code: `const raw = await client.list({ marker: query.cursor, limit: query.pageSize }, call)
return { items: raw.map(toServer), nextCursor: raw.length === query.pageSize ? raw.at(-1)?.id : undefined }`,
  },
  {
    id: 'PAGE-02',
    level: 'MUST',
    needs: 'any list',
    summary: 'A page holds no more than `pageSize` items.',
    text: 'A driver MUST NOT give a larger page than asked for; it may give a smaller one. Where the provider does not page, the driver slices.',
    reason: 'Whoever asks for small pages has room for no more.',
    code: `limit: Math.min(query.pageSize ?? 1000, 1000),`,
  },
  {
    id: 'PAGE-03',
    level: 'MUST',
    needs: 'any list',
    summary: 'A cursor goes on where its page ended, from any open cloud, as often as it is used.',
    text: 'A cursor MUST stand for a place in the list, not for a session: the same cursor gives the same page of a list that has not changed, and it may be used by another process.',
    reason: 'Interrupted inventories resume.',
    code: `nextCursor: raw.at(-1)?.id, // The place itself, not a handle to it.`,
  },
  {
    id: 'PAGE-04',
    level: 'MUST',
    needs: 'any list',
    summary: 'A cursor does not come twice; the last page has none.',
    text: 'No page of one list MUST give a cursor that an earlier page gave. Core ends a list that does with `Unknown`.',
    reason: 'A loop over pages must end.',
    code: `return items.length === 0 ? { items } : { items, nextCursor: items.at(-1)?.id }`,
  },
  {
    id: 'PAGE-05',
    level: 'MUST',
    needs: 'any list',
    summary: 'An empty page is not the end if it has a cursor, and an empty list is `Ok`.',
    text: 'A driver that filters after paging MAY give pages with few items or none; as long as there is more it MUST give a cursor. A filter that nothing passes gives an empty list, never `NotFound`.',
    reason: 'Providers filter after they page.',
    code: `return { items: raw.filter(wanted).map(toServer), nextCursor: raw.at(-1)?.id }`,
  },
  {
    id: 'LIST-01',
    level: 'MUST',
    needs: 'any list',
    summary: 'A filter by name, labels or owner gives those that are equal, and all of them.',
    text: 'A driver MUST pass on every resource that the filter lets through. It may pass on more, for core filters again.',
    reason: 'A filter that loses one makes a duplicate.',
    code: `listPage: async ({ name, cursor }, call) => pageOf(await client.list({ name, marker: cursor }, call)),`,
  },
  {
    id: 'LIST-02',
    level: 'MUST',
    needs: 'any list',
    summary: 'A filter by a reference (the parent first of all) gives what refers to it.',
    text: 'For every field of `where` a driver MUST give what has this value, and SHOULD ask the provider for no more.',
    reason: 'Refreshing a thousand records must not read every zone.',
    code: `listPage: async ({ where }, call) => pageOf(await client.list({ network_id: where['network'] }, call)),`,
  },
] as const satisfies readonly Rule[]
