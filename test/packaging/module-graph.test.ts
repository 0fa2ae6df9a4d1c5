import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { moduleGraph } from './module-graph.ts'
import { publishedPackages } from './published-packages.ts'

const modules = join(inject('bareProject'), 'node_modules')
const packages = publishedPackages()

/** Every published package that `name` loads, directly or through others. */
function reach(name: string, how: 'eager' | 'any', seen: Set<string> = new Set()): ReadonlySet<string> {
  const found = packages.find((candidate) => candidate.name === name)
  if (found === undefined || seen.has(name)) return seen
  seen.add(name)
  const entries = [...found.doors.map((door) => door.module), ...Object.values(found.bin)]
  for (const entry of entries) {
    const graph = moduleGraph(join(modules, name), entry)
    for (const next of how === 'eager' ? graph.eager : [...graph.eager, ...graph.lazy]) reach(next, how, seen)
  }
  return seen
}

const drivers = packages.map((found) => found.name).filter((name) => name.startsWith('@hanse/driver-'))

describe('what a build loads', () => {
  it.each(packages)('$name: only what its manifest lists', ({ name, doors, bin, dependencies }) => {
    for (const entry of [...doors.map((door) => door.module), ...Object.values(bin)]) {
      const { eager, lazy } = moduleGraph(join(modules, name), entry)
      expect([...eager, ...lazy].filter((found) => !dependencies.includes(found))).toEqual([])
    }
  })

  it('core: errors as values and digests, nothing else, from either door', () => {
    const core = packages.find(({ name }) => name === '@hanse/core')
    expect(core?.doors.length).toBeGreaterThan(1)
    for (const door of core?.doors ?? []) {
      const { eager, lazy } = moduleGraph(join(modules, '@hanse/core'), door.module)
      expect([...eager, ...lazy].filter((name) => !['neverthrow', '@noble/hashes'].includes(name))).toEqual([])
    }
  })

  it.each(['@hanse/core', '@hanse/conformance', '@hanse/provisioning'])('%s: no driver, not even later', (name) => {
    expect(drivers).not.toEqual([])
    expect([...reach(name, 'any')].filter((found) => drivers.includes(found))).toEqual([])
  })

  it('the command: no driver at once', () => {
    expect([...reach('@hanse/cli', 'eager')].filter((found) => drivers.includes(found))).toEqual([])
  })
})

describe('the graph', () => {
  it('follows chunks, re-exports and later loads', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hanse-graph-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'index.mjs'), "export { a } from './a.mjs'\nexport const b = () => import('./b.mjs')\n")
    writeFileSync(join(folder, 'a.mjs'), "import { ok } from 'neverthrow'\nexport const a = ok\n")
    writeFileSync(join(folder, 'b.mjs'), "import '@hanse/driver-local/x'\n")
    expect(moduleGraph(folder, 'index.mjs')).toMatchObject({
      files: ['a.mjs', 'index.mjs'],
      eager: ['neverthrow'],
      lazy: ['@hanse/driver-local'],
    })
  })
})
