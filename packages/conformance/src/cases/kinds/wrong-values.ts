import type { AnyField, Problem, Shape } from '@hanse/core'

/** A value that a field does not take, and where a refusal must point. */
export interface WrongValue {
  readonly value: unknown
  readonly path: Problem['path']
  /** In words, for messages. */
  readonly what: string
}

const longestText = 100_000

/** Values that a shape does not take: of another type, out of range, too long, with a member too many. */
export function wrongValues(shape: Shape, path: Problem['path']): readonly WrongValue[] {
  const wrong = (what: string, value: unknown, at: Problem['path'] = path): WrongValue => ({ value, path: at, what })
  switch (shape.type) {
    case 'text':
      return [
        wrong('a number', 42),
        wrong('null', null),
        ...(shape.min > 0 ? [wrong('a text too short', 'x'.repeat(shape.min - 1))] : []),
        ...(shape.max < longestText ? [wrong('a text too long', 'x'.repeat(shape.max + 1))] : []),
        ...(shape.format === undefined ? [] : [wrong(`no ${shape.format}`, '%'.repeat(Math.max(shape.min, 4)))]),
      ]
    case 'integer':
      return [
        wrong('a text', 'many'),
        wrong('a fraction', shape.min + 0.5),
        wrong('a number too small', shape.min - 1),
        wrong('not a number', Number.NaN),
        ...(shape.max < Number.MAX_SAFE_INTEGER ? [wrong('a number too large', shape.max + 1)] : []),
      ]
    case 'boolean':
      return [wrong('a text', 'yes')]
    case 'oneOf':
      return [wrong('a word that is none of these', 'nonsense'), wrong('a number', 42)]
    case 'reference':
      return [wrong('a number', 42), wrong('an empty text', '')]
    case 'choice':
      return [
        wrong('a number', 42),
        wrong('an empty text', ''),
        wrong('a selector with an unknown member', { nonsense: 1 }, [...path, 'nonsense']),
      ]
    case 'list':
      return [
        wrong('a text', 'one'),
        ...wrongValues(shape.of, [...path, 0])
          .slice(0, 1)
          .map(({ value, path: at, what }) => wrong(`a list with ${what}`, [value], at)),
      ]
    case 'record':
      return [
        wrong('a text', 'one'),
        ...wrongValues(shape.of, [...path, 'member'])
          .slice(0, 1)
          .map(({ value, path: at, what }) => wrong(`a member that is ${what}`, { member: value }, at)),
      ]
    case 'object':
      return [wrong('a text', 'one')]
    case 'native':
    case 'live':
      return [wrong('a text', 'one')]
    // Bytes, and what lives in the program only, are arguments of actions.
    default:
      return []
  }
}

/** A value of a shape that core lets through: for fields that this cloud does not handle, so that nobody looks further. */
export function sampleOf({ shape }: AnyField): unknown {
  switch (shape.type) {
    case 'text':
      return shape.format === undefined ? 'x'.repeat(Math.max(shape.min, 1)) : formats[shape.format]
    case 'integer':
      return shape.min
    case 'boolean':
      return true
    case 'oneOf':
      return shape.of[0]
    case 'reference':
    case 'choice':
      return 'sample'
    case 'list':
      return []
    case 'record':
    case 'object':
      return {}
    case 'native':
    case 'live':
      return { driver: 'nobody', needs: ['native.nobody'], value: {} }
    default:
      return ''
  }
}

const formats = {
  cidr: '10.255.0.0/24',
  ip: '10.255.0.9',
  hostname: 'sample.example.org',
  digest: `sha256:${'0'.repeat(64)}`,
  sshPublicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA sample',
}
