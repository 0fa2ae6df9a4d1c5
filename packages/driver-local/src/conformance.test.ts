import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Harness } from '@hanse/conformance'
import { harnessOf } from '@hanse/conformance'
import { runConformance } from '@hanse/conformance/vitest'
import { composeCloud, interceptCloud } from '@hanse/core'
import { expectedCases as atLeast } from './__fixtures__/expected-cases.ts'
import { local } from './local.ts'

async function inFolder(): Promise<Harness> {
  const path = await mkdtemp(join(tmpdir(), 'hanse-kit-'))
  return harnessOf(local({ path }), { dispose: () => rm(path, { recursive: true }) })
}

/** Every call goes through one more hand, and the cloud is put together of itself: nothing may show it. */
async function wrapped(): Promise<Harness> {
  const { open, ...harness } = harnessOf(local())
  return {
    ...harness,
    open: (options) =>
      open(options).map((cloud) => {
        const watched = interceptCloud(cloud, (call, next) => next(call))
        return composeCloud({ location: watched, compute: watched, storage: watched, network: watched, registry: watched })
      }),
  }
}

runConformance('local, in memory', async () => harnessOf(local()), { atLeast })
runConformance('local, in a folder', inFolder, { atLeast })
runConformance('local, with states that take 30 ms', async () => harnessOf(local({ delayMs: 30 })), { atLeast })
runConformance('local, intercepted and composed', wrapped, { atLeast })
