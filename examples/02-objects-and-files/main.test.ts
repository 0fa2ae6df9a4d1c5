import { expect, it } from 'vitest'
import { main } from './main.ts'

it('gives back what was put, whole and in part', async () => {
  expect(await main()).toEqual({
    page: '<h1>Hello</h1>',
    beginning: 'month,visitors',
    same: true,
    keys: ['index.html', 'old/index.html', 'reports/2026.csv'],
    refused: 'FailedPrecondition',
  })
})
