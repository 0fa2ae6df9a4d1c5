import { harnessOf } from '@hanse/conformance'
import { runConformance } from '@hanse/conformance/vitest'
import { local } from './local.ts'

runConformance('local, in memory', async () => harnessOf(local({ delayMs: 30 })))
