import { expect, it } from 'vitest'
import { main } from './main.ts'

it('keeps objects in one cloud and runs servers on two', async () => {
  const { bytes, placed } = await main()
  expect(bytes).toBe('from here, kept there'.length)
  expect(placed).toEqual(['net on main', 'front on main', 'web on main', 'edge.cache on edge'])
})
