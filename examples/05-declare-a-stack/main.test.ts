import { expect, it } from 'vitest'
import { main } from './main.ts'

it('makes what is wanted, then nothing, then one change, then nothing is left', async () => {
  expect(await main()).toEqual({
    first: { create: 8, update: 0, replace: 0, delete: 0, none: 0 },
    address: '10.0.0.2',
    unchanged: { create: 0, update: 0, replace: 0, delete: 0, none: 8 },
    larger: ['update web size'],
    left: 0,
  })
})
