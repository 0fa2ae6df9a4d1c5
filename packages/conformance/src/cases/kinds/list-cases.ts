import type { AnyKind, AnyResource, ListFilter, Page } from '@hanse/core'
import { filterFields } from '@hanse/core'
import type { AnyKindService } from '../../any-kind-service.ts'
import type { Bench } from '../../bench.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { both, has, isMade } from '../../kind-case.ts'
import type { KindCase } from '../../kind-case.ts'
import type { Spec } from '../../specimen.ts'
import { expectWellFormed } from './well-formed.ts'

const mostPages = 10_000
const made = both(isMade, has('list'))
const given = both((kind) => !isMade(kind), has('list'))

/** What every list does. */
export const listCases: readonly KindCase[] = [
  {
    name: 'list/pages-of-one-hold-every-item-once',
    rules: ['PAGE-01', 'PAGE-02', 'PAGE-04'],
    applies: made,
    run: async (bench, kind) => {
      const { ids, filter } = await three(bench, kind)
      const seen = await walk(bench.service(kind.kind), filter, 1)
      for (const id of ids) expectEqual(seen.filter((other) => other === id).length, 1, `times that pages of one item show ${id}`)
      const doubled = seen.filter((id, index) => seen.indexOf(id) !== index)
      expectEqual(doubled, [], 'ids that the pages show more than once')
      const whole = expectOk(await bench.service(kind.kind).list(filter, { pageSize: 2 }).toArray(), 'the list as a whole').map(
        ({ id }) => id,
      )
      for (const id of ids) expectEqual(whole.filter((other) => other === id).length, 1, `times that pages of two items show ${id}`)
    },
  },
  {
    name: 'list/a-cursor-goes-on-from-any-cloud',
    rules: ['PAGE-03'],
    applies: made,
    run: async (bench, kind) => {
      const { ids, filter } = await three(bench, kind)
      const pager = bench.service(kind.kind).list(filter, { pageSize: 1 })
      const other = bench.service(kind.kind, await bench.open()).list(filter, { pageSize: 1 })
      const before: string[] = []
      let cursor: string | undefined
      for (let pages = 0; pages < mostPages; pages++) {
        const page = expectOk(await pager.page({ cursor }), 'a page')
        before.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
        if (cursor === undefined || ids.some((id) => before.includes(id))) break
      }
      expectThat(cursor !== undefined, 'a page of one of three items has a cursor')
      const rest = await walk(bench.service(kind.kind), filter, 1, cursor)
      const elsewhere: string[] = []
      for (let next: string | undefined = cursor, pages = 0; next !== undefined && pages < mostPages; pages++) {
        const page: Page<AnyResource> = expectOk(await other.page({ cursor: next }), 'the same cursor in another open cloud')
        elsewhere.push(...page.items.map(({ id }) => id))
        next = page.nextCursor
      }
      const own = (seen: readonly string[]): readonly string[] => seen.filter((id) => ids.includes(id))
      expectEqual(own([...before, ...rest]).toSorted(), [...ids].sort(), 'ids before and after the cursor')
      expectEqual(own(elsewhere), own(rest), 'ids after the cursor in another open cloud')
    },
  },
  {
    name: 'list/filters-by-name-and-labels',
    rules: ['LIST-01', 'PAGE-05'],
    applies: made,
    run: async (bench, kind) => {
      const service = bench.service(kind.kind)
      const made: (readonly [AnyResource, Spec])[] = []
      for (let number = 0; number < 3; number++) {
        const spec = await bench.spec(kind.kind, 'all')
        made.push([expectOk(await bench.create(kind.kind, spec), 'create'), spec])
      }
      for (const [one, spec] of made) {
        if (one.name !== '' && made.filter(([{ name }]) => name === one.name).length === 1) {
          const named = expectOk(await service.list({ name: one.name }, { pageSize: 1 }).toArray(), 'list by name')
          expectEqual(
            named.map(({ id }) => id),
            [one.id],
            'ids of the list by name',
          )
        }
        const own = spec['labels'] as Readonly<Record<string, string>> | undefined
        if (own === undefined) continue
        const labelled = expectOk(await service.list({ labels: own }, { pageSize: 1 }).toArray(), 'list by labels')
        expectEqual(
          labelled.map(({ id }) => id),
          [one.id],
          'ids of the list by labels',
        )
      }
      const none = expectOk(await service.list({ name: bench.name('nobody') }).toArray(), 'a list that nothing passes')
      expectEqual(none, [], 'what a filter that nothing passes gives')
    },
  },
  {
    name: 'list/filters-by-what-it-refers-to',
    rules: ['LIST-02'],
    applies: both(made, (kind) => Object.keys(filterFields(kind)).length > 0),
    run: async (bench, kind) => {
      for (const field of Object.keys(filterFields(kind))) {
        const plain = await bench.spec(kind.kind)
        const value = plain[field] ?? (await bench.value(kind.kind, field, plain))
        if (value === undefined) continue
        const mine = expectOk(
          await bench.create(kind.kind, field in plain ? plain : await bench.specWith(kind.kind, field, value)),
          `create with ${field}`,
        )
        const other = expectOk(await bench.create(kind.kind, await bench.spec(kind.kind)), 'create another')
        const seen = (other.observed as Spec)[field]
        const listed = expectOk(
          await bench
            .service(kind.kind)
            .list({ [field]: value } as ListFilter, { pageSize: 1 })
            .toArray(),
          `list by ${field}`,
        )
        expectThat(
          listed.some(({ id }) => id === mine.id),
          `a list by ${field} contains what refers to it`,
        )
        if (seen !== undefined && seen !== value)
          expectThat(!listed.some(({ id }) => id === other.id), `a list by ${field} does not contain what refers to another`)
      }
    },
  },
  {
    name: 'list/find-gives-one-by-name-or-id',
    rules: ['LIFE-06'],
    applies: made,
    run: async (bench, kind) => {
      const service = bench.service(kind.kind)
      const one = expectOk(await bench.create(kind.kind, await bench.spec(kind.kind)), 'create')
      if ('name' in kind.fields && kind.identity !== 'natural')
        expectEqual(expectOk(await service.find(one.name), 'find by name').id, one.id, 'the id of what was found by name')
      if (kind.verbs.includes('get'))
        expectEqual(expectOk(await service.find(one.id), 'find by id').id, one.id, 'the id of what was found by id')
      expectCode(await service.find(bench.name('nobody')), 'NotFound', 'find of a name that nothing has')
    },
  },
  {
    name: 'list/given-ones-are-well-formed',
    rules: ['GEN-08', 'GEN-09', 'LIFE-06'],
    applies: given,
    run: async (bench, kind) => {
      const service = bench.service(kind.kind)
      const listed = expectOk(await service.list().toArray(), 'list')
      for (const item of listed) expectWellFormed(item, kind, 'list')
      expectEqual(new Set(listed.map(({ id }) => id)).size, listed.length, 'ids that are different')
      for (const item of listed.slice(0, 5)) {
        if (kind.verbs.includes('get')) expectWellFormed(expectOk(await service.get(item.id), 'get of what is listed'), kind, 'get')
        if (listed.filter(({ name }) => name === item.name).length === 1)
          expectEqual(expectOk(await service.find(item.name), 'find by name').id, item.id, 'the id of what was found by name')
      }
    },
  },
  {
    name: 'list/given-ones-come-once-in-pages-of-one',
    rules: ['PAGE-01', 'PAGE-02', 'PAGE-04'],
    applies: given,
    run: async (bench, kind) => {
      const whole = expectOk(await bench.service(kind.kind).list().toArray(), 'list').map(({ id }) => id)
      const seen = await walk(bench.service(kind.kind), undefined, 1)
      expectEqual([...seen].sort(), [...whole].sort(), 'ids of the pages of one item')
    },
  },
]

