import { harnessOf, runConformance, selectCases } from '@hanse/conformance'
import { openCloud } from '@hanse/core'
import { bindDriver, cloudSource, defineDriver, refuse } from '@hanse/core/driver'
import { local } from '@hanse/driver-local'
import { describe, expect, it } from 'vitest'

describe('a run of the kit', () => {
  it('reports each case and each rule, as plain data', async () => {
    const told: string[] = []
    const report = (await runConformance(harnessOf(local()), { only: ['keyPair'], onResult: ({ id }) => told.push(id) }))._unsafeUnwrap()
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
    expect(report).toMatchObject({ version: 1, driver: 'local', counts: { failed: 0, skipped: 0 } })
    expect(report.counts.passed).toBeGreaterThan(30)
    expect(told.sort()).toEqual(report.cases.map(({ id }) => id).sort())
    const verdicts = Object.fromEntries(report.rules.map(({ id, verdict }) => [id, verdict]))
    expect(verdicts).toMatchObject({ 'KEY-01': 'kept', 'IDEM-01': 'kept', 'VOL-01': 'untested', 'GEN-10': 'untested' })
  })

  it('runs the cases of one kind, or one case', async () => {
    const cloud = (await openCloud(local()))._unsafeUnwrap()
    const ids = (only: readonly string[]) => selectCases(cloud, { only }).run.map(({ id }) => id)
    expect(ids(['server']).every((id) => id.startsWith('server.'))).toBe(true)
    expect(ids(['server']).length).toBeGreaterThan(40)
    expect(ids(['server.resize/keeps-id-and-addresses'])).toEqual(['server.resize/keeps-id-and-addresses'])
    expect(ids(['nothing'])).toEqual([])
  })

  it('leaves nothing behind in the cloud', async () => {
    const source = local()
    const report = (await runConformance(harnessOf(source), { only: ['port', 'server', 'bucket'] }))._unsafeUnwrap()
    expect(report.counts.failed).toBe(0)
    const cloud = (await openCloud(source))._unsafeUnwrap()
    for (const service of [cloud.compute.servers, cloud.network.ports, cloud.network.networks, cloud.storage.buckets])
      expect((await service.list().toArray())._unsafeUnwrap().filter(({ id }) => id !== ('public' as typeof id))).toEqual([])
  })

  it('ends when its signal is aborted, and says which cases did not run', async () => {
    const controller = new AbortController()
    const report = (
      await runConformance(harnessOf(local()), {
        only: ['network'],
        concurrency: 1,
        signal: controller.signal,
        onResult: () => controller.abort(),
      })
    )._unsafeUnwrap()
    expect(report.counts.passed).toBeLessThan(3)
    expect(report.cases.find(({ outcome }) => outcome === 'skipped')?.reason).toBe('the run was stopped')
  })

  it('disposes of a harness whose cloud does not open, and says why', async () => {
    const events: string[] = []
    const report = await runConformance(
      harnessOf(local({ path: '' }), {
        dispose: async () => {
          events.push('disposed')
        },
      }),
    )
    expect(report._unsafeUnwrapErr().code).toBe('InvalidArgument')
    expect(events).toEqual(['disposed'])
  })

  it('calls a place that lacks what a case needs skipped, and a capability that is not declared unsupported', async () => {
    const report = (await runConformance(harnessOf(emptySource()), { only: ['zone', 'region', 'server'] }))._unsafeUnwrap()
    expect(report.cases.find(({ id }) => id === 'region/is-absent')?.outcome).toBe('passed')
    expect(report.cases.find(({ id }) => id === 'server.reboot/restarts-one-that-runs')).toMatchObject({
      outcome: 'unsupported',
      reason: 'needs server',
    })
    expect(report.counts.failed).toBe(0)
  })

  it('finds a driver that declares what it does not have', async () => {
    const report = (await runConformance(harnessOf(emptySource('nothing')), { only: ['zone'] }))._unsafeUnwrap()
    const failed = report.cases.filter(({ outcome }) => outcome === 'failed')
    expect(failed.map(({ id }) => id)).toContain('zone.list/given-ones-are-well-formed')
    expect(failed[0]?.explanation).toMatch(/^zone\..*\n[\s\S]*The smallest code that satisfies it:/)
  })
})

/** A cloud of no zones, which it lists or fails to list. */
function emptySource(answer: 'empty' | 'nothing' = 'empty') {
  const driver = defineDriver({
    name: 'empty',
    always: ['zone'],
    probed: [],
    classify: (cause) => ({ code: 'Unknown', message: String(cause), details: {} }),
    open: async () => ({
      found: [],
      kinds: {
        zone: {
          listPage: async () => {
            if (answer === 'nothing') throw refuse('Unsupported', 'not implemented', { capability: 'zone' })
            return { items: [] }
          },
        },
      },
      limits: {},
      native: undefined,
      close: async () => {},
    }),
  })
  return cloudSource({ driver: 'empty', always: ['zone'], probed: [], load: async () => bindDriver(driver, {}) })
}
