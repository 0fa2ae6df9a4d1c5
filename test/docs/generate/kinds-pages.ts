import type { AnyKind, Verb } from '@hanse/core'
import { kinds, specSchema, verbsOf } from '@hanse/core'
import { pageOf } from './capabilities-page.ts'
import { fieldTable, shapeInWords } from './field-table.ts'
import type { GeneratedFile } from './generated-files.ts'
import { code, markdownTable, meanings } from './markdown-table.ts'

const described: readonly AnyKind[] = Object.values(kinds)

/** A page for each kind, and one that lists them; all from the descriptions in core. */
export const kindsPages = (): readonly GeneratedFile[] => [index(), ...described.map(page)]

const index = (): GeneratedFile => {
  const rows = described.map((kind) => [
    `[\`${kind.kind}\`](${pageOf(kind.kind)})`,
    `\`cloud.${kind.service}.${kind.plural}\``,
    kind.summary,
  ])
  const text = `# Kinds

Every kind of resource, as its description in core says it. The descriptions are data: checks, plans, flags and these pages are made from the same. [Kinds as data](../../explanation/kinds-as-data.md) says why.

${markdownTable(['kind', 'service', 'what it is'], rows)}
`
  return { path: 'docs/reference/kinds/README.md', text }
}

const page = (kind: AnyKind): GeneratedFile => {
  const hasFields = Object.keys(kind.fields).length > 0
  const outputs = Object.entries(kind.outputs)
  const parts = [
    `# ${kind.kind}`,
    `${kind.summary} In code: \`cloud.${kind.service}.${kind.plural}\`. Capability: \`${kind.kind}\`.`,
    `${identity(kind)}${kind.parent === undefined ? '' : ` It is part of the ${kind.fields[kind.parent]?.shape.type === 'reference' ? code(kind.parent) : kind.parent} that it names, and lists take that as a filter.`}`,
    ...(hasFields ? [`## ${kind.identity === 'given' ? 'What it shows' : 'Spec'}`, fieldTable(kind.fields)] : []),
    '## Verbs',
    markdownTable(
      ['verb', 'what it does', 'needs beside'],
      verbsOf(kind).flatMap((verb) => [
        [`\`${call(verb)}\``, verb.summary, code(verb.needs)],
        ...(verb.name === 'list' && kind.verbs.includes('list')
          ? [['`find(nameOrId)`', 'The one of this name or id.', code(verb.needs)]]
          : []),
      ]),
    ),
    ...(hasFields
      ? [
          '## Phases',
          markdownTable(
            ['phase', 'that is'],
            Object.entries(kind.phases).map(([phase, meaning]) => [code(phase), meanings[meaning]]),
          ),
        ]
      : []),
    ...(outputs.length === 0
      ? []
      : [
          '## Outputs',
          markdownTable(
            ['output', 'value'],
            outputs.map(([name, shape]) => [code(name), shapeInWords(shape)]),
          ),
        ]),
    ...(kind.identity === 'given' || !hasFields ? [] : ['## JSON Schema', schema(kind)]),
  ]
  return { path: `docs/reference/kinds/${pageOf(kind.kind)}`, text: `${parts.join('\n\n')}\n` }
}

function identity(kind: AnyKind): string {
  switch (kind.identity) {
    case 'marked':
      return 'It carries the mark of its create request (key and owner), and is recognised by that.'
    case 'named':
      return 'It is recognised by its name.'
    case 'natural':
      return `It is recognised by what it joins: ${(kind.joins ?? []).map(code).join(', ')}.`
    case 'given':
      return 'Nobody creates it by a spec, so it carries no mark.'
  }
}

/** A verb as one calls it. */
function call({ name, on, takes, options }: Verb): string {
  const own = Object.entries(takes).map(([argument, { optional }]) => (optional || argument === 'filter' ? `${argument}?` : argument))
  const named = Object.entries(options ?? {}).map(([option, { optional }]) => (optional ? `${option}?` : option))
  return `${name}(${[...(on === 'one' ? ['id'] : []), ...own, ...(named.length === 0 ? [] : [`{ ${named.join(', ')} }`])].join(', ')})`
}

const schema = (kind: AnyKind): string =>
  `<details>\n<summary>The spec as JSON Schema</summary>\n\n\`\`\`json\n${JSON.stringify(specSchema(kind), undefined, 2)}\n\`\`\`\n\n</details>`
