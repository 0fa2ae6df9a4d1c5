import { expect, it } from 'vitest'
import { main } from './main.ts'

it('pushes an image, and has the same one in another registry', async () => {
  expect(await main()).toEqual({
    // The same files make the same image, on every machine.
    digest: 'sha256:ec7ee600fbcad60f9662486db09b24679c109f5c3a0cd6d22f69cf4bff8bac81',
    blobs: 2,
    tags: ['1.0', 'latest'],
    same: true,
  })
})
