import { err, errAsync, ok, okAsync } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { cloudError } from './errors.ts'
import { unwrap } from './unwrap.ts'

describe('unwrap', () => {
  it('gives the value of a result, and of one that is still to come', async () => {
    expect(await unwrap(ok(1))).toBe(1)
    expect(await unwrap(okAsync(2))).toBe(2)
    expect(await unwrap(Promise.resolve(ok(3)))).toBe(3)
  })

  it('throws the very error', async () => {
    const error = cloudError('NotFound', 'gone', { driver: 'x', operation: 'server.get' }, { kind: 'server', id: '1' })
    await expect(unwrap(err(error))).rejects.toBe(error)
    await expect(unwrap(errAsync(error))).rejects.toBe(error)
  })
})
