import type { ConformanceCase, Rule } from '@hanse/conformance'

/** The parts of the page, by the prefixes of the rules. */
const parts: readonly (readonly [title: string, ...prefixes: readonly string[]])[] = [
  ['Every call', 'GEN'],
  ['Specs', 'SPEC'],
  ['Life and identity', 'LIFE', 'IDEM'],
  ['Lists', 'PAGE', 'LIST'],
  ['Places', 'LOC'],
  ['Servers and what they are made of', 'SIZE', 'SRV', 'IMG', 'KEY', 'GRP'],
  ['Volumes', 'VOL'],
  ['Buckets and objects', 'BKT', 'OBJ'],
  ['Networks', 'NET', 'SUB', 'RTR', 'SG', 'FIP', 'LB', 'DNS', 'PORT'],
  ['Registries', 'REP', 'BLOB', 'MAN', 'TAG', 'ART'],
]

const prefixOf = (rule: Rule): string => rule.id.split('-')[0] ?? ''

/** The page of the driver contract, made of the rules and the cases of the kit. */
export function contractPage(rules: readonly Rule[], cases: readonly ConformanceCase[]): string {
  const sections = parts.flatMap(([title, ...prefixes]) => {
    const own = rules.filter((rule) => prefixes.includes(prefixOf(rule)))
    return own.length === 0 ? [] : [`## ${title}`, ...own.map((rule) => section(rule, cases))]
  })
  return `${[...head, table(rules), ...sections].join('\n\n')}\n`
}

/** Rules that no part of the page would show. */
export const homeless = (rules: readonly Rule[]): readonly string[] =>
  rules.filter((rule) => !parts.some(([, ...prefixes]) => prefixes.includes(prefixOf(rule)))).map(({ id }) => id)

const head = [
  '<!-- Made by `npm run docs:contract` from packages/conformance/src/rules and the cases beside them. Do not edit. -->',
  '# The driver contract',
  '> **A driver may rely on nothing that is not a rule here; core may rely on everything that is.**',
  'MUST and SHOULD are those of RFC 2119. Each rule has a number that is never used again, the smallest code of a driver that satisfies it, and the cases of `@hanse/conformance` that check it. A case that fails prints its rule. What a driver does not declare it need not do: a cloud is asked the cases of its capabilities, and for the others only whether they are really absent.',
  'Core does much of this for every driver: it checks arguments, ends calls at their deadline, looks for what a lost answer has made, and hides native objects. Rules say what holds for callers; their code says what is left for a driver to do.',
]

const table = (rules: readonly Rule[]): string =>
  [
    '| rule | level | needs | summary |',
    '|---|---|---|---|',
    ...rules.map(({ id, level, needs, summary }) => `| [${id}](#${id.toLowerCase()}) | ${level} | ${needs ?? 'any cloud'} | ${summary} |`),
  ].join('\n')

function section(rule: Rule, cases: readonly ConformanceCase[]): string {
  return [
    `### ${rule.id}`,
    `${rule.text}`,
    `*Why:* ${rule.reason}`,
    `\`\`\`js\n${rule.code}\n\`\`\``,
    `*Cases:* ${casesOf(rule, cases) || 'none'}`,
  ].join('\n\n')
}

/** The cases of a rule; those that every kind has are named once, with the kinds that have them. */
function casesOf(rule: Rule, cases: readonly ConformanceCase[]): string {
  const own = cases.filter((each) => each.rules.some((id) => id === rule.id))
  const byName = new Map<string, string[]>()
  for (const { id, kind } of own) {
    const name = kind !== undefined && id.startsWith(`${kind}.`) ? id.slice(kind.length + 1) : id
    byName.set(name, [...(byName.get(name) ?? []), id])
  }
  const absences = own.filter(({ absent }) => absent !== undefined)
  const named = [...byName].flatMap(([name, ids]) => {
    if (ids.some((id) => absences.some((absence) => absence.id === id))) return []
    return [ids.length === 1 ? `\`${ids[0]}\`` : `\`${name}\` of ${ids.length} kinds`]
  })
  return [...named, ...(absences.length === 0 ? [] : [`\`is-absent\` of ${absences.length} capabilities`])].join(', ')
}
