import { expect, it } from 'vitest'
import { main } from './main.ts'

it('sees what the portable API does not show', async () => {
  expect(await main()).toEqual({ size: 'SCS-2V-4', servers: 1, seq: expect.any(Number), shown: false })
})
