import type { AnyKind, CloudResultAsync } from '@hanse/core'
import { isCloudError, verbsOf } from '@hanse/core'
import { defaultRuntime } from '@hanse/core/driver'
import type { Bench } from '../../bench.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { has, isMade } from '../../kind-case.ts'
import type { KindCase } from '../../kind-case.ts'

type Method = (...args: readonly unknown[]) => CloudResultAsync<unknown>

const onOne = (kind: AnyKind) => verbsOf(kind).filter((verb) => verb.on === 'one' && verb.effect !== 'deletes')

/** What every kind answers when it cannot do what was asked. */
export const errorCases: readonly KindCase[] = [
  {
    name: 'errors/unknown-id-is-not-found',
    rules: ['GEN-02', 'GEN-07'],
    applies: (kind) => onOne(kind).length > 0,
    run: async (bench, kind) => {
      const nobody = defaultRuntime.randomUUID()
      for (const verb of onOne(kind)) {
        const call = method(bench, kind, verb.name)
        if (call === undefined) continue
        const args = await argumentsOf(bench, kind, verb.name)
        if (args === undefined) continue
        const refused = expectCode(await call(nobody, ...args), 'NotFound', `${verb.name} of an id that was never given out`)
        expectEqual(refused.details.kind, kind.kind, `the kind that the error of ${verb.name} names`)
        expectEqual(refused.details.id, nobody, `the id that the error of ${verb.name} names`)
        expectEqual(refused.context.operation, `${kind.kind}.${verb.name}`, 'the operation that the error names')
      }
    },
  },
  {
    name: 'errors/nonsense-is-an-err',
    rules: ['GEN-01', 'SPEC-01'],
    applies: () => true,
    run: async (bench, kind) => {
      const nonsense = [[], [42], [null], [{}], ['', {}], ['x', 42, { timeoutMs: -1 }], [{ nonsense: 1 }, { nonsense: 1 }], [[], [], []]]
      for (const verb of verbsOf(kind).filter(({ effect }) => effect !== 'lists')) {
        const call = method(bench, kind, verb.name)
        for (const args of call === undefined ? [] : nonsense) {
          // A verb that takes nothing but an id has nothing against an id that is a text.
          if (verb.on === 'one' && Object.keys(verb.takes).length === 0 && args[0] === 'x') continue
          // Some kinds need nothing said of them.
          if (verb.name === 'create' && bench.cloud.check(kind.kind, args[0]).length === 0) continue
          const answer = call?.(...args)
          expectThat(
            answer !== undefined && typeof answer.then === 'function',
            `${verb.name}(${JSON.stringify(args)}) answers later, and did not throw`,
          )
          const result = await answer
          expectThat(result.isErr(), `${verb.name}(${JSON.stringify(args)}) is an Err`)
          expectThat(isCloudError(result.error), `${verb.name}(${JSON.stringify(args)}) answers with a CloudError`)
          expectCode(result, ['InvalidArgument', 'Unsupported'], `${verb.name}(${JSON.stringify(args)})`)
          expectEqual(result.error.context.operation, `${kind.kind}.${verb.name}`, 'the operation that the error names')
          expectThat(result.error.context.driver !== '', 'the error names the driver')
        }
      }
    },
  },
  {
    name: 'verbs/are-there-when-declared',
    rules: ['GEN-07'],
    applies: () => true,
    run: async (bench, kind) => {
      for (const verb of verbsOf(kind)) {
        const declared = verb.needs === undefined || bench.supports(verb.needs)
        const present = method(bench, kind, verb.name) !== undefined
        expectEqual(present, declared, `whether ${kind.plural} have ${verb.name}, which needs ${verb.needs ?? kind.kind}`)
      }
      expectEqual(bench.cloud.kinds[kind.kind], kind, 'the description of the kind')
    },
  },
  {
    name: 'read-only/changes-are-refused-and-reads-pass',
    rules: ['GEN-11'],
    applies: (kind) => isMade(kind) && has('list')(kind),
    run: async (bench, kind) => {
      const made = expectOk(await bench.create(kind.kind, await bench.spec(kind.kind)), 'create')
      const readOnly = await bench.open({ readOnly: true })
      const [service, spec, key] = [bench.service(kind.kind, readOnly), await bench.spec(kind.kind), defaultRuntime.randomUUID()]
      expectCode(await bench.create(kind.kind, spec, { key }, readOnly), 'PermissionDenied', 'create in a read-only cloud')
      expectCode(await service.delete(made.id), 'PermissionDenied', 'delete in a read-only cloud')
      for (const verb of onOne(kind)) {
        const call = method(bench, kind, verb.name, readOnly)
        const args = await argumentsOf(bench, kind, verb.name)
        if (call === undefined || args === undefined) continue
        const answer = await call(made.id, ...args)
        if (verb.effect === 'reads')
          expectThat(answer.isOk() || answer.error.code !== 'PermissionDenied', `${verb.name} passes in a read-only cloud`)
        else expectCode(answer, 'PermissionDenied', `${verb.name} in a read-only cloud`)
      }
      const listed = expectOk(await service.list().toArray(), 'list in a read-only cloud')
      expectThat(
        listed.some(({ id }) => id === made.id),
        'what there was is there still',
      )
      expectCode(await service.findByKey(key, kind.identity === 'marked' ? {} : { spec }), 'NotFound', 'findByKey of the refused create')
    },
  },
]

function method(bench: Bench, kind: AnyKind, verb: string, cloud = bench.cloud): Method | undefined {
  // By name: a verb that is missing is what some of these cases look for.
  const found = (bench.service(kind.kind, cloud) as unknown as Readonly<Record<string, Method | undefined>>)[verb]
  return found === undefined ? undefined : (...args) => found(...args)
}

/** What a verb on one resource takes beside the id; undefined where nobody has said. */
async function argumentsOf(bench: Bench, kind: AnyKind, verb: string): Promise<readonly unknown[] | undefined> {
  if (verb === 'get') return []
  if (verb === 'update') {
    const spec = isMade(kind) ? await bench.spec(kind.kind) : {}
    const [change] = Object.entries(await bench.changes(kind.kind, spec))
    return change === undefined ? undefined : [Object.fromEntries([change])]
  }
  if (Object.keys(kind.actions[verb]?.takes ?? {}).length === 0) return []
  return bench.specimen(kind.kind).actions?.[verb]?.(bench)
}
