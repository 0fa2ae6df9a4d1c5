import { join } from 'node:path'
import { interceptCloud, openCloud } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { apply, destroy, fileStateStore, plan } from '@hanse/provisioning'
import type { Plan, StackError, StateSession, StateStore } from '@hanse/provisioning'
import type { Result } from 'neverthrow'
import { contentsOf } from './cloud-contents.ts'
import type { Contents } from './cloud-contents.ts'
import type { KillPoint, Passed, Phase } from './kill-point.ts'
import { first, hybrid, second } from './stacks.ts'

/** Which stack is worked on: one of twenty resources on one cloud, or one over two clouds. */
export type Which = 'shop' | 'hybrid'

/** The clouds of a stack in a folder, opened as its users open them. */
export async function openClouds(folder: string, which: Which) {
  const names = which === 'shop' ? ['main'] : ['main', 'edge']
  const opened = await Promise.all(
    names.map(async (name) => [name, (await openCloud(local({ path: join(folder, name), delayMs: 1 })))._unsafeUnwrap()] as const),
  )
  const cloudOf = (name: string) => (opened.find(([own]) => own === name) ?? expected(name))[1]
  return { main: cloudOf('main'), edge: cloudOf(which === 'shop' ? 'main' : 'edge') }
}

export type Clouds = Awaited<ReturnType<typeof openClouds>>

const expected = (name: string): never => {
  throw new Error(`there is no cloud ${name}`)
}

/** How the stack is worked on, the same for every run. */
export const optionsFor = (folder: string) => ({
  environment: 'test',
  state: fileStateStore(join(folder, 'state')),
  parallelism: 4,
  pollMs: 2,
})

/** Brings a stack in a folder to a phase, and is killed at a point, if one is given. Gives what it came by when it was not. */
export async function run(folder: string, which: Which, phase: Phase, kill: KillPoint | undefined): Promise<Passed> {
  const lines: string[] = []
  const calls: string[] = []
  const dieAt = (at: KillPoint['at'], count: number): void => {
    if (kill?.at === at && kill.count === count) process.kill(process.pid, 'SIGKILL')
  }
  const clouds = await openClouds(folder, which)
  const watched = (cloud: Clouds['main']) =>
    interceptCloud(cloud, (call, next) => {
      if (call.effect === 'reads' || call.effect === 'lists') return next(call)
      // The answer has not reached the engine.
      return next(call).andTee(() => dieAt('after the cloud', calls.push(`${call.kind}.${call.verb}`)))
    })
  const options = { ...optionsFor(folder) }
  const state = watchedStore(options.state, {
    before: (line) => dieAt('before the line', lines.push(line)),
    after: (count) => dieAt('after the line', count),
  })
  ;(await bring({ main: watched(clouds.main), edge: watched(clouds.edge) }, which, phase, { ...options, state }))._unsafeUnwrap()
  return { appends: lines.length, changes: calls.length, lines, calls }
}

type Options = ReturnType<typeof optionsFor>

/** Applies or destroys. */
export async function bring(clouds: Clouds, which: Which, phase: Phase, options: Options): Promise<Result<unknown, StackError>> {
  if (phase === 'none') return destroy({ name: which }, which === 'shop' ? clouds.main : clouds, options)
  if (which === 'hybrid') return apply(hybrid(phase === 'first' ? 1 : 2), clouds, options)
  return phase === 'first' ? apply(first(), clouds.main, options) : apply(second(), clouds.main, options)
}

/** What an apply would still do. */
export async function planAgain(
  clouds: Clouds,
  which: Which,
  phase: 'first' | 'second',
  options: Options,
): Promise<Result<Plan, StackError>> {
  if (which === 'hybrid') return plan(hybrid(phase === 'first' ? 1 : 2), clouds, options)
  return phase === 'first' ? plan(first(), clouds.main, options) : plan(second(), clouds.main, options)
}

/** What stands in each cloud of a stack. */
export const look = async (clouds: Clouds, which: Which): Promise<readonly Contents[]> => [
  await contentsOf(clouds.main),
  ...(which === 'hybrid' ? [await contentsOf(clouds.edge)] : []),
]

interface Watch {
  /** Called before the line is written. */
  readonly before: (line: string) => void
  /** Called with the number of the line when it is durable. */
  readonly after: (count: number) => void
}

function watchedStore(store: StateStore, watch: Watch): StateStore {
  let count = 0
  const watched = (session: StateSession): StateSession =>
    Object.create(session, {
      append: {
        value: (event: Parameters<StateSession['append']>[0]) => {
          const action = event.type === 'intent' ? ` ${event.action}` : ''
          const address = event.type === 'recorded' ? event.resource.address : event.address
          count += 1
          const own = count
          watch.before(`${event.type}${action} ${address}`)
          return session.append(event).andTee(() => watch.after(own))
        },
      },
    }) as StateSession
  return {
    open: (stack, environment) =>
      store.open(stack, environment).map((state) => ({ read: () => state.read(), lease: (options) => state.lease(options).map(watched) })),
  }
}
