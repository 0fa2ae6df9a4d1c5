import { createHash } from 'node:crypto'
import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import { counted, digestOf, verified } from './digest.ts'

const chunks = [new Uint8Array(70_000).fill(3), new Uint8Array(0), new TextEncoder().encode('end')]

async function* stream(): AsyncGenerator<Uint8Array> {
  yield* chunks
}

const drain = async (content: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const read: Uint8Array[] = []
  for await (const chunk of content) read.push(chunk)
  return Buffer.concat(read)
}

describe('a digest', () => {
  it('is the same from the portable hash as from the one of Node', () => {
    const bytes = Buffer.concat(chunks)
    const hex = createHash('sha256').update(bytes).digest('hex')
    expect(Buffer.from(sha256(bytes)).toString('hex')).toBe(hex)
    expect(digestOf(bytes)).toBe(`sha256:${hex}`)
    expect(digestOf(bytes, 'sha512')).toBe(`sha512:${createHash('sha512').update(bytes).digest('hex')}`)
  })

  it('of a stream is told when all of it has passed', async () => {
    const told: unknown[] = []
    expect(await drain(counted(stream(), (whole) => told.push(whole)))).toHaveLength(70_003)
    expect(told).toEqual([{ digest: digestOf(Buffer.concat(chunks)), size: 70_003 }])
  })

  it('that is not the one named makes the stream end with an error', async () => {
    const right = digestOf(Buffer.concat(chunks))
    const wrong = digestOf(new Uint8Array(1))
    await expect(drain(verified(stream(), right, () => new Error('no') as never))).resolves.toHaveLength(70_003)
    await expect(drain(verified(stream(), wrong, (actual) => new Error(`it is ${actual}`) as never))).rejects.toThrow(right)
  })
})
