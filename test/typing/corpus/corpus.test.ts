import { beforeAll, describe, expect, it } from 'vitest'
import { capabilitySets } from './capability-sets.ts'
import type { CapabilitySet } from './capability-sets.ts'
import { compileCorpus, programNames } from './compiled-corpus.ts'
import type { CompileVerdict } from './compiled-corpus.ts'
import { runProgram } from './run-corpus.ts'
import type { RunVerdict } from './run-corpus.ts'

// What the compiler says of a program, against what happens when it runs: on every set of capabilities.

const programs = programNames()
const sets = Object.keys(capabilitySets) as readonly CapabilitySet[]
interface Verdict {
  readonly compiled: CompileVerdict
  readonly ran: RunVerdict
}
const verdicts = new Map<string, Verdict>()
const verdictOf = (name: string, set: CapabilitySet): Verdict => {
  const verdict = verdicts.get(`${name} ${set}`)
  if (verdict === undefined) throw new Error(`${name} has no verdict on ${set}`)
  return verdict
}
const each = programs.flatMap(({ name }) => sets.map((set) => ({ name, set })))
/** Programs whose need no type can see say so in their names. */
const isUnseen = (name: string): boolean => name.startsWith('unseen')

beforeAll(async () => {
  for (const set of sets) {
    const compiled = compileCorpus(capabilitySets[set])
    for (const { file, name } of programs) {
      const verdict = compiled.get(name)
      if (verdict === undefined) throw new Error(`${name} was not compiled`)
      verdicts.set(`${name} ${set}`, { compiled: verdict, ran: await runProgram(file, name, capabilitySets[set]) })
    }
  }
}, 180_000)

describe('the corpus', () => {
  it('has as many programs and sets as it says, each with a verdict', () => {
    expect(programs).toHaveLength(63)
    expect(sets).toHaveLength(6)
    expect(verdicts.size).toBe(programs.length * sets.length)
  })

  it('no program whose need a type can see is accepted and then lacks something', () => {
    const slipped = each.filter(({ name, set }) => {
      const { compiled, ran } = verdictOf(name, set)
      return compiled.accepted && !isUnseen(name) && ['Unsupported', 'missing'].includes(ran.outcome)
    })
    expect(slipped).toEqual([])
  })

  it('no program is refused that would run', () => {
    const harassed = each.filter(({ name, set }) => {
      const { compiled, ran } = verdictOf(name, set)
      return !compiled.accepted && ran.outcome === 'Ok'
    })
    expect(harassed).toEqual([])
  })

  it('what no type sees is refused at run time, before the request that would need it', () => {
    const unseen = each.filter(({ name, set }) => isUnseen(name) && verdictOf(name, set).compiled.accepted)
    const refused = unseen.filter(({ name, set }) => verdictOf(name, set).ran.outcome === 'Unsupported')
    for (const { name, set } of refused) expect(verdictOf(name, set).ran.sent, `${name} on ${set}`).toEqual([])
    expect(refused.length).toBeGreaterThan(10)
  })

  it('what is refused names what is missing', () => {
    for (const { name, set } of each) {
      const { compiled, ran } = verdictOf(name, set)
      if (!compiled.accepted) expect(compiled.message, `${name} on ${set}`).toMatch(/'[\w.]+'/)
      if (ran.outcome === 'Unsupported') expect(ran.message, `${name} on ${set}`).toMatch(/has no|lacks|does not handle|have/)
    }
  })

  it('has these verdicts', async () => {
    const width = Math.max(...programs.map(({ name }) => name.length))
    const cell = ({ compiled, ran }: Verdict): string => (compiled.accepted ? ran.outcome : `- (${ran.outcome})`).padEnd(18)
    const table = [
      `${''.padEnd(width)}  ${sets.map((set) => set.padEnd(18)).join('')}`,
      ...programs.map(({ name }) => `${name.padEnd(width)}  ${sets.map((set) => cell(verdictOf(name, set))).join('')}`),
    ].map((line) => line.trimEnd())
    await expect(`${table.join('\n')}\n`).toMatchFileSnapshot('verdicts.txt')
  })
})