/** Three of a kind and the narrowest filter that gives them: what they are part of, or a label. */
async function three(bench: Bench, kind: AnyKind): Promise<{ readonly ids: readonly string[]; readonly filter: ListFilter | undefined }> {
  const first = await bench.spec(kind.kind)
  const parent = kind.parent === undefined || bench.specimen(kind.kind).alone === true ? undefined : first[kind.parent]
  const label = kind.parent === undefined ? await bench.value(kind.kind, 'labels', first) : undefined
  const common: Spec =
    parent !== undefined && kind.parent !== undefined ? { [kind.parent]: parent } : label === undefined ? {} : { labels: label }
  const ids: string[] = []
  for (const spec of [
    { ...first, ...common },
    await bench.spec(kind.kind, 'required', common),
    await bench.spec(kind.kind, 'required', common),
  ])
    ids.push(expectOk(await bench.create(kind.kind, spec), 'create').id)
  return { ids, filter: Object.keys(common).length === 0 ? undefined : (common as ListFilter) }
}

/** Reads a list page by page and gives the ids in the order in which they came. */
async function walk(service: AnyKindService, filter: ListFilter | undefined, pageSize: number, from?: string): Promise<readonly string[]> {
  const pager = service.list(filter, { pageSize })
  const seen: AnyResource[] = []
  const cursors = new Set<string>()
  let cursor = from
  for (let pages = 0; ; pages++) {
    expectThat(pages < mostPages, `a list ends within ${mostPages} pages`)
    const page = expectOk(await pager.page({ cursor }), 'a page')
    expectThat(page.items.length <= pageSize, `a page holds no more than the ${pageSize} asked for, and has ${page.items.length}`)
    seen.push(...page.items)
    cursor = page.nextCursor
    if (cursor === undefined) return seen.map(({ id }) => id)
    expectThat(typeof cursor === 'string' && cursor !== '', 'a cursor is a text that is not empty')
    expectThat(!cursors.has(cursor), `a cursor comes once, and ${JSON.stringify(cursor)} came again`)
    cursors.add(cursor)
  }
}
