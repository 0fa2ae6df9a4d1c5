import { local } from '@hanse/driver-local'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkConfig, defineConfig, defineStack, network } from './index.ts'

// The same runs every time, so that a change is judged by what it changed; another number looks elsewhere.
fc.configureGlobal({ seed: 1241 })

const stack = defineStack('shop', { net: network({}) })
const sound = defineConfig({ clouds: { home: local({}), away: local({}) }, stack, environments: { dev: 'home', prod: { main: 'away' } } })

/** Sets one member, however deep, to something else. */
const withMember = (path: readonly string[], value: unknown): unknown => {
  const [first, ...rest] = path
  const set = (at: unknown, name: string, left: readonly string[]): unknown => {
    const record = at as Readonly<Record<string, unknown>>
    const [next, ...others] = left
    return { ...record, [name]: next === undefined ? value : set(record[name], next, others) }
  }
  return first === undefined ? value : set(sound, first, rest)
}

describe('checkConfig', () => {
  it('takes what defineConfig gives', () => {
    expect(checkConfig(sound)._unsafeUnwrap()).toBe(sound)
  })

  it.each([
    [[], 7, [], 'the configuration must be an object with clouds, stack, environments, and is a number'],
    [['clouds'], undefined, ['clouds'], 'clouds must be a record of clouds by name, and is missing'],
    [['clouds'], {}, ['clouds'], 'must name at least one cloud'],
    [
      ['clouds', 'home'],
      'local',
      ['clouds', 'home'],
      'clouds.home must be a cloud that a driver makes, such as local({ path }), and is "local"',
    ],
    [['stack'], { name: 'shop' }, ['stack'], 'stack must be what defineStack gives, and is another object'],
    [['environments'], [], ['environments'], 'must be a record of environments by name, and is a list'],
    [['environments'], {}, ['environments'], 'must name at least one environment'],
    [['environments', 'dev'], 'scs', ['environments', 'dev'], 'must name one of the clouds (home, away), and is "scs"'],
    [['environments', 'prod', 'edge'], null, ['environments', 'prod', 'edge'], 'must name one of the clouds (home, away), and is null'],
    [['environments', 'prod'], {}, ['environments', 'prod'], 'must name a cloud for each cloud of the stack'],
    [['environments', '../x'], 'home', ['environments', '../x'], 'is no name for an environment'],
    [['enviroments'], {}, ['enviroments'], 'is not a member here; there are clouds, stack, environments'],
  ] as const)('answers %j = %j with its path', (path, value, where, message) => {
    const error = checkConfig(withMember(path, value))._unsafeUnwrapErr()
    expect(error).toMatchObject({ code: 'InvalidInput', details: { path: where } })
    expect(error.message).toContain(message)
    expect(error.remedy).toContain('defineConfig')
  })

  it('names everything that is wrong at once', () => {
    const error = checkConfig({ clouds: {}, stack: 1, environments: { dev: 'x' } })._unsafeUnwrapErr()
    expect(error.message).toMatch(/^3 things are wrong:\n {2}clouds .*\n {2}stack .*\n {2}environments\.dev /)
  })

  it('never throws, whatever it is given, and always has the path to a member that is there or missing', () => {
    const anything = fc.anything({
      withNullPrototype: true,
      withMap: true,
      withSet: true,
      withDate: true,
      withTypedArray: true,
      withBigInt: true,
      withSparseArray: true,
    })
    const place = fc.constantFrom(
      [],
      ['clouds'],
      ['clouds', 'home'],
      ['stack'],
      ['stack', 'members'],
      ['environments'],
      ['environments', 'dev'],
      ['environments', 'prod', 'main'],
    )
    fc.assert(
      fc.property(place, anything, (path, value) => {
        const checked = checkConfig(withMember(path, value))
        if (checked.isOk()) return
        const { error } = checked
        if (error.code !== 'InvalidInput') throw new Error(error.code)
        // It is sound but for that member.
        if (path.length > 0) expect(error.details.path[0]).toBe(path[0])
        expect(error.message).not.toMatch(/\n\s+at /)
      }),
      { numRuns: 2000 },
    )
  })

  it('answers what cannot even be looked at', () => {
    const trap = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no')
        },
        get: () => {
          throw new Error('no')
        },
      },
    )
    expect(checkConfig(trap)._unsafeUnwrapErr().message).toContain('cannot be read')
  })
})
