import type { AnyKind, AnyResource } from '@hanse/core'
import type { Bench } from '../../bench.ts'
import { expectCode, expectEqual, expectOk } from '../../expect.ts'
import { both, has, isMade } from '../../kind-case.ts'
import type { KindCase } from '../../kind-case.ts'
import type { Spec } from '../../specimen.ts'

const plainTexts = ['name', 'description'] as const
const unpublished = { count: 5, keyLength: 20, valueLength: 255 }
const trickyKeys = ['a-b', 'UPPER', 'with.dot', 'with_underscore', 'with/slash', 'mit Umlaut ü', 'with:colon']
const trickyNames = ['Ærø – 日本 🚢', 'a "quoted" name', "it's 100% {plain} <b>&amp;</b>", 'two  spaces', '%20', 'Ångström', 'x'.repeat(40)]

/** What every kind that can be made does at its limits, and with texts that are no ASCII. */
export const limitCases: readonly KindCase[] = [
  {
    name: 'create/published-limits-are-true',
    rules: ['SPEC-04'],
    applies: both(isMade, has('get'), (kind) => plainTexts.some((field) => field in kind.fields) || 'labels' in kind.fields),
    run: async (bench, kind) => {
      for (const field of plainTexts) {
        const spec = await bench.spec(kind.kind)
        const value = kind.fields[field] === undefined ? undefined : await bench.value(kind.kind, field, spec)
        if (typeof value !== 'string') continue
        const longest = padded(bench, kind, field, value)
        await roundTrip(bench, kind, { ...spec, [field]: longest }, field)
        const beyond = expectCode(
          await bench.create(kind.kind, { ...spec, [field]: `${longest}x` }),
          'InvalidArgument',
          `create with a ${field} of ${longest.length + 1} characters`,
        )
        expectEqual(beyond.details.path, [field], 'where the error points')
      }
      await labelsAtTheLimit(bench, kind)
    },
  },
  {
    name: 'create/names-and-labels-round-trip',
    rules: ['SPEC-05'],
    applies: both(isMade, has('get'), (kind) => 'name' in kind.fields || 'labels' in kind.fields),
    run: async (bench, kind) => {
      const spec = await bench.spec(kind.kind)
      const accepted = (asked: Spec): boolean => bench.cloud.check(kind.kind, { ...spec, ...asked }).length === 0
      const names = kind.identity === 'marked' && 'name' in kind.fields ? trickyNames.filter((name) => accepted({ name })) : []
      const texts = 'labels' in kind.fields ? ['', 'plain', ...trickyNames].filter((text) => accepted({ labels: { text } })) : []
      const keys = 'labels' in kind.fields ? trickyKeys.filter((key) => accepted({ labels: { [key]: 'value' } })) : []
      const labels = Object.fromEntries([...texts.map((text, index) => [`t${index}`, text]), ...keys.map((key) => [key, 'value'])])
      const [first, ...others] = names
      const asked = { ...spec, ...(first === undefined ? {} : { name: first }), ...(keys.length + texts.length === 0 ? {} : { labels }) }
      const made = await roundTrip(bench, kind, asked, 'name' in kind.fields ? 'name' : 'labels')
      expectEqual(made.labels, keys.length + texts.length === 0 ? made.labels : labels, 'the labels')
      for (const name of others) {
        if (!kind.verbs.includes('update')) await roundTrip(bench, kind, { ...(await bench.spec(kind.kind)), name }, 'name')
        else {
          await bench.ready(expectOk(await bench.service(kind.kind).update(made.id, { name }), `update of the name to ${name}`))
          expectEqual(expectOk(await bench.service(kind.kind).get(made.id), 'get').name, name, 'the name as get shows it')
        }
      }
    },
  },
]

/** A text as long as the cloud takes it: the limit of the kind, or the narrower one that the cloud publishes. */
function padded(bench: Bench, kind: AnyKind, field: string, value: string): string {
  const shape = kind.fields[field]?.shape
  const limit = bench.cloud.limits[kind.kind]?.fields?.[field]
  const most = Math.min(shape?.type === 'text' ? shape.max : value.length, limit?.max ?? Infinity, limit?.maxBytes ?? Infinity)
  return value.includes('.') ? paddedDomain(value, most) : value + 'a'.repeat(Math.max(0, most - value.length))
}

/** A domain name is made of labels of at most 63 characters (RFC 1123), so it is not padded in one piece. */
function paddedDomain(name: string, most: number): string {
  const room = most - name.length - 1
  if (room < 1) return name
  // A single character that is left has no place for its dot.
  const label = Math.min(63, room) - (room === 65 ? 1 : 0)
  return paddedDomain(`${'a'.repeat(label)}.${name}`, most)
}

async function labelsAtTheLimit(bench: Bench, kind: AnyKind): Promise<void> {
  const spec = await bench.spec(kind.kind)
  if (!('labels' in kind.fields) || !bench.handles(kind.kind, 'labels', {})) return
  const published = bench.cloud.limits[kind.kind]?.labels
  const { count = unpublished.count, keyLength = unpublished.keyLength, valueLength = unpublished.valueLength } = published ?? {}
  const name = (index: number): string => `l${index}`.padEnd(keyLength, 'a')
  const value = 'v'.repeat(Math.min(valueLength, unpublished.valueLength))
  const most = Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), index === 0 ? value : 'v']))
  await roundTrip(bench, kind, { ...spec, labels: most }, 'labels')
  const beyond: readonly (readonly [unknown, string])[] = [
    ...(published?.count === undefined ? [] : [[{ ...most, more: 'v' }, `${count + 1} labels`] as const]),
    ...(published?.keyLength === undefined ? [] : [[{ ['a'.repeat(keyLength + 1)]: 'v' }, 'a label with a name too long'] as const]),
    [{ long: `${value}v` }, 'a label with a value too long'],
  ]
  for (const [labels, what] of beyond) {
    const refused = expectCode(await bench.create(kind.kind, { ...spec, labels } as Spec), 'InvalidArgument', `create with ${what}`)
    expectEqual(refused.details.path[0], 'labels', 'where the error points')
  }
}

async function roundTrip(bench: Bench, kind: AnyKind, spec: Spec, field: string): Promise<AnyResource> {
  const made = await bench.ready(expectOk(await bench.create(kind.kind, spec), `create with ${field} ${JSON.stringify(spec[field])}`))
  const seen = expectOk(await bench.service(kind.kind).get(made.id), 'get')
  expectEqual((seen.observed as Spec)[field], spec[field], `${field} as get shows it`)
  return seen
}
