import { describe, expect, it } from 'vitest'
import { unlistedImpurities } from './impure-files.ts'
import { impurities } from './impurities.ts'
import { isTest, listPaths, readSources } from './source-file.ts'

const sources = readSources(listPaths().filter((path) => /^packages\/[^/]+\/src\/.*\.ts$/.test(path) && !isTest(path)))
const kindsIn = (text: string) => impurities([{ path: 'packages/core/src/x.ts', text }]).map((use) => use.impurity)

describe('pure files', () => {
  it('are all but those on the list, and the list holds no more than it needs', () => {
    expect(sources.length).toBeGreaterThan(4)
    expect(unlistedImpurities(impurities(sources))).toEqual([])
  })

  it.each([
    ['catch', 'try { f() } catch { g() }'],
    ['catch', 'await f().catch(() => 1)'],
    ['environment', 'const home = process.env.HOME'],
    ['environment', "const home = globalThis.process.env['HOME']"],
    ['environment', 'const { env } = process'],
    ['environment', "import { env } from 'node:process'"],
    ['clock', 'const now = Date.now()'],
    ['clock', 'const clock = Date.now'],
    ['clock', 'const now = new Date()'],
    ['clock', 'const now = performance.now()'],
    ['random', 'const x = Math.random()'],
    ['random', 'const id = crypto.randomUUID()'],
    ['random', 'const id = globalThis.crypto.randomUUID()'],
    ['random', "import { randomBytes } from 'node:crypto'"],
    ['random', "import { randomUUID as id } from 'node:crypto'"],
    ['timer', 'setTimeout(f, 10)'],
    ['timer', 'globalThis.setInterval(f, 10)'],
    ['timer', 'const wait = { setTimeout }'],
    ['timer', "import { setTimeout as sleep } from 'node:timers/promises'"],
    ['timer', 'const signal = AbortSignal.timeout(10)'],
    ['fetch', "const answer = await fetch('x')"],
    ['fetch', 'const transport = { send: fetch }'],
    ['fetch', 'const transport = globalThis.fetch'],
  ])('do not use %s as in %j', (impurity, text) => {
    expect(kindsIn(text)).toEqual([impurity])
  })

  it.each([
    'try { f() } finally { g() }',
    'const then = new Date(at)',
    'runtime.clock.now()',
    'const send = (fetch: Fetch) => fetch(url)',
    'interface Transport { fetch(url: string): unknown }',
    'await runtime.fetch(url)',
    "import { createHash } from 'node:crypto'",
    'type Timer = typeof setTimeout',
    'const options = { fetch: own }',
    'class Client { fetch() { return 1 } }',
  ])('may say %j', (text) => {
    expect(kindsIn(text)).toEqual([])
  })

  it('are named with the line when they are none', () => {
    expect(unlistedImpurities(impurities([{ path: 'a.ts', text: '\nDate.now()' }]), {})).toEqual(['a.ts:2 clock'])
  })

  it('leave the list when they no longer need it', () => {
    const allowed = { 'a.ts': { may: ['clock', 'timer'], because: 'test' } } as const
    expect(unlistedImpurities(impurities([{ path: 'a.ts', text: 'Date.now()' }]), allowed)).toEqual([
      'a.ts is allowed timer and does not need it',
    ])
  })
})
