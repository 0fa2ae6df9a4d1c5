import { expect, it } from 'vitest'
import { main } from './main.ts'

it('runs on a large cloud', async () => {
  expect(await main('centre')).toEqual({ servers: 3, bucket: 'example-logs', addresses: ['10.1.0.2'] })
})

it('runs on a small one without storage, by another name', async () => {
  expect(await main('site')).toEqual({ servers: 2, bucket: 'none', addresses: ['10.1.0.2'] })
})
