import { cloudError } from '@hanse/core'
import { expect, it } from 'vitest'
import { explain, main } from './main.ts'

it('explains five failures, each by its code', async () => {
  const told = await main()
  expect(told).toEqual([
    'please correct name',
    expect.stringMatching(/^the account is full \(.*server.*\)/),
    'there is no server third',
    expect.stringMatching(/^not now: .*front/),
    'stopped, as you wished',
  ])
})

it('names what a cloud lacks', () => {
  const error = cloudError('Unsupported', 'no', { driver: 'x', operation: 'server.resize' }, { capability: 'server.resize' })
  expect(explain(error)).toBe('this cloud has no server.resize')
})
