import { expect, it } from 'vitest'
import { main } from './main.ts'

it('is made, is then as wanted, and leaves nothing behind', async () => {
  expect(await main()).toEqual({ address: '10.0.0.2', again: { create: 0, update: 0, replace: 0, delete: 0, none: 11 }, left: 0 })
})
