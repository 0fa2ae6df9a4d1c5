import type { AnyKind } from '@hanse/core'
import { defaultRuntime } from '@hanse/core/driver'
import type { Bench } from '../../bench.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { both, has, isMade } from '../../kind-case.ts'
import type { KindCase } from '../../kind-case.ts'
import type { Spec } from '../../specimen.ts'

const newKey = (): string => `kit-${defaultRuntime.randomUUID()}`
const marked = (kind: AnyKind): boolean => kind.identity === 'marked'

/** What every kind that can be made does with keys and owners. */
export const keyCases: readonly KindCase[] = [
  {
    name: 'create/same-key-same-resource',
    rules: ['IDEM-01'],
    applies: isMade,
    run: async (bench, kind) => {
      const [spec, key] = [await bench.spec(kind.kind), newKey()]
      const first = expectOk(await bench.create(kind.kind, spec, { key }), 'create')
      const second = expectOk(await bench.create(kind.kind, spec, { key }), 'create again with the same key and spec')
      expectEqual(second.id, first.id, 'the id of the second answer')
      await expectOne(bench, kind, first.name, first.id)
    },
  },
  {
    name: 'create/same-key-from-another-cloud',
    rules: ['IDEM-01'],
    applies: isMade,
    run: async (bench, kind) => {
      const [spec, key] = [await bench.spec(kind.kind), newKey()]
      const first = expectOk(await bench.create(kind.kind, spec, { key }), 'create')
      const other = await bench.open()
      const second = expectOk(await bench.create(kind.kind, spec, { key, again: true }, other), 'create again, as another process would')
      expectEqual(second.id, first.id, 'the id of the second answer')
      await expectOne(bench, kind, first.name, first.id)
    },
  },
  {
    name: 'create/same-key-other-spec-is-refused',
    rules: ['IDEM-02'],
    applies: isMade,
    run: async (bench, kind) => {
      const [spec, key] = [await bench.spec(kind.kind), newKey()]
      const other = await bench.otherSpec(kind.kind, spec)
      const first = expectOk(await bench.create(kind.kind, spec, { key }), 'create')
      expectCode(await bench.create(kind.kind, other, { key }), 'FailedPrecondition', 'create with the same key and another spec')
      if (marked(kind) && first.specDigest !== undefined) {
        const cloud = await bench.open()
        expectCode(
          await bench.create(kind.kind, other, { key, again: true }, cloud),
          'FailedPrecondition',
          'the same from another open cloud',
        )
      }
      if (typeof other['name'] === 'string' && other['name'] !== spec['name'] && kind.verbs.includes('list')) {
        const made = expectOk(await bench.service(kind.kind).list({ name: other['name'] }).toArray(), 'list')
        expectEqual(made.length, 0, 'resources that the refused create has made')
      }
    },
  },
  {
    name: 'create/same-key-at-once-gives-one',
    rules: ['IDEM-03'],
    applies: isMade,
    run: async (bench, kind) => {
      const [spec, key] = [await bench.spec(kind.kind), newKey()]
      const answers = await Promise.all(Array.from({ length: 5 }, () => bench.create(kind.kind, spec, { key })))
      const ids = new Set(answers.map((answer) => expectOk(answer, 'one of five creates at once').id))
      expectEqual(ids.size, 1, 'resources that five creates with one key have made')
      const [id = ''] = ids
      await expectOne(bench, kind, typeof spec['name'] === 'string' ? spec['name'] : '', id)
    },
  },
  {
    name: 'findByKey/finds-what-the-key-has-made',
    rules: ['IDEM-04'],
    applies: isMade,
    run: async (bench, kind) => {
      const [spec, key] = [await bench.spec(kind.kind), newKey()]
      const made = expectOk(await bench.create(kind.kind, spec, { key }), 'create')
      for (const cloud of [bench.cloud, await bench.open()]) {
        const found = expectOk(await bench.service(kind.kind, cloud).findByKey(key, marked(kind) ? {} : { spec }), 'findByKey')
        expectEqual(found.id, made.id, 'the id of what was found')
      }
    },
  },
  {
    name: 'findByKey/unused-key-is-not-found',
    rules: ['IDEM-04'],
    applies: isMade,
    run: async (bench, kind) => {
      const spec = await bench.spec(kind.kind)
      const options = marked(kind) ? {} : { spec }
      expectCode(await bench.service(kind.kind).findByKey(newKey(), options), 'NotFound', 'findByKey of a key that nothing bears')
    },
  },
  {
    name: 'create/owner-is-read-back',
    rules: ['IDEM-05', 'LIST-01'],
    applies: both(isMade, marked, has('get', 'list')),
    run: async (bench, kind) => {
      const owner = { stack: defaultRuntime.randomUUID(), environment: 'kit' }
      const made = expectOk(await bench.create(kind.kind, await bench.spec(kind.kind), { owner }), 'create with an owner')
      const foreign = expectOk(
        await bench.create(kind.kind, await bench.spec(kind.kind), { owner: { ...owner, stack: newKey() } }),
        'create with another owner',
      )
      const service = bench.service(kind.kind, await bench.open())
      expectEqual(expectOk(await service.get(made.id), 'get').owner, owner, 'the owner that get shows')
      for (const filter of [owner, { stack: owner.stack }]) {
        const listed = expectOk(await service.list({ owner: filter }).toArray(), 'list by owner')
        expectEqual(
          listed.map(({ id }) => id),
          [made.id],
          `ids of the list by ${JSON.stringify(filter)}`,
        )
        expectEqual(listed[0]?.owner, owner, 'the owner that the list shows')
      }
      const elsewhere = expectOk(await service.list({ owner: { ...owner, environment: 'other' } }).toArray(), 'list by another environment')
      expectThat(!elsewhere.some(({ id }) => id === made.id || id === foreign.id), 'a list by another environment gives neither')
    },
  },
  {
    name: 'create/second-of-one-identity-is-refused',
    rules: ['IDEM-06'],
    applies: both(isMade, (kind) => !marked(kind), has('get')),
    run: async (bench, kind) => {
      const spec = await bench.spec(kind.kind)
      const first = await bench.ready(expectOk(await bench.create(kind.kind, spec, { key: newKey() }), 'create'))
      const codes = kind.identity === 'named' ? (['AlreadyExists'] as const) : (['AlreadyExists', 'FailedPrecondition'] as const)
      const again: Spec = kind.identity === 'named' ? { ...(await bench.spec(kind.kind)), name: spec['name'] } : spec
      expectCode(await bench.create(kind.kind, again, { key: newKey() }), codes, 'create of the same identity with another key')
      const seen = expectOk(await bench.service(kind.kind).get(first.id), 'get of the first')
      expectEqual(seen.observed, first.observed, 'the first as it was')
    },
  },
]

/** What has a name of its own must be listed under it once. */
async function expectOne(bench: Bench, kind: AnyKind, name: string, id: string): Promise<void> {
  if (!kind.verbs.includes('list')) return
  const listed = expectOk(
    await bench
      .service(kind.kind)
      .list('name' in kind.fields ? { name } : undefined)
      .toArray(),
    'list',
  )
  const ids = listed.map((item) => item.id).filter((seen) => 'name' in kind.fields || seen === id)
  expectEqual(ids, [id], 'ids of what was made')
}
