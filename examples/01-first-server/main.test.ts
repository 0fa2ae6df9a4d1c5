import { expect, it } from 'vitest'
import { main } from './main.ts'

it('boots a server of the smallest size that has what was asked, and leaves nothing', async () => {
  expect(await main()).toEqual({ image: 'debian-13', size: 'SCS-2V-4', phase: 'Running', left: 0 })
})
