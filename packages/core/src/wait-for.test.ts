import { okAsync } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { FakeFailure } from './__fixtures__/fake-backend.ts'
import { openFake } from './__fixtures__/fake-driver.ts'
import { errorOf, valueOf } from './__fixtures__/outcome.ts'
import type { ServerId, ServerResource } from './compute/server.ts'
import type { Gets } from './service.ts'
import { waitFor } from './wait-for.ts'

const id = 'server-1' as ServerId
const inPhase =
  (phase: string, providerState = phase) =>
  async (carryOut: () => Promise<unknown>) => ({
    ...((await carryOut()) as object),
    status: { phase, providerState },
  })
const failing = (status: number) => () => Promise.reject(new FakeFailure(status))

async function withServer() {
  const opened = await openFake()
  opened.backend.seed('server', { name: 'web' })
  return { ...opened, servers: opened.cloud.compute.servers }
}

describe('waitFor', () => {
  it('waits for a phase and gives the resource as it then is', async () => {
    const { servers, backend } = await withServer()
    backend.script('server.get', inPhase('Provisioning'), inPhase('Provisioning'))
    const seen: string[] = []
    const server = valueOf(await waitFor(servers, id, { phase: 'Running' }, { onLook: ({ status }) => void seen.push(status.phase) }))
    expect(server.status.phase).toBe('Running')
    expect(seen).toEqual(['Provisioning', 'Provisioning', 'Running'])
  })

  it('waits for whatever the kind calls ready', async () => {
    const { servers, backend } = await withServer()
    backend.script('server.get', inPhase('Updating'), inPhase('Stopped'))
    expect(valueOf(await waitFor(servers, id, { phase: 'ready' })).status.phase).toBe('Stopped')
  })

  it('ends when it has failed for good, with the word of the provider', async () => {
    const { servers, backend } = await withServer()
    backend.script('server.get', inPhase('Failed', 'ERROR'))
    const error = errorOf(await waitFor(servers, id, { phase: 'Running' }))
    expect(error).toMatchObject({
      code: 'FailedPrecondition',
      message: 'server web has failed: the provider says ERROR',
      context: { exists: [{ kind: 'server', id }] },
    })
  })

  it('waits for a failure, if that is the phase', async () => {
    const { servers, backend } = await withServer()
    backend.script('server.get', inPhase('Failed'))
    expect((await waitFor(servers, id, { phase: 'Failed' })).isOk()).toBe(true)
  })

  it('waits for absence', async () => {
    const { servers, backend } = await withServer()
    backend.script('server.get', inPhase('Deleting'), failing(404))
    expect((await waitFor(servers, id, 'absent')).isOk()).toBe(true)
  })

  it('is NotFound when what it waits for is gone', async () => {
    const { servers } = await withServer()
    expect(errorOf(await waitFor(servers, 'gone' as ServerId, { phase: 'Running' })).code).toBe('NotFound')
  })

  it('bears with reads that fail for a while, and with no others', async () => {
    const { servers, backend } = await withServer()
    backend.script('server.get', failing(503), failing(429))
    expect((await waitFor(servers, id, { phase: 'Running' })).isOk()).toBe(true)
    backend.script('server.get', failing(400))
    expect(errorOf(await waitFor(servers, id, { phase: 'Running' })).code).toBe('InvalidArgument')
  })

  it('says what it saw last when its time is over', async () => {
    const { servers, backend, world } = await withServer()
    backend.script('server.get', inPhase('Provisioning', 'BUILD'), ...Array.from({ length: 100 }, () => failing(503)))
    const error = errorOf(await waitFor(servers, id, { phase: 'Running' }, { timeoutMs: 9000 }))
    expect(error.code).toBe('DeadlineExceeded')
    expect(error.message).toContain('waited for server-1 to be Running, and saw Provisioning (BUILD); the last look failed: status 503')
    expect(world.now()).toBe(9000)
  })

  it('has ten minutes when nothing is said', async () => {
    const { servers, world } = await withServer()
    expect(errorOf(await waitFor(servers, id, { phase: 'Stopped' })).code).toBe('DeadlineExceeded')
    expect(world.now()).toBe(600_000)
  })

  it('ends with the signal of its caller, in the middle of a look too', async () => {
    const { servers, backend } = await withServer()
    backend.script('server.get', () => new Promise(() => {}))
    const leaving = new AbortController()
    const waiting = waitFor(servers, id, { phase: 'Running' }, { signal: leaving.signal, timeoutMs: 1_000_000 })
    queueMicrotask(() => leaving.abort())
    expect(errorOf(await waiting).code).toBe('Cancelled')
  })

  it('makes a value of a callback that throws', async () => {
    const { servers } = await withServer()
    const onLook = (): never => {
      throw new Error('in onLook')
    }
    expect(errorOf(await waitFor(servers, id, { phase: 'Running' }, { onLook }))).toMatchObject({ code: 'Unknown', message: 'in onLook' })
  })

  it('works on anything that gets, by the clock of the machine', async () => {
    let phase = 'Provisioning'
    setTimeout(() => (phase = 'Running'), 30)
    // No more of a server than waiting looks at.
    const service: Gets<ServerResource> = {
      get: () => okAsync({ kind: 'server', id, name: '', status: { phase, providerState: phase } } as ServerResource),
    }
    expect(valueOf(await waitFor(service, id, { phase: 'Running' }, { pollMs: 5 }))).toMatchObject({ status: { phase: 'Running' } })
  })
})
