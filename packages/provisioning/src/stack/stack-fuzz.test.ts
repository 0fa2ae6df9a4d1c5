import { isCloudError, openCloud } from '@hanse/core'
import { local } from '@hanse/driver-local'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply, defineStack, memoryStateStore, plan } from '../index.ts'
import { main } from './builders.ts'

// The same runs every time, so that a change is judged by what it changed; another number looks elsewhere.
fc.configureGlobal({ seed: 1241 })

const builders = Object.values(main) as readonly ((spec: unknown) => unknown)[]
const anything = fc.anything({ withNullPrototype: true, withDate: true, withBigInt: true, withMap: true, withTypedArray: true })

/** Something that a program in JavaScript may write where a spec is wanted: nearly right at best. */
const spec = fc.oneof(
  anything,
  fc.dictionary(fc.constantFrom('name', 'cidr', 'network', 'image', 'size', 'subnets', 'labels', 'userData', 'from', 'layers'), anything),
)
const resource = fc.oneof(
  anything,
  fc.tuple(fc.nat(builders.length - 1), spec).map(([index, given]) => builders[index]?.(given)),
)
const resources = fc.oneof(anything, fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('web', 'net')), resource))

describe('a stack of anything', () => {
  it('is never thrown at, and what is wrong is told with its path', { timeout: 60_000 }, async () => {
    const cloud = (await openCloud(local()))._unsafeUnwrap()
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), anything),
        resources,
        fc.oneof(fc.constant(undefined), anything),
        async (name, given, outputs) => {
          const stack = defineStack(name as never, given as never, outputs as never)
          const options = { environment: 'test', state: memoryStateStore() }
          const planned = (await plan(stack, cloud as never, options)).match(
            ({ problems }) => problems,
            (error) => [{ path: 'path' in error.details ? error.details.path : [], message: error.message }],
          )
          for (const { path, message } of planned) {
            expect(path.length).toBeGreaterThan(0)
            expect(message).not.toMatch(/\n\s+at |TypeError|RangeError|is not a function|Cannot read|undefined \(/)
          }
          const applied = await apply(stack, cloud as never, { ...options, confirm: () => false })
          if (applied.isErr()) expect(isCloudError(applied.error)).toBe(false)
          expect(applied.isErr()).toBe(planned.length > 0)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is told when it holds itself', async () => {
    const cloud = (await openCloud(local()))._unsafeUnwrap()
    const labels: Record<string, unknown> = {}
    labels['self'] = labels
    const group: Record<string, unknown> = {}
    group['again'] = group
    for (const members of [
      { net: main.network({ labels } as never) },
      { group },
      Object.defineProperty({}, 'a', {
        enumerable: true,
        get: () => {
          throw new Error('no')
        },
      }),
    ]) {
      const refused = (
        await apply(defineStack('round', members as never), cloud, { environment: 'test', state: memoryStateStore() })
      )._unsafeUnwrapErr()
      expect(refused.code).toBe('InvalidStack')
    }
  })
})
