import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultRuntime } from './default-runtime.ts'

const { transport, sleep } = defaultRuntime

let server: Server
let base = ''
let received = 0
let isClosedByClient = false

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/echo') {
      request.on('data', (chunk: Buffer) => (received += chunk.length))
      request.pipe(response.writeHead(200, { 'X-Method': request.method ?? '', 'Content-Type': 'application/octet-stream' }))
    } else if (request.url === '/moved') response.writeHead(302, { Location: '/echo' }).end()
    else if (request.url === '/nothing') response.writeHead(204).end()
    else if (request.url === '/endless') {
      response.on('close', () => (isClosedByClient = true))
      response.writeHead(200)
      const write = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        response.once('drain', write)
      }
      write()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

const read = async (body: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe('the transport', () => {
  it('sends a text, bytes or nothing, and gives status, headers in lower case and a body', async () => {
    const text = await transport({ method: 'PUT', url: `${base}/echo`, body: 'hällo' })
    expect(text).toMatchObject({ status: 200, headers: { 'x-method': 'PUT' } })
    expect((await read(text.body)).toString()).toBe('hällo')
    const bytes = await transport({
      method: 'POST',
      url: `${base}/echo`,
      body: new Uint8Array([1, 2, 3]),
      headers: { 'content-type': 'x' },
    })
    expect([...(await read(bytes.body))]).toEqual([1, 2, 3])
    const nothing = await transport({ method: 'GET', url: `${base}/nothing` })
    expect(nothing.status).toBe(204)
    expect(await read(nothing.body)).toHaveLength(0)
  })

  it('streams both ways: an answer arrives while the request is still being made', async () => {
    let letGo = (): void => {}
    const gate = new Promise<void>((resolve) => (letGo = resolve))
    async function* body(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array([1])
      await gate
      yield new Uint8Array([2])
    }
    const response = await transport({ method: 'POST', url: `${base}/echo`, body: body() })
    const chunks = response.body[Symbol.asyncIterator]()
    expect([...((await chunks.next()).value as Uint8Array)]).toEqual([1])
    letGo()
    expect([...((await chunks.next()).value as Uint8Array)]).toEqual([2])
    expect((await chunks.next()).done).toBe(true)
  })

  it('pulls a request body no faster than it is sent', async () => {
    let made = 0
    received = 0
    async function* body(): AsyncGenerator<Uint8Array> {
      for (; made < 64; made++) yield new Uint8Array(1_048_576)
    }
    const response = await transport({ method: 'POST', url: `${base}/echo`, body: body() })
    const first = await response.body[Symbol.asyncIterator]().next()
    expect(first.done).toBe(false)
    await sleep(50)
    expect(made).toBeLessThan(64)
  })

  it('lets go of the connection when the reader stops early', async () => {
    const response = await transport({ method: 'GET', url: `${base}/endless` })
    for await (const _ of response.body) break
    for (let tries = 0; !isClosedByClient && tries < 100; tries++) await sleep(10)
    expect(isClosedByClient).toBe(true)
  })

  it('follows no redirect: where credentials go is for the driver to say', async () => {
    const response = await transport({ method: 'GET', url: `${base}/moved` })
    expect(response.status).toBe(302)
    expect(response.headers['location']).toBe('/echo')
  })

  it('rejects when no answer came, and when it is aborted', async () => {
    await expect(transport({ method: 'GET', url: 'http://127.0.0.1:1/' })).rejects.toThrow()
    await expect(transport({ method: 'GET', url: `${base}/endless`, signal: AbortSignal.abort() })).rejects.toThrow()
  })
})

describe('sleep', () => {
  it('ends when it is over, and with the reason of its signal', async () => {
    await sleep(1)
    await expect(sleep(60_000, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
    const leaving = new AbortController()
    const sleeping = sleep(60_000, leaving.signal)
    leaving.abort(new Error('enough'))
    await expect(sleeping).rejects.toThrow('enough')
  })

  it('does not end at once when it is longer than a timer can be', async () => {
    const leaving = new AbortController()
    const outcome = Promise.race([
      sleep(2_147_483_648, leaving.signal),
      sleep(2_147_483_647, leaving.signal),
      sleep(20).then(() => 'still asleep'),
    ])
    expect(await outcome).toBe('still asleep')
    leaving.abort()
  })
})

describe('the rest of the world', () => {
  it('is there', async () => {
    expect(defaultRuntime.now()).toBeGreaterThan(Date.UTC(2024, 0, 1))
    expect(defaultRuntime.random()).toBeLessThan(1)
    expect(defaultRuntime.randomUUID()).toMatch(/^[0-9a-f-]{36}$/)
    expect(defaultRuntime.environment['PATH']).toBeDefined()
    expect((await defaultRuntime.readFile(new URL('./runtime.ts', import.meta.url).pathname)).length).toBeGreaterThan(100)
    await expect(defaultRuntime.readFile('/no/such/file')).rejects.toThrow()
  })
})
