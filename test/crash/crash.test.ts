import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleProgram } from './bundle-program.ts'
import type { Contents } from './cloud-contents.ts'
import type { Case } from './judge.ts'
import type { KillPoint, Passed, Phase } from './kill-point.ts'
import { places } from './kill-point.ts'
import type { Which } from './killed-run.ts'

const run = promisify(execFile)

/** A phase that nobody disturbed: where it began, what it came by, what it left. */
interface Undisturbed {
  readonly phase: Phase
  readonly from: string
  readonly passed: Passed
  readonly left: readonly Contents['resources'][]
}

describe('a run that is killed', () => {
  let folder: string
  let program: string
  let shop: readonly Undisturbed[]
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hanse-crash-test-'))
    program = await bundleProgram(join(folder, 'program'))
    shop = await undisturbed('shop')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** Brings a stack to its first version, to its second, and away, each in a process of its own that is left in peace. */
  async function undisturbed(which: Which): Promise<readonly Undisturbed[]> {
    const phases: Undisturbed[] = []
    let from = join(folder, which, 'before')
    await mkdir(from, { recursive: true })
    for (const phase of ['first', 'second', 'none'] as const) {
      const after = join(folder, which, phase)
      await run('cp', ['-R', from, after])
      const passed = JSON.parse((await run(process.execPath, [program, after, which, phase])).stdout) as Passed
      const seen = JSON.parse((await run(process.execPath, [program, 'look', after, which])).stdout) as readonly Contents[]
      const left = seen.map(({ resources }) => resources)
      phases.push({ phase, from, passed, left })
      from = after
    }
    return phases
  }

  const pointsOf = ({ appends, changes }: Passed): readonly KillPoint[] =>
    places.flatMap((at) => Array.from({ length: at === 'after the cloud' ? changes : appends }, (_, index) => ({ at, count: index + 1 })))

  /** Judges as many cases at a time as there are processors. What it gives is every fault, with the place of the kill. */
  async function judgeAll(cases: readonly Case[]): Promise<readonly string[]> {
    const judges = Math.max(2, cpus().length)
    const found = await Promise.all(
      Array.from({ length: judges }, async (_, own) => {
        const mine = cases.filter((_each, index) => index % judges === own)
        const file = join(folder, `cases-${own}.json`)
        await writeFile(file, JSON.stringify(mine))
        const { stdout } = await run(process.execPath, [program, 'judge', file], { maxBuffer: 64 * 2 ** 20 })
        const verdicts = stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as readonly string[])
        expect(verdicts).toHaveLength(mine.length)
        return verdicts.flatMap((wrong, index) => wrong.map((fault) => `${nameOf(mine[index])}: ${fault}`))
      }),
    )
    return found.flat()
  }

  const nameOf = (each: Case | undefined): string =>
    each === undefined ? '?' : `${each.which}, ${each.phase}, killed ${each.kill.at} ${each.kill.count}`

  it('leaves nothing that the next run does not finish, whichever line of its journal it dies at', { timeout: 600_000 }, async () => {
    expect(Object.keys(shop[0]?.left[0] ?? {})).toHaveLength(18) // Twenty; a set of files and an image are seen in their bucket and repository.
    expect(shop[2]?.left[0]).toEqual({})
    const cases = shop.flatMap(({ phase, from, passed, left }) =>
      pointsOf(passed).map(
        (kill, index): Case => ({ which: 'shop', phase, kill, from, expected: left, goesOn: true, destroys: index % 5 === 0 }),
      ),
    )
    expect(cases).toHaveLength(shop.reduce((sum, { passed }) => sum + 2 * passed.appends + passed.changes, 0))
    expect(cases.length).toBeGreaterThan(300)
    expect(await judgeAll(cases)).toEqual([])
  })

  it('is told about in the documentation with the numbers that hold', async () => {
    const page = await readFile(new URL('../../docs/explanation/crash-safety.md', import.meta.url), 'utf8')
    const names: Readonly<Record<Phase, string>> = { first: 'first apply', second: 'second apply', none: 'destroy' }
    const rows = shop.map(({ phase, passed }) => `| ${names[phase]} | ${passed.appends} | ${passed.changes} | ${pointsOf(passed).length} |`)
    expect(
      page
        .match(/kill points: made from test\/crash -->\n([\s\S]*?)\n<!--/)?.[1]
        ?.split('\n')
        .slice(2),
    ).toEqual(rows)
  })

  it('leaves nothing that a destroy does not take away', { timeout: 300_000 }, async () => {
    const cases = shop.slice(0, 2).flatMap(({ phase, from, passed, left }) =>
      pointsOf(passed)
        .filter((_, index) => index % 4 === 3)
        .map((kill): Case => ({ which: 'shop', phase, kill, from, expected: left, goesOn: false, destroys: true })),
    )
    expect(await judgeAll(cases)).toEqual([])
  })

  it('is finished on every cloud of a stack over two', { timeout: 300_000 }, async () => {
    const phases = await undisturbed('hybrid')
    const cases = phases.flatMap(({ phase, from, passed, left }) =>
      pointsOf(passed)
        .filter((_, index) => index % 4 === 1)
        .map((kill): Case => ({ which: 'hybrid', phase, kill, from, expected: left, goesOn: true, destroys: true })),
    )
    expect(await judgeAll(cases)).toEqual([])
  })
})
