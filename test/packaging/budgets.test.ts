import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { budgets, helpMs } from './budgets.ts'
import { moduleGraph } from './module-graph.ts'
import { publishedPackages } from './published-packages.ts'

const project = inject('bareProject')
const packages = publishedPackages()

/** Milliseconds that one run of node takes. */
function once(args: readonly string[]): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}\n${stderr}`)
  return performance.now() - start
}

/**
 * The least difference between running `args` and starting node, over up to 40 pairs; stops as soon as it is within the budget. Other
 * work on the machine only ever adds time, so the least of many is the nearest to the truth and does not flicker.
 */
function cost(args: readonly string[], budget: number): number {
  let bare = Number.POSITIVE_INFINITY
  let full = Number.POSITIVE_INFINITY
  for (let pair = 0; pair < 40; pair += 1) {
    bare = Math.min(bare, once(['--input-type=module', '-e', '']))
    full = Math.min(full, once(args))
    if (pair >= 4 && full - bare <= budget) break
  }
  return full - bare
}

describe.each(packages)('$name', ({ name, doors }) => {
  const budget = budgets[name]
  const folder = join(project, 'node_modules', name)

  it('has a budget', () => {
    expect(budget).toBeDefined()
  })

  it('loads no more bytes at once than its budget', () => {
    expect(moduleGraph(folder, doors[0]?.module ?? '').bytes).toBeLessThanOrEqual(budget?.eagerBytes ?? 0)
  })

  it('is no larger than its budget', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => statSync(join(folder, file)))
    const bytes = files.filter((file) => file.isFile()).reduce((sum, file) => sum + file.size, 0)
    expect(bytes).toBeLessThanOrEqual(budget?.packBytes ?? 0)
  })

  it('is imported within its budget', () => {
    const limit = budget?.importMs ?? 0
    expect(cost(['--input-type=module', '-e', `await import('${name}')`], limit)).toBeLessThanOrEqual(limit)
  })
})

it('every budget belongs to a package', () => {
  expect(Object.keys(budgets).sort()).toEqual(packages.map(({ name }) => name).sort())
})

describe('the hanse command', () => {
  const bin = packages.find(({ name }) => name === '@hanse/cli')?.bin.hanse

  it(`shows its help within ${helpMs} ms of starting node`, () => {
    expect(bin).toBeDefined()
    expect(cost([join('node_modules/@hanse/cli', bin ?? ''), '--help'], helpMs)).toBeLessThanOrEqual(helpMs)
  })
})
