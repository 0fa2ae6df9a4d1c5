import { harnessOf } from '@hanse/conformance'
import { runConformance } from '@hanse/conformance/vitest'
import { openCloud, secret } from '@hanse/core'
import { expect, it } from 'vitest'
import { startBackend } from './backend.ts'
import { toy } from './driver.ts'
import { main } from './main.ts'

it('uses a cloud of its own as any other', async () => {
  expect(await main()).toEqual({ same: true, listed: ['back', 'front', 'middle'], refused: true, left: 0 })
})

it('says that a token is wrong, and not which', async () => {
  const backend = await startBackend('the right one')
  const opened = await openCloud(toy({ url: backend.url, token: secret('a wrong one') }))
  expect(opened._unsafeUnwrapErr()).toMatchObject({ code: 'Unauthenticated', message: 'who are you?' })
  expect(JSON.stringify(opened._unsafeUnwrapErr())).not.toContain('a wrong one')
  await backend.stop()
})

runConformance('toy', async () => {
  const backend = await startBackend('kit')
  return harnessOf(toy({ url: backend.url, token: secret('kit') }), { dispose: backend.stop })
})
