import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repositoryRoot } from '../architecture/source-file.ts'
import { generatedFiles, withCapabilities } from './generate/generated-files.ts'

const files = await generatedFiles()
const kept = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8')

describe('a page that is made from the code', () => {
  it.each(files.map(({ path, text }) => ({ path, text })))('is up to date: $path', ({ path, text }) => {
    expect(kept(path), `${path} is out of date. To write it anew: npm run docs`).toBe(text)
  })

  it('is gone when its kind is', () => {
    const pages = readdirSync(join(repositoryRoot, 'docs/reference/kinds')).map((file) => `docs/reference/kinds/${file}`)
    expect(pages.filter((page) => !files.some(({ path }) => path === page))).toEqual([])
  })

  it('stands between markers in the README, and nowhere else', () => {
    const text = withCapabilities('a\n<!-- capabilities:begin -->\nold\n<!-- capabilities:end -->\nb\n')
    expect(text).toMatch(/^a\n<!-- capabilities:begin -->\n\| .*server.*\n<!-- capabilities:end -->\nb\n$/s)
    expect(text).not.toContain('old')
    expect(withCapabilities('no markers')).toBe('no markers')
  })
})
