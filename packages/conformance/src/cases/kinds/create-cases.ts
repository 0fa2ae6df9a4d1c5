import type { AnyResource } from '@hanse/core'
import { expectEqual, expectOk, expectThat } from '../../expect.ts'
import { both, has, isMade } from '../../kind-case.ts'
import type { KindCase } from '../../kind-case.ts'
import { expectWellFormed } from './well-formed.ts'

/** What every kind that can be made does after its create. */
export const createCases: readonly KindCase[] = [
  {
    name: 'create/get-finds-it-at-once',
    rules: ['LIFE-01'],
    applies: both(isMade, has('get')),
    run: async (bench, { kind }) => {
      const made = expectOk(await bench.create(kind, await bench.spec(kind)), 'create')
      const seen = expectOk(await bench.service(kind).get(made.id), 'get right after create')
      expectEqual(seen.id, made.id, 'the id of the create is the id that get shows')
    },
  },
  {
    name: 'create/list-contains-it-once',
    rules: ['LIFE-02'],
    applies: both(isMade, has('list')),
    run: async (bench, { kind }) => {
      const made = expectOk(await bench.create(kind, await bench.spec(kind)), 'create')
      const listed = expectOk(await bench.service(kind).list().toArray(), 'list').filter(({ id }) => id === made.id)
      expectEqual(listed.length, 1, 'times that the list contains what was made')
      expectEqual(listed[0]?.name, made.name, 'its name in the list')
    },
  },
  {
    name: 'create/another-cloud-sees-it',
    rules: ['GEN-13'],
    applies: both(isMade, has('list')),
    run: async (bench, { kind, verbs }) => {
      const other = bench.service(kind, await bench.open())
      const made = expectOk(await bench.create(kind, await bench.spec(kind)), 'create')
      const listed = expectOk(await other.list().toArray(), 'list in another open cloud')
      expectThat(
        listed.some(({ id }) => id === made.id),
        'another open cloud of the same place lists what this one has made',
      )
      if (verbs.includes('get')) expectOk(await other.get(made.id), 'get in another open cloud')
    },
  },
  {
    name: 'create/becomes-ready',
    rules: ['LIFE-05'],
    applies: both(isMade, has('get')),
    run: async (bench, kind) => {
      const made = expectOk(await bench.create(kind.kind, await bench.spec(kind.kind)), 'create')
      const ready = await bench.ready(made)
      expectEqual(kind.phases[ready.status.phase], 'ready', `what the phase ${ready.status.phase} means`)
    },
  },
  {
    name: 'create/until-waits',
    rules: ['LIFE-05'],
    applies: both(isMade, has('create', 'get')),
    run: async (bench, kind) => {
      const until = Object.entries(kind.phases).find(([, meaning]) => meaning === 'ready')?.[0]
      expectThat(until !== undefined, 'a kind that can be made has a phase that is good')
      const options = { until, timeoutMs: bench.patienceMs }
      const made = expectOk(await bench.create(kind.kind, await bench.spec(kind.kind), options), `create until ${until}`)
      expectEqual(made.status.phase, until, 'its phase')
    },
  },
  {
    name: 'create/resources-are-well-formed',
    rules: ['GEN-08', 'GEN-09'],
    applies: isMade,
    run: async (bench, kind) => {
      const service = bench.service(kind.kind)
      const spec = await bench.spec(kind.kind, 'all')
      const made = expectOk(await bench.create(kind.kind, spec), 'create')
      expectWellFormed(made, kind, 'create')
      if (kind.verbs.includes('get')) expectWellFormed(expectOk(await service.get(made.id), 'get'), kind, 'get')
      if (kind.verbs.includes('list')) {
        const listed = expectOk(await service.list().toArray(), 'list').find(({ id }) => id === made.id)
        expectThat(listed !== undefined, 'the list contains what was made')
        expectWellFormed(listed, kind, 'list')
      }
      const found = await service.findByKey(made.key ?? 'none', { spec })
      if (found.isOk()) expectWellFormed(found.value, kind, 'findByKey')
    },
  },
  {
    name: 'create/every-field-reads-back',
    rules: ['SPEC-03'],
    applies: both(isMade, has('get')),
    run: async (bench, kind) => {
      const apart = bench.specimen(kind.kind).apart ?? []
      const specs = [await bench.spec(kind.kind, 'all')]
      for (const field of apart) {
        const value = await bench.value(kind.kind, field, {})
        if (value !== undefined) specs.push(await bench.specWith(kind.kind, field, value))
      }
      for (const spec of specs) {
        const made = await bench.ready(expectOk(await bench.create(kind.kind, spec), `create with ${Object.keys(spec).join(', ')}`))
        const seen = expectOk(await bench.service(kind.kind).get(made.id), 'get')
        const listed = kind.verbs.includes('list')
          ? expectOk(await bench.service(kind.kind).list().toArray(), 'list').find(({ id }) => id === made.id)
          : undefined
        for (const [name, value] of Object.entries(spec)) {
          const field = kind.fields[name]
          if (field === undefined || field.secret || field.observe === 'never') continue
          readsBack(seen, name, value, 'get')
          if (listed !== undefined && field.observe === 'list') readsBack(listed, name, value, 'list')
        }
      }
    },
  },
]

function readsBack(resource: AnyResource, name: string, value: unknown, verb: string): void {
  if (resource.warnings.some((warning) => warning.field === name)) return
  const seen = (resource.observed as Readonly<Record<string, unknown>>)[name]
  expectEqual(seen, value, `${name} as ${verb} shows it`)
  if (name === 'name') expectEqual(resource.name, value, `the name as ${verb} shows it`)
  if (name === 'labels') expectEqual(resource.labels, value, `the labels as ${verb} shows them`)
}
