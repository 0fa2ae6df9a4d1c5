import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repositoryRoot } from '../architecture/source-file.ts'

const folder = join(repositoryRoot, 'examples')
// The demo is the main job of the repository, and no lesson.
const examples = readdirSync(folder).filter((name) => /^\d\d-/.test(name) && name !== '00-demo')
const read = (example: string, file: string): string => readFileSync(join(folder, example, file), 'utf8')

/** Sentences of a README below its title; code and links count as words. */
const sentencesOf = (readme: string): number =>
  readme
    .replace(/^#.*$/m, '')
    .replaceAll(/`[^`]*`|\]\([^)]*\)/g, 'x')
    .match(/[.!?](?=\s|$)/g)?.length ?? 0

describe.each(examples)('the example %s', (example) => {
  it('is a program of at most 60 lines', () => {
    expect(read(example, 'main.ts').trimEnd().split('\n').length).toBeLessThanOrEqual(60)
  })

  it('runs when it is started, and not when it is imported', () => {
    expect(read(example, 'main.ts')).toMatch(/^export async function main\(/m)
    expect(read(example, 'main.ts')).toMatch(/^if \(process\.argv\[1\] === import\.meta\.filename\) .*await main\(.*\)$/m)
  })

  it('is introduced in three sentences', () => {
    expect(sentencesOf(read(example, 'README.md'))).toBe(3)
  })
})
