import { defaultRuntime } from '@hanse/core/driver'
import { changeableFields } from '@hanse/core'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { both, has, isMade } from '../../kind-case.ts'
import type { KindCase } from '../../kind-case.ts'
import type { Spec } from '../../specimen.ts'
import { sampleOf } from './wrong-values.ts'
import { expectWellFormed } from './well-formed.ts'

/** What every kind does with updates and deletes. */
export const changeCases: readonly KindCase[] = [
  {
    name: 'update/sets-only-what-it-names',
    rules: ['SPEC-08'],
    applies: both(isMade, has('update', 'get')),
    run: async (bench, kind) => {
      const service = bench.service(kind.kind)
      const spec = await bench.spec(kind.kind, 'all')
      const made = await bench.ready(expectOk(await bench.create(kind.kind, spec), 'create'))
      let expected = made.observed as Spec
      for (const [field, value] of Object.entries(await bench.changes(kind.kind, spec))) {
        const answer = await bench.ready(expectOk(await service.update(made.id, { [field]: value }), `update of ${field}`))
        expectWellFormed(answer, kind, 'update')
        expected = { ...expected, [field]: value }
        for (const seen of [answer, expectOk(await service.get(made.id), 'get after update')])
          expectEqual(seen.observed, expected, `what is observed after an update of ${field}`)
        expectEqual(answer.id, made.id, 'the id after the update')
      }
      expectThat(JSON.stringify(expected) !== JSON.stringify(made.observed), 'at least one field could be changed')
    },
  },
  {
    name: 'update/fields-that-do-not-change-are-refused',
    rules: ['SPEC-01'],
    applies: both(isMade, has('update')),
    run: async (bench, kind) => {
      const service = bench.service(kind.kind)
      const made = expectOk(await bench.create(kind.kind, await bench.spec(kind.kind)), 'create')
      const changeable = changeableFields(kind)
      const fixed = Object.entries(kind.fields).filter(([name]) => changeable[name] === undefined)
      for (const [name, value] of [...fixed.map(([field, described]) => [field, sampleOf(described)] as const), ['nonsense', 1] as const]) {
        const refused = expectCode(await service.update(made.id, { [name]: value }), 'InvalidArgument', `update of ${name}`)
        expectEqual(refused.details.path[0], name, 'where the error points')
      }
    },
  },
  {
    name: 'delete/goes-away',
    rules: ['LIFE-03'],
    applies: both(isMade, has('delete', 'get', 'list')),
    run: async (bench, kind) => {
      const service = bench.service(kind.kind)
      const made = await bench.ready(expectOk(await bench.create(kind.kind, await bench.spec(kind.kind)), 'create'))
      expectOk(await service.delete(made.id), 'delete')
      await bench.gone(made)
      expectCode(await service.get(made.id), 'NotFound', 'get of what is gone')
      const listed = expectOk(await service.list().toArray(), 'list')
      expectThat(!listed.some(({ id }) => id === made.id), 'the list has lost what is gone')
      if (kind.identity === 'marked' && made.key !== undefined)
        expectCode(await service.findByKey(made.key), 'NotFound', 'findByKey of what is gone')
    },
  },
  {
    name: 'delete/again-is-ok',
    rules: ['LIFE-04'],
    applies: both(isMade, has('delete')),
    run: async (bench, kind) => {
      const service = bench.service(kind.kind)
      const made = await bench.ready(expectOk(await bench.create(kind.kind, await bench.spec(kind.kind)), 'create'))
      expectOk(await service.delete(made.id), 'delete')
      expectOk(await service.delete(made.id), 'delete at once again')
      if (kind.verbs.includes('get')) await bench.gone(made)
      expectOk(await service.delete(made.id), 'delete of what is gone')
    },
  },
  {
    name: 'delete/unknown-id-is-ok',
    rules: ['LIFE-04'],
    applies: has('delete'),
    run: async (bench, kind) => {
      // Every kind brands its ids; this one was never given out.
      const nobody = defaultRuntime.randomUUID() as never
      expectOk(await bench.service(kind.kind).delete(nobody), 'delete of an id that was never given out')
    },
  },
]
