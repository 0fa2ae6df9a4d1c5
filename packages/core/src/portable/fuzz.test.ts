import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OpenFake } from '../__fixtures__/fake-driver.ts'
import { openFake } from '../__fixtures__/fake-driver.ts'
import type { AnyField, Shape } from '../kind/field.ts'
import { verbsOf } from '../kind/verb.ts'
import { kinds } from '../kinds.ts'
import type { AnyKind } from '../kind/kind.ts'
import { textFormats } from '../kind/text-format.ts'
import type { CloudResult } from '../result.ts'
import { cloudParts } from './cloud-parts.ts'

// The same runs every time, so that a change is judged by what it changed; another number looks elsewhere.
fc.configureGlobal({ seed: 1241 })

const described: readonly AnyKind[] = Object.values(kinds)
const anyKind = fc.constantFrom(...described)

/** Anything that JavaScript can hand over, hostile names among it. */
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
  maxDepth: 3,
})
const names = fc.oneof(
  fc.constantFrom(...described.flatMap((kind) => Object.keys(kind.fields)), '__proto__', 'constructor', 'toString', 'hasOwnProperty'),
  fc.string(),
)

/** A value of the right shape, now and then with one that is not. */
function nearly(shape: Shape): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: fitting(shape) }, { weight: 1, arbitrary: anything })
}

function fitting(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case 'text':
      return fc.oneof(
        fc.string({ minLength: shape.min, maxLength: Math.min(shape.max, 40) }),
        fc.constantFrom('10.0.0.0/24', 'fd00::/8', '10.0.0.1', 'example.org', 'abc'),
      )
    case 'integer':
      return fc.integer({ min: shape.min, max: shape.max })
    case 'boolean':
      return fc.boolean()
    case 'oneOf':
      return fc.constantFrom(...shape.of)
    case 'reference':
      return fc.string({ minLength: 1, maxLength: 20 })
    case 'choice':
      return fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), recordOf(shape.selector))
    case 'list':
      return fc.array(nearly(shape.of), { maxLength: 4 })
    case 'record':
      return fc.dictionary(names, nearly(shape.of), { maxKeys: 4 })
    case 'object':
      return recordOf(shape.fields)
    case 'bytes':
      return fc.oneof(fc.string(), fc.uint8Array({ maxLength: 20 }))
    default:
      return anything
  }
}

const recordOf = (fields: Readonly<Record<string, AnyField>>): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, nearly(field.shape)])), {
    requiredKeys: Object.entries(fields).flatMap(([name, field]) => (field.optional ? [] : [name])),
  })

const specOf = (kind: AnyKind): fc.Arbitrary<unknown> =>
  fc.oneof(recordOf(kind.fields), fc.dictionary(names, anything, { maxKeys: 5 }), anything)

/** A call by name of any verb, with arguments and options that are nearly right, or anything. */
// What a registry answers is verified against its bytes, which a fake does not have: those kinds are left to their own tests.
const anyCall = fc.constantFrom(...described.filter(({ service }) => service !== 'registry')).chain((kind) =>
  fc.constantFrom(...verbsOf(kind)).chain((verb) =>
    fc
      .tuple(
        fc.array(fc.oneof(fc.string(), anything), verb.on === 'one' ? { minLength: 1, maxLength: 1 } : { maxLength: 0 }),
        fc.tuple(...Object.values(verb.takes).map((field) => nearly(field.shape))),
        fc.oneof(
          { weight: 6, arbitrary: fc.constant({}) },
          { weight: 2, arbitrary: recordOf(verb.options ?? {}) },
          {
            weight: 2,
            arbitrary: fc.dictionary(
              fc.oneof(names, fc.constantFrom('key', 'owner', 'again', 'cursor', 'pageSize', 'timeoutMs')),
              anything,
              { maxKeys: 3 },
            ),
          },
        ),
      )
      .map(([id, args, options]) => ({ kind: kind.kind, verb: verb.name, args: [...id, ...args], options })),
  ),
)

const invoke = async (
  { cloud }: OpenFake,
  call: { readonly kind: string; readonly verb: string; readonly args: readonly unknown[]; readonly options: object },
) => {
  const part = cloudParts(cloud).kinds[call.kind]
  if (part === undefined) throw new Error(`no ${call.kind}`)
  return (await part.invoke({ ...call, options: { ...call.options } }, cloud)) as CloudResult<unknown>
}

describe('whatever is given', () => {
  it('a check answers with problems that have a path into what was given', async () => {
    const { cloud } = await openFake({
      limits: {
        server: { fields: { name: { max: 9, pattern: /^a/ }, subnets: { max: 1 } }, labels: { count: 1, keyLength: 3, valueLength: 3 } },
      },
    })
    await fc.assert(
      fc.property(
        anyKind.chain((kind) => fc.tuple(fc.constant(kind), specOf(kind))),
        ([kind, spec]) => {
          for (const { path, message } of cloud.check(kind.kind, spec)) {
            expect(message.length).toBeGreaterThan(3)
            const [first] = path
            if (first !== undefined)
              expect(Object.hasOwn(kind.fields, String(first)) || Object.hasOwn(spec as object, String(first))).toBe(true)
            else expect(typeof spec !== 'object' || spec === null || Array.isArray(spec)).toBe(true)
          }
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('a call answers with a value: never a throw, never Unknown, and with a path when an argument is wrong', async () => {
    const opened = await openFake()
    const seen = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(anyCall, async (call) => {
        const result = await invoke(opened, call)
        const outcome = result.isOk() ? 'Ok' : result.error.code
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
        if (result.isOk()) return
        expect(result.error.code, result.error.message).not.toBe('Unknown')
        if (result.error.code === 'InvalidArgument') expect(Array.isArray(result.error.details.path)).toBe(true)
        expect(JSON.parse(JSON.stringify(result.error))).toMatchObject({ code: result.error.code })
      }),
      { numRuns: 3000 },
    )
    // The generator reaches both sides of the check.
    expect(seen.get('Ok') ?? 0).toBeGreaterThan(100)
    expect(seen.get('InvalidArgument') ?? 0).toBeGreaterThan(100)
  })

  it('a service answers to arguments of any kind and number', async () => {
    const { cloud } = await openFake()
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { maxLength: 4 }), async (args) => {
        const call = async (method: (...args: never[]) => unknown): Promise<unknown> => method(...(args as never[]))
        for (const result of [
          await call(cloud.compute.servers.create),
          await call(cloud.compute.servers.find),
          await call(cloud.compute.servers.findByKey),
          await call(cloud.storage.objects.get),
        ])
          expect(result).toHaveProperty('isErr')
        const listed = cloud.network.networks.list(...(args as never[]))
        expect(await listed.toArray()).toHaveProperty('isErr')
      }),
      { numRuns: 500 },
    )
  })

  it('a format answers yes or no, in time that does not explode', () => {
    const start = performance.now()
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.stringMatching(/^[a-z0-9:./-]{0,300}$/)), (text) => {
        for (const { test } of Object.values(textFormats)) expect(typeof test(text)).toBe('boolean')
      }),
      { numRuns: 5000 },
    )
    for (const { test } of Object.values(textFormats)) test(`${'a.'.repeat(20_000)}!`)
    for (const { test } of Object.values(textFormats)) test(`${'a'.repeat(40_000)}!`)
    expect(performance.now() - start).toBeLessThan(20_000)
  })
})
