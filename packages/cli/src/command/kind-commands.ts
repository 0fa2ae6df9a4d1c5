import { kinds, verbsOf } from '@hanse/core'
import type { AnyField, AnyKind, Verb } from '@hanse/core'
import type { ArgumentDefinition, CommandDefinition, CommandGroup, OptionDefinition } from './command.ts'
import { fieldFlag } from './field-flag.ts'
import { kebabCase } from './kebab-case.ts'
import { wholeNumber } from './parse-option.ts'
import { everywhere, ofProject } from './shared-options.ts'

/** How a verb of a kind is called from the command line. */
export interface VerbShape {
  /** Fields that are words after the command, in order, after the resource itself. */
  readonly words: readonly (readonly [string, AnyField])[]
  /** Fields that are flags: a filter's, or the options of the verb. */
  readonly flags: readonly (readonly [string, AnyField])[]
}

/** Commands for every kind that can be looked at, made of the descriptions of the kinds and of nothing else. */
export const kindGroups = (known: Readonly<Record<string, AnyKind>> = kinds): readonly CommandGroup[] =>
  Object.values(known)
    .map((kind) => ({
      name: kebabCase(kind.kind),
      summary: kind.summary,
      heading: kind.service,
      commands: verbsOf(kind).flatMap((verb) => commandOf(kind, verb)),
    }))
    .filter(({ commands }) => commands.length > 0)

/** What a command line gives of a verb; undefined when something that it needs cannot be typed. */
export function verbShape(verb: Verb): VerbShape | undefined {
  const words = Object.entries(verb.takes).filter(([name]) => name !== 'filter')
  if (!words.every(([, { shape }]) => typed.includes(shape.type))) return undefined
  const filter = verb.takes['filter']?.shape
  const fields = { ...(filter?.type === 'object' ? filter.fields : {}), ...verb.options }
  const flags = Object.entries(fields)
  if (flags.some(([name, field]) => !field.optional && fieldFlag(name, field) === undefined)) return undefined
  return { words, flags: flags.filter(([name, field]) => fieldFlag(name, field) !== undefined) }
}

const typed: readonly string[] = ['text', 'reference', 'choice', 'oneOf', 'integer']
const limit: OptionDefinition = { flags: '--limit <n>', summary: 'at most so many', parse: wholeNumber(1, 1_000_000_000) }
const cloud: OptionDefinition = {
  flags: '--cloud <name>',
  summary: 'the cloud; the only one of the environment when left out',
  repeats: true,
}

function commandOf(kind: AnyKind, verb: Verb): readonly CommandDefinition[] {
  // A look-up by key is for tools: it needs what only they keep.
  if ((verb.effect !== 'reads' && verb.effect !== 'lists') || verb.name === 'findByKey') return []
  const shape = verbShape(verb)
  if (shape === undefined) return []
  const name = verb.name === 'list' ? 'ls' : kebabCase(verb.name)
  const takes: readonly ArgumentDefinition[] = [
    ...(verb.on === 'one' ? [{ name: 'name-or-id', summary: `the ${wordsOf(kind.kind)}` }] : []),
    ...shape.words.map(([word, field]) => ({ name: kebabCase(word), summary: field.summary.replace(/\.$/, '') })),
  ]
  const options = shape.flags.flatMap(([flag, field]) => fieldFlag(flag, field)?.option ?? [])
  const line = ['hanse', kebabCase(kind.kind), name, ...takes.map((argument) => exampleWord(argument.name))].join(' ')
  const needed = shape.flags.filter(([, field]) => !field.optional).map(([flag, field]) => ` --${kebabCase(flag)} ${exampleValue(field)}`)
  return [
    {
      name,
      summary: summaryOf(kind, verb),
      ...(verb.needs === undefined ? {} : { description: `Needs a cloud that has ${verb.needs}.` }),
      takes,
      options: [...options, ...(verb.effect === 'lists' ? [limit] : []), cloud, ...ofProject, ...everywhere],
      examples: [
        { command: `${line}${needed.join('')}`, does: 'on the cloud of the environment' },
        { command: `${line}${needed.join('')} --cloud home --json`, does: 'on the cloud home, as JSON' },
      ],
      load: async () => (await import('../commands/read-kind.ts')).readKind(kind, verb, shape),
    },
  ]
}

function summaryOf(kind: AnyKind, verb: Verb): string {
  if (kind.verbs.includes('list') && verb.name === 'list') return `lists ${wordsOf(kind.plural)}`
  if (kind.verbs.includes('get') && verb.name === 'get') return `shows one of the ${wordsOf(kind.plural)}`
  const words = verb.summary.replace(/\.$/, '')
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`
}

const wordsOf = (name: string): string => kebabCase(name).replaceAll('-', ' ')

const exampleWords: Readonly<Record<string, string>> = {
  'name-or-id': 'web',
  bucket: 'site',
  key: 'index.html',
  repository: 'shop/web',
  tag: '1.4',
  reference: 'shop/web:1.4',
}
const exampleWord = (argument: string): string => exampleWords[argument] ?? argument.toUpperCase()

const exampleValue = ({ shape }: AnyField): string =>
  shape.type === 'oneOf'
    ? (shape.of[0] ?? '')
    : shape.type === 'integer'
      ? String(Math.min(Math.max(shape.min, 60_000), shape.max))
      : 'VALUE'
