import type { AnyKind } from '@hanse/core'
import { defaultRuntime } from '@hanse/core/driver'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { isMade } from '../../kind-case.ts'
import type { KindCase } from '../../kind-case.ts'
import { sampleOf, wrongValues } from './wrong-values.ts'

/** What every kind that can be made answers to a spec. */
export const argumentCases: readonly KindCase[] = [
  {
    name: 'create/wrong-arguments-name-their-field',
    rules: ['SPEC-01', 'SPEC-06'],
    applies: isMade,
    run: async (bench, kind) => {
      const spec = await bench.spec(kind.kind)
      const key = `kit-${defaultRuntime.randomUUID()}`
      const wrong = Object.entries(kind.fields).flatMap(([name, field]) => wrongValues(field.shape, [name]))
      for (const { value, path, what } of [...wrong, { value: 1, path: ['nonsense'], what: 'a field that there is not' }]) {
        const asked = { ...spec, [String(path[0])]: value }
        const [problem] = bench.cloud.check(kind.kind, asked).filter(({ capability }) => capability === undefined)
        expectEqual(problem?.path, path, `where check points for ${what} as ${path[0]}`)
        const refused = expectCode(await bench.create(kind.kind, asked, { key }), 'InvalidArgument', `create with ${what} as ${path[0]}`)
        expectEqual(refused.details.path, path, `where the error of create points for ${what} as ${path[0]}`)
      }
      for (const [name, field] of Object.entries(kind.fields)) {
        if (field.optional) continue
        const { [name]: _, ...without } = spec
        const refused = expectCode(await bench.create(kind.kind, without, { key }), 'InvalidArgument', `create without ${name}`)
        expectEqual(refused.details.path, [name], `where the error points without ${name}`)
      }
      if (kind.identity === 'marked') expectCode(await bench.service(kind.kind).findByKey(key), 'NotFound', 'findByKey after refusals only')
    },
  },
  {
    name: 'create/unhandled-fields-are-refused',
    rules: ['SPEC-02', 'GEN-06'],
    applies: isMade,
    run: async (bench, kind) => {
      const spec = await bench.spec(kind.kind)
      for (const [name, field] of Object.entries(kind.fields)) {
        const asked = { ...spec, [name]: spec[name] ?? sampleOf(field) }
        const problem = bench.cloud.check(kind.kind, asked).find(({ path, capability }) => path[0] === name && capability !== undefined)
        if (field.shape.type === 'native')
          expectThat(problem !== undefined, `extras for another driver are nothing that this cloud handles`)
        if (problem === undefined) continue
        expectThat(field.optional, `a cloud that offers ${kind.kind} handles ${name}, without which there is none`)
        const refused = expectCode(
          await bench.create(kind.kind, asked),
          'Unsupported',
          `create with ${name}, which this cloud does not handle`,
        )
        expectEqual(refused.details.capability, problem.capability, 'the capability that the error names')
      }
    },
  },
  {
    name: 'create/what-check-lets-through-is-accepted',
    rules: ['SPEC-06'],
    applies: isMade,
    run: async (bench, kind) => {
      for (const extent of ['required', 'all'] as const) {
        const spec = await bench.spec(kind.kind, extent)
        expectEqual(bench.cloud.check(kind.kind, spec), [], `what check says of a spec with ${Object.keys(spec).join(', ')}`)
        expectOk(await bench.create(kind.kind, spec), `create with ${Object.keys(spec).join(', ')}`)
      }
    },
  },
  {
    name: 'create/references-to-nothing-are-refused',
    rules: ['SPEC-07'],
    applies: (kind) => isMade(kind) && references(kind).length > 0,
    run: async (bench, kind) => {
      const nothing = defaultRuntime.randomUUID()
      for (const { name, target, isList } of references(kind)) {
        const value = isList ? [nothing] : nothing
        if (!bench.handles(kind.kind, name, value) || !bench.supports(target)) continue
        const key = `kit-${defaultRuntime.randomUUID()}`
        const spec = { ...(await bench.spec(kind.kind)), [name]: value }
        const refused = expectCode(
          await bench.create(kind.kind, spec, { key }),
          ['NotFound', 'InvalidArgument'],
          `create with a ${name} that does not exist`,
        )
        if (refused.code === 'NotFound') expectEqual(refused.details.kind, target, `the kind that the error of ${name} names`)
        else expectEqual(refused.details.path[0], name, 'the field that the error names')
        if (kind.identity === 'marked') expectCode(await bench.service(kind.kind).findByKey(key), 'NotFound', 'findByKey after the refusal')
      }
    },
  },
]

interface ReferenceField {
  readonly name: string
  readonly target: string
  readonly isList: boolean
}

/** The fields of a kind that refer to others. */
const references = (kind: AnyKind): readonly ReferenceField[] =>
  Object.entries(kind.fields).flatMap(([name, { shape }]): readonly ReferenceField[] => {
    if (shape.type === 'reference') return [{ name, target: shape.to, isList: false }]
    if (shape.type === 'choice') return [{ name, target: shape.of, isList: false }]
    return shape.type === 'list' && shape.of.type === 'reference' ? [{ name, target: shape.of.to, isList: true }] : []
  })
