import type { AnyResource, InterceptedCall, OpenCloud } from '@hanse/core'
import { cloudError, interceptCloud, kindService, openCloud } from '@hanse/core'
import { local } from '@hanse/driver-local'
import fc from 'fast-check'
import { errAsync } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { apply, destroy, memoryStateStore, plan } from '../index.ts'
import { programOf, randomStack } from './random-stack.fixture.ts'

// The same runs every time, so that a change is judged by what it changed; another number looks elsewhere.
fc.configureGlobal({ seed: 1241 })

/** Something that goes wrong once: the so-manieth call of an effect fails, before the cloud has seen it or after it has done it. */
const fault = fc.record({
  effect: fc.constantFrom('creates', 'changes', 'deletes'),
  nth: fc.integer({ min: 1, max: 4 }),
  done: fc.boolean(),
  code: fc.constantFrom('Unavailable', 'QuotaExceeded'),
})

/** Something that somebody else does to the cloud. */
const meddling = fc.constantFrom('nothing', 'deletes a server', 'labels a server', 'labels a network', 'deletes a bucket')

const step = fc.record({ stack: randomStack, faults: fc.array(fault, { maxLength: 2 }), meddling })

type Fault = typeof fault extends fc.Arbitrary<infer F> ? F : never
type Local = OpenCloud<'server' | 'network' | 'subnet' | 'bucket' | 'object' | 'server.resize', unknown>

function withFaults(cloud: Local, faults: readonly Fault[]): Local {
  const seen: Record<string, number> = {}
  return interceptCloud(cloud, (call: InterceptedCall, next) => {
    const count = (seen[call.effect] ?? 0) + 1
    seen[call.effect] = count
    const hit = faults.find(({ effect, nth }) => effect === call.effect && nth === count)
    if (hit === undefined) return next(call)
    const context = { driver: 'test', operation: `${call.kind}.${call.verb}` }
    // What was done and could not be told is never a clear refusal.
    if (hit.done) return next(call).andThen(() => errAsync(cloudError('Unavailable', 'the answer was lost', context, {}, true)))
    return errAsync(
      hit.code === 'Unavailable'
        ? cloudError('Unavailable', 'it is down', context, {}, true)
        : cloudError('QuotaExceeded', 'no more', context, {}),
    )
  })
}

async function marked(cloud: Local): Promise<readonly AnyResource[]> {
  const all: AnyResource[] = []
  for (const { kind, verbs } of Object.values(cloud.kinds))
    if (verbs.includes('create')) all.push(...((await kindService(cloud, kind)?.list?.().toArray()) ?? expect.fail())._unsafeUnwrap())
  return all.filter(({ owner }) => owner !== undefined)
}

async function meddle(cloud: Local, how: string): Promise<void> {
  const [server] = (await cloud.compute.servers.list().toArray())._unsafeUnwrap()
  const network = (await cloud.network.networks.list().toArray())._unsafeUnwrap().find(({ owner }) => owner !== undefined)
  const [bucket] = (await cloud.storage.buckets.list().toArray())._unsafeUnwrap()
  if (how === 'deletes a server' && server !== undefined) (await cloud.compute.servers.delete(server.id))._unsafeUnwrap()
  if (how === 'labels a server' && server !== undefined)
    (await cloud.compute.servers.update(server.id, { labels: { color: 'blue' } }))._unsafeUnwrap()
  if (how === 'labels a network' && network !== undefined) (await cloud.network.networks.update(network.id, { labels: {} }))._unsafeUnwrap()
  if (how === 'deletes a bucket' && bucket !== undefined) (await cloud.storage.buckets.delete(bucket.id))._unsafeUnwrap()
}

describe('a stack that is edited at random', () => {
  it('is as wanted after every edit, whatever fails and whoever meddles, and leaves nothing behind', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), fc.constantFrom(0, 1), async (steps, delayMs) => {
        const cloud: Local = (await openCloud(local({ delayMs })))._unsafeUnwrap()
        const options = { environment: 'test', state: memoryStateStore(), pollMs: 1 }
        for (const { stack, faults, meddling: how } of steps) {
          const program = programOf(stack)
          const first = await apply(program, withFaults(cloud, faults), options)
          if (first.isErr()) {
            expect(first.error.code, first.error.message).toBe('ResourceFailed')
            // A second run is a new process: it knows what the state says.
            ;(await apply(program, cloud, options))._unsafeUnwrap()
          }
          expect((await plan(program, cloud, options))._unsafeUnwrap()).toMatchObject({
            problems: [],
            summary: { create: 0, update: 0, replace: 0, delete: 0, none: program.members.size },
          })
          const places = (await marked(cloud)).map(({ key }) => key?.split('/').slice(2, -1).join('/'))
          expect(places.sort()).toEqual([...program.members.keys()].sort())
          await meddle(cloud, how)
        }
        ;(await destroy({ name: 'random' }, cloud, options))._unsafeUnwrap()
        expect(await marked(cloud)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
