import { readFileSync } from 'node:fs'
import { allCases, rules } from '@hanse/conformance'
import { kinds } from '@hanse/core'
import { describe, expect, it } from 'vitest'
import { contractPage, homeless } from './contract-page.ts'

const cases = allCases()
const page = (): string => readFileSync(new URL('../../docs/reference/driver-contract.md', import.meta.url), 'utf8')

describe('the driver contract', () => {
  it('has a case for every MUST', () => {
    expect(rules.filter(({ id, level }) => level === 'MUST' && !cases.some((each) => each.rules.includes(id))).map(({ id }) => id)).toEqual(
      [],
    )
  })

  it('has a rule for every case', () => {
    const known = new Set<string>(rules.map(({ id }) => id))
    expect(cases.filter((each) => each.rules.length === 0 || each.rules.some((id) => !known.has(id))).map(({ id }) => id)).toEqual([])
  })

  it('says what it means in the words of RFC 2119', () => {
    expect(rules.filter(({ text, level }) => !new RegExp(`\\b${level}\\b`).test(text)).map(({ id }) => id)).toEqual([])
  })

  it('has no number twice, and a place for each', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    expect(homeless(rules)).toEqual([])
  })

  it('is the page that `npm run docs:contract` writes', () => {
    expect(page()).toBe(contractPage(rules, cases))
  })

  it('names on its page every rule, and nothing that is none', () => {
    const named = [...page().matchAll(/^### (\S+)$/gm)].map(([, id]) => id)
    expect(named.sort()).toEqual(rules.map(({ id }) => id).sort())
  })
})

describe('the cases of the kit', () => {
  it('have an id of their own each', () => {
    const ids = cases.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it('are about kinds that there are', () => {
    expect(cases.filter(({ kind }) => kind !== undefined && !(kind in kinds)).map(({ id }) => id)).toEqual([])
  })

  it('are about every kind', () => {
    expect(Object.keys(kinds).filter((name) => cases.filter(({ kind }) => kind === name).length < 3)).toEqual([])
  })

  it('have a refusal for every kind that one can make or write', () => {
    const refusals = cases.filter(({ id }) => /refused|refuses|invalid|not-found|breaks-off/.test(id))
    const onlyRead = ['region', 'zone', 'quota']
    expect(Object.keys(kinds).filter((name) => !refusals.some(({ kind }) => kind === name))).toEqual(onlyRead)
  })
})
