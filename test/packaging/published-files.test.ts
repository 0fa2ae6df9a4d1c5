import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { importsOf } from '../architecture/imports-of.ts'
import { repositoryRoot } from '../architecture/source-file.ts'
import { publishedPackages } from './published-packages.ts'

const project = inject('bareProject')

describe.each(publishedPackages())('the pack of $name', ({ name, doors, bin }) => {
  const folder = join(project, 'node_modules', name)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(folder, file)).isFile())
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

  it('holds the build, a README, the licence, and nothing else', () => {
    expect(files.filter((file) => !file.startsWith('dist/')).sort()).toEqual(['LICENSE', 'README.md', 'package.json'])
    expect(files.filter((file) => !/^dist\/.*\.(mjs|d\.mts)(\.map)?$|^(LICENSE|README\.md|package\.json)$/.test(file))).toEqual([])
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe(readFileSync(join(repositoryRoot, 'LICENSE'), 'utf8'))
  })

  it('has a module, declarations and source maps for every door and command', () => {
    const modules = [...doors.map((door) => door.module), ...Object.values(bin).map((path) => path.replace(/^\.\//, ''))]
    for (const path of [...modules, ...doors.map((door) => door.types)]) expect(files).toContain(path)
    for (const path of modules) expect(files).toContain(`${path}.map`)
  })

  it('has no file that neither a door nor a command leads to', () => {
    const reached = new Set<string>()
    const visit = (path: string): void => {
      if (reached.has(path)) return
      reached.add(path)
      const text = readFileSync(join(folder, path), 'utf8')
      for (const { specifier } of importsOf({ path, text })) {
        if (!specifier.startsWith('.')) continue
        const next = join(path, '..', specifier)
        visit(path.endsWith('.d.mts') ? next.replace(/(\.d)?\.mjs$/, '.d.mts') : next)
      }
    }
    for (const door of doors) {
      visit(door.module)
      visit(door.types)
    }
    for (const path of Object.values(bin)) visit(path.replace(/^\.\//, ''))
    const built = files.filter((file) => file.startsWith('dist/') && !file.endsWith('.map'))
    expect(built.filter((file) => !reached.has(file))).toEqual([])
  })

  it('names released versions and no source', () => {
    const text = readFileSync(join(folder, 'package.json'), 'utf8')
    expect(text).not.toMatch(/workspace:|catalog:|@hanse\/source|\.\/src\//)
    expect(Object.keys(manifest.exports)).toEqual([...doors.map((door) => `.${door.specifier.slice(name.length)}`), './package.json'])
  })

  it('names no folder of the machine that built it', () => {
    const places = [repositoryRoot.replace(/\/$/, ''), process.env.HOME].filter((place) => place !== undefined && place.length > 5)
    for (const file of files) for (const place of places) expect(readFileSync(join(folder, file), 'utf8'), file).not.toContain(place)
  })

  it('carries its sources in its maps, so that traces can be followed without the repository', () => {
    for (const file of files.filter((path) => path.endsWith('.mjs.map'))) {
      const map = JSON.parse(readFileSync(join(folder, file), 'utf8'))
      expect(map.sourcesContent?.length, file).toBe(map.sources.length)
    }
  })

  it('has commands that the system can start', () => {
    for (const [command, path] of Object.entries(bin)) {
      expect(readFileSync(join(folder, path), 'utf8').startsWith('#!/usr/bin/env node\n'), path).toBe(true)
      expect(existsSync(join(project, 'node_modules/.bin', command))).toBe(true)
    }
  })
})
