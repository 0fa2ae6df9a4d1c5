import type { AnyKind } from '@hanse/core'
import { secret } from '@hanse/core'
import { expectCode, expectOk, expectThat } from '../../expect.ts'
import { isMade } from '../../kind-case.ts'
import type { KindCase } from '../../kind-case.ts'

const secretFields = (kind: AnyKind): readonly string[] => Object.keys(kind.fields).filter((name) => kind.fields[name]?.secret === true)

/** Where the secrets of a spec must not be seen. */
export const secretCases: readonly KindCase[] = [
  {
    name: 'secrets/are-shown-nowhere',
    rules: ['GEN-05'],
    applies: (kind) => isMade(kind) && secretFields(kind).length > 0,
    run: async (bench, kind) => {
      for (const field of secretFields(kind)) {
        if (!bench.handles(kind.kind, field, 'x')) continue
        const canary = `canary${bench.findings.run}${bench.number()}`
        const seen: string[] = []
        const cloud = await bench.open({
          runtime: { log: (event) => void seen.push(JSON.stringify(event)), trace: (event) => void seen.push(JSON.stringify(event)) },
        })
        const service = bench.service(kind.kind, cloud)
        for (const value of [canary, secret(canary)]) {
          const made = expectOk(await bench.create(kind.kind, { ...(await bench.spec(kind.kind)), [field]: value }, {}, cloud), 'create')
          seen.push(JSON.stringify(made), String(made))
          if (kind.verbs.includes('get')) seen.push(JSON.stringify(expectOk(await service.get(made.id), 'get')))
          if (kind.verbs.includes('list')) seen.push(JSON.stringify(expectOk(await service.list().toArray(), 'list')))
        }
        const wrong = { ...(await bench.spec(kind.kind)), [field]: canary.repeat(20_000) }
        const refused = expectCode(
          await bench.create(kind.kind, wrong, {}, cloud),
          'InvalidArgument',
          `create with a ${field} that is too long`,
        )
        const unfit = expectCode(
          await bench.create(kind.kind, { ...wrong, [field]: secret({ canary }) }, {}, cloud),
          'InvalidArgument',
          `create with a ${field} of a wrong type`,
        )
        for (const error of [refused, unfit]) seen.push(JSON.stringify(error), error.message, error.stack ?? '', String(error))
        expectThat(
          !seen.some((text) => text.includes(canary)),
          `${field} is nowhere in resources, errors, logs and traces; it was in: ${seen.find((text) => text.includes(canary))?.slice(0, 200)}`,
        )
        expectThat(seen.length > 4, 'something was looked through')
      }
    },
  },
]
