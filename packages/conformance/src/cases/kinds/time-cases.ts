import type { AnyKind, CloudResultAsync } from '@hanse/core'
import { defaultRuntime } from '@hanse/core/driver'
import type { AnyKindService } from '../../any-kind-service.ts'
import type { Bench } from '../../bench.ts'
import { expectCode, expectOk, expectThat } from '../../expect.ts'
import { has, isMade } from '../../kind-case.ts'
import type { KindCase } from '../../kind-case.ts'
import { endsWithin, watchedWorld } from '../../stalled.ts'
import type { WatchedWorld } from '../../stalled.ts'

const graceMs = 250
const abortAfterMs = 10

/** What every call does when its time is up, or its caller has gone. */
export const timeCases: readonly KindCase[] = [
  {
    name: 'abort/before-the-call-nothing-happens',
    rules: ['GEN-03'],
    applies: has('list'),
    run: async (bench, kind) => {
      const signal = AbortSignal.abort()
      const service = bench.service(kind.kind)
      expectCode(await service.list(undefined, { signal }).toArray(), 'Cancelled', 'list with a signal that is aborted')
      if (kind.verbs.includes('get')) expectCode(await service.get(nobody(), { signal }), 'Cancelled', 'get with a signal that is aborted')
      if (!isMade(kind) || !creatable(bench, kind)) return
      const [spec, key] = [await bench.spec(kind.kind), defaultRuntime.randomUUID()]
      expectCode(await bench.create(kind.kind, spec, { signal, key }), 'Cancelled', 'create with a signal that is aborted')
      expectCode(await service.findByKey(key, kind.identity === 'marked' ? {} : { spec }), 'NotFound', 'findByKey after it')
    },
  },
  {
    name: 'abort/during-the-call-it-ends',
    rules: ['GEN-03'],
    applies: has('list'),
    run: async (bench, kind) => {
      const world = watchedWorld(bench.harness.transport)
      const service = bench.service(kind.kind, await bench.open({ runtime: world.runtime }))
      for (const [what, call] of await calls(bench, kind, service)) await ends(world, what, 'Cancelled', call)
    },
  },
  {
    name: 'abort/a-request-that-hangs-is-given-up',
    rules: ['GEN-03'],
    applies: has('list'),
    run: async (bench, kind) => {
      const world = watchedWorld(bench.harness.transport)
      const service = bench.service(kind.kind, await bench.open({ runtime: world.runtime }))
      const tried = await calls(bench, kind, service)
      world.stall()
      for (const [what, call] of tried) await ends(world, `${what} whose request hangs`, 'Cancelled', call)
      world.flow()
    },
  },
  {
    name: 'deadline/the-call-ends-in-time',
    rules: ['GEN-04'],
    applies: has('list'),
    run: async (bench, kind) => {
      const world = watchedWorld(bench.harness.transport)
      const service = bench.service(kind.kind, await bench.open({ runtime: world.runtime }))
      const tried = await calls(bench, kind, service)
      for (const [what, call] of tried) await ends(world, what, 'DeadlineExceeded', call)
      world.stall()
      for (const [what, call] of tried) await ends(world, `${what} whose request hangs`, 'DeadlineExceeded', call)
      world.flow()
    },
  },
]

interface TimeOptions {
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number | undefined
}
type Call = (options: TimeOptions) => CloudResultAsync<unknown>

/** The calls that are tried: a list, a get, and a create where one can be made here. */
async function calls(bench: Bench, kind: AnyKind, service: AnyKindService): Promise<readonly (readonly [string, Call])[]> {
  const made = isMade(kind) && kind.verbs.includes('create') && creatable(bench, kind)
  const spec = made ? await bench.spec(kind.kind) : {}
  const one =
    kind.verbs.includes('get') && made ? expectOk(await bench.create(kind.kind, await bench.spec(kind.kind)), 'create') : undefined
  const list: Call = (options) => service.list(undefined, options).toArray()
  const get: Call | undefined = one === undefined ? undefined : (options) => service.get(one.id, options)
  // One key for all tries: the second gives what the first may have made all the same.
  const key = `kit-${defaultRuntime.randomUUID()}`
  const create: Call | undefined = made
    ? (options) => service.create(spec, { ...options, key, again: true }).andTee((resource) => bench.keep(resource))
    : undefined
  return Object.entries({ list, get, create }).flatMap(([what, call]) => (call === undefined ? [] : [[what, call] as const]))
}

/**
 * A call must end when it is told to, and leave nothing running. The best of three tries counts, for the machine that runs the case may be
 * busy. A call that was faster than the abort may be `Ok`.
 */
async function ends(world: WatchedWorld, what: string, code: 'Cancelled' | 'DeadlineExceeded', call: Call): Promise<void> {
  const how = code === 'Cancelled' ? 'its signal was aborted' : 'its time was up'
  let fault = ''
  for (let tries = 0; tries < 3; tries++) {
    const controller = new AbortController()
    const answer = call(code === 'Cancelled' ? { signal: controller.signal } : { timeoutMs: abortAfterMs })
    let result = await endsWithin(answer, abortAfterMs)
    controller.abort()
    result ??= await endsWithin(answer, graceMs)
    if (result?.isErr() === true) {
      const { code: seen, message } = result.error
      expectThat(seen === code, `${what}: expected ${code} or Ok after ${how}, got ${seen}: ${message}`)
    }
    if (result !== undefined && (await isQuiet(world))) return
    fault =
      result === undefined
        ? `expected to end within ${graceMs} ms after ${how}, and it went on`
        : `expected to leave nothing running ${graceMs} ms after ${how}, and ${world.running()} requests or pauses were`
  }
  expectThat(false, `${what}: ${fault}`)
}

async function isQuiet(world: WatchedWorld): Promise<boolean> {
  for (let waitedMs = 0; world.running() > 0 && waitedMs < graceMs; waitedMs += 10) await defaultRuntime.sleep(10)
  return world.running() === 0
}

const creatable = (bench: Bench, kind: AnyKind): boolean =>
  kind.verbs.includes('create') ||
  Object.values(kind.actions).some(
    ({ needs, effect, on }) => effect === 'creates' && on === 'kind' && needs !== undefined && bench.supports(needs),
  )

// Every kind brands its ids; this one was never given out.
const nobody = (): never => defaultRuntime.randomUUID() as never
