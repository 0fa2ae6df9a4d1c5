import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectEqual, expectOk, expectThat } from '../../expect.ts'

/** Places, and how much of something an account may have. */
export const locationCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'zone.list/names-regions-that-are-listed',
    rules: ['LOC-01'],
    kind: 'zone',
    requires: ['zone', 'region'],
    run: async (cloud) => {
      const regions = expectOk(await cloud.location.regions.list().toArray(), 'list of regions').map(({ name }) => name)
      const zones = expectOk(await cloud.location.zones.list().toArray(), 'list of zones')
      expectThat(regions.length > 0 && regions.every((name) => name !== ''), 'there is a region, and each has a name')
      for (const { name, observed } of zones) {
        expectThat(name !== '', 'each zone has a name')
        if (observed.region !== undefined)
          expectThat(regions.includes(observed.region), `the region ${observed.region} of zone ${name} is listed`)
      }
    },
  }),
  defineCase({
    id: 'quota.list/shows-limit-and-use',
    rules: ['LOC-01'],
    kind: 'quota',
    requires: ['quota'],
    run: async (cloud) => {
      const quotas = expectOk(await cloud.location.quotas.list().toArray(), 'list of quotas')
      expectThat(quotas.length > 0, 'there is a quota')
      for (const { name, outputs } of quotas) {
        expectThat(
          Number.isSafeInteger(outputs.used) && outputs.used !== undefined && outputs.used >= 0,
          `${name} shows a whole number as used`,
        )
        if (outputs.limit !== undefined) expectThat(outputs.used <= outputs.limit, `${name} is used no more than its limit`)
      }
    },
  }),
  defineCase({
    id: 'quota.list/use-grows-with-what-is-made',
    rules: ['LOC-01'],
    kind: 'quota',
    requires: ['quota', 'server'],
    run: async (cloud, bench) => {
      const used = async (): Promise<number | undefined> =>
        expectOk(await cloud.location.quotas.list().toArray(), 'list of quotas').find(({ name }) => name === 'server' || name === 'servers')
          ?.outputs.used
      const before = await used()
      if (before === undefined) return bench.skip('this cloud has no quota of servers')
      const servers = [await bench.make('server'), await bench.make('server')]
      const own = servers.length
      // Other cases may be making and removing servers meanwhile; over several looks the largest counts.
      let most = 0
      for (let looks = 0; looks < 5; looks++) most = Math.max(most, (await used()) ?? 0)
      expectThat(most >= own, `at least the ${own} servers of this case are counted, and it says ${most}`)
      expectEqual(Number.isSafeInteger(before), true, 'whether what is used is a whole number')
    },
  }),
]
