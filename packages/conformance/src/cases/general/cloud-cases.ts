import { kindService } from '@hanse/core'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'

/** Cases about a cloud as a whole. */
export const cloudCases: readonly ConformanceCase[] = [
  {
    id: 'cloud.close/answers-failed-precondition-afterwards',
    rules: ['GEN-12'],
    requires: [],
    run: async (bench) => {
      const [one, other] = [await bench.open(), await bench.open()]
      expectOk(await one.close(), 'close')
      for (const { kind, verbs } of Object.values(one.kinds)) {
        if (!verbs.includes('list')) continue
        const closed = kindService(one, kind)?.list?.()
        expectThat(closed !== undefined, `a closed cloud has ${kind} still`)
        expectCode(await closed.toArray(), 'FailedPrecondition', `list of ${kind} in a closed cloud`)
        const open = kindService(other, kind)?.list?.()
        expectThat(open !== undefined, `another open cloud has ${kind}`)
        expectOk(await open.toArray({ limit: 1 }), `list of ${kind} in a cloud that was opened beside it`)
      }
    },
  },
  {
    id: 'cloud.open/is-the-same-each-time',
    rules: ['GEN-07', 'GEN-13'],
    requires: [],
    run: async (bench) => {
      const again = await bench.open()
      expectEqual(again.supports, bench.cloud.supports, 'what another open cloud supports')
      expectEqual(Object.keys(again.kinds).sort(), Object.keys(bench.cloud.kinds).sort(), 'the kinds of another open cloud')
      expectEqual(again.driver, bench.cloud.driver, 'the driver of another open cloud')
    },
  },
  {
    id: 'cloud.open/an-aborted-signal-opens-nothing',
    rules: ['GEN-03'],
    requires: [],
    run: async (bench) => {
      const opened = await bench.harness.open({ signal: AbortSignal.abort() })
      // A driver that opens without asking anybody may be faster than the signal.
      if (opened.isOk()) expectOk(await opened.value.close(), 'close')
      else expectCode(opened, 'Cancelled', 'opening with a signal that is aborted')
    },
  },
  {
    id: 'cloud.services/are-those-of-its-kinds',
    rules: ['GEN-06', 'GEN-07'],
    requires: [],
    run: async (bench) => {
      const { cloud } = bench
      const declared = Object.keys(cloud.supports)
      for (const kind of Object.values(cloud.kinds)) {
        expectThat(declared.includes(kind.kind), `the kind ${kind.kind} is among what the cloud supports`)
        expectThat(kindService(cloud, kind.kind) !== undefined, `cloud.${kind.service}.${kind.plural} is there`)
      }
      const known = new Set(Object.values(cloud.kinds).map(({ service, plural }) => `${service}.${plural}`))
      for (const service of ['location', 'compute', 'storage', 'network', 'registry']) {
        // By name: what is not a kind must not be there.
        const members = (cloud as unknown as Readonly<Record<string, object | undefined>>)[service] ?? {}
        for (const plural of Object.keys(members))
          expectThat(known.has(`${service}.${plural}`), `cloud.${service}.${plural} belongs to a kind of this cloud`)
      }
    },
  },
]
