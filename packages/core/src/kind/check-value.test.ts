import { describe, expect, it } from 'vitest'
import { kinds } from '../kinds.ts'
import { canMake, changeableFields, filterFields, verbOf, verbsOf } from './verb.ts'
import { checkFields, unknownField } from './check-value.ts'
import { bytes, concealed, integer, list, optional, text } from './field.ts'
import { textFormats } from './text-format.ts'
import { secret } from '../secret.ts'

const messages = (fields: Parameters<typeof checkFields>[0], value: unknown): readonly string[] =>
  checkFields(fields, value).map(({ path, message }) => `${path.join('.')}: ${message}`)

describe('checkFields', () => {
  const fields = { name: text('', { min: 2, max: 4 }), count: optional(integer('', { min: 1, max: 3, unit: 'item' })) }

  it('takes what fits, with undefined as left out', () => {
    expect(messages(fields, { name: 'ab', count: undefined, other: undefined })).toEqual([])
  })

  it.each([
    [{}, 'name: is required'],
    [{ name: 5 }, 'name: expected a text, got 5'],
    [{ name: null }, 'name: expected a text, got null'],
    [{ name: 'a' }, 'name: must have at least 2 characters'],
    [{ name: 'abcde' }, 'name: must have at most 4 characters, and has 5'],
    [{ name: 'ab', count: 1.5 }, 'count: expected a whole number (item), got 1.5'],
    [{ name: 'ab', count: Number.NaN }, 'count: expected a whole number (item), got NaN'],
    [{ name: 'ab', count: 4 }, 'count: must be from 1 to 3 item, and is 4'],
    [{ name: 'ab', cuont: 1 }, 'cuont: is not a field here; did you mean count?'],
    [{ name: 'ab', whatever: 1 }, 'whatever: is not a field here; there are name, count'],
    [{ name: 'x'.repeat(99) }, 'name: must have at most 4 characters, and has 99'],
    ['text', ': expected an object, got "text"'],
    [[], ': expected an object, got a list'],
    [10n, ': expected an object, got a bigint'],
  ])('says of %o that %s', (value, message) => {
    expect(messages(fields, value)).toEqual([message])
  })

  it('is not misled by names that every object has', () => {
    expect(messages(fields, JSON.parse('{"name":"ab","__proto__":1,"constructor":2,"toString":3}'))).toHaveLength(3)
    expect(messages({ toString: text('', { max: 3 }) }, {})).toEqual(['toString: is required'])
  })

  it('looks into a secret and never quotes it', () => {
    const hidden = {
      password: concealed(text('', { min: 8, max: 20, pattern: /^x/ })),
      inList: optional(concealed(list('', text('', { max: 1 }), { max: 3 }))),
    }
    expect(messages(hidden, { password: secret('short') })).toEqual(['password: must have at least 8 characters'])
    expect(messages(hidden, { password: 'hunter2000', inList: ['hunter'] }).join()).not.toContain('hunter')
    expect(messages(hidden, { password: secret(5) })).toEqual(['password: expected a text, got something else'])
  })

  it('takes bytes in each of their three forms', () => {
    const content = { content: bytes('') }
    async function* stream(): AsyncGenerator<Uint8Array> {}
    for (const good of ['text', new Uint8Array(), stream()]) expect(messages(content, { content: good })).toEqual([])
    for (const wrong of [5, {}, null, [1]]) expect(messages(content, { content: wrong })).toHaveLength(1)
  })

  it('suggests only what is near', () => {
    expect(unknownField('ke', ['key', 'name'])).toBe('is not a field here; did you mean key?')
    expect(unknownField('a', ['of', 'at'])).toBe('is not a field here; there are of, at')
    expect(unknownField('NAME', ['name'])).toBe('is not a field here; did you mean name?')
    expect(unknownField('x', [])).toBe('is not a field here; there are none')
  })
})

describe('formats of texts', () => {
  it.each([
    [
      'cidr',
      ['10.0.0.0/24', '0.0.0.0/0', 'fd00::/8', '::/0', '2001:db8::1/128'],
      ['10.0.0.0', '10.0.0.0/33', '10.0.0/24', 'fd00::/129', '/24', '10.0.0.0/24/1', '10.0.0.256/8', '10.0.0.0/'],
    ],
    [
      'ip',
      ['10.0.0.1', '::1', '::', '::ffff:10.0.0.1', '1:2:3:4:5:6:7:8'],
      ['10.0.0', '1::2::3', '1:2:3:4:5:6:7', 'g::', '10.0.0.1/8', '', ':::', '1:2:3:4:5:6:7:8:9', '10.0.0.1::'],
    ],
    [
      'hostname',
      ['example.org', 'a', '*.example.org', 'example.org.', 'xn--bcher-kva.example'],
      ['-a.org', 'a..b', '', 'a b', `${'a'.repeat(64)}.org`, 'a.*.org'],
    ],
    ['digest', ['sha256:abc', 'sha512:A0_-='], ['sha256', ':abc', 'sha256:', 'SHA:abc']],
    [
      'sshPublicKey',
      ['ssh-ed25519 AAAAC3Nz me@home', 'ecdsa-sha2-nistp256 AAAA==', 'sk-ssh-ed25519@openssh.com AAAA'],
      ['ssh-ed25519', 'AAAA', 'rsa AAAA', '-----BEGIN PRIVATE KEY-----'],
    ],
  ] as const)('%s', (format, good, wrong) => {
    for (const value of good) expect(textFormats[format].test(value), value).toBe(true)
    for (const value of wrong) expect(textFormats[format].test(value), value).toBe(false)
  })
})

describe('descriptions of kinds', () => {
  it('refer to nothing that is not described', () => {
    for (const kind of Object.values(kinds)) {
      for (const [name, field] of Object.entries(kind.fields)) {
        const shape = field.shape as { readonly type: string; readonly to?: string; readonly of?: unknown }
        if (shape.type === 'reference') expect(Object.keys(kinds), `${kind.kind}.${name}`).toContain(shape.to)
        if (shape.type === 'choice') expect(Object.keys(kinds), `${kind.kind}.${name}`).toContain(shape.of)
        const change: unknown = field.onChange
        if (typeof change === 'object' && change !== null && 'action' in change) expect(Object.keys(kind.actions)).toContain(change.action)
        expect(field.summary === '' ? `${kind.kind}.${name} has no summary` : '').toBe('')
      }
      for (const verb of verbsOf(kind)) if (verb.makes !== undefined) expect(Object.keys(kinds)).toContain(verb.makes)
    }
  })

  it('name each place in a service once, and each kind by its key', () => {
    const places = Object.values(kinds).map(({ service, plural }) => `${service}.${plural}`)
    expect(new Set(places).size).toBe(places.length)
    for (const [name, kind] of Object.entries(kinds)) expect(kind.kind).toBe(name)
  })

  it('say how each kind is recognised, and with what', () => {
    for (const kind of Object.values(kinds)) {
      expect(canMake(kind), kind.kind).toBe(kind.identity !== 'given')
      if (kind.identity === 'natural') expect('joins' in kind && (kind.joins as readonly string[]).length, kind.kind).toBeGreaterThan(1)
      if (kind.identity === 'named') expect(Object.keys(kind.fields)).toContain('name')
    }
  })

  it('give every verb in one form', () => {
    expect(verbsOf(kinds.server).map(({ name }) => name)).toEqual([
      'create',
      'get',
      'list',
      'update',
      'delete',
      'findByKey',
      'start',
      'stop',
      'reboot',
      'resize',
      'snapshot',
      'console',
    ])
    expect(verbsOf(kinds.image).map(({ name }) => name)).toEqual(['get', 'list', 'delete', 'findByKey', 'import', 'export'])
    expect(verbOf(kinds.server, 'resize')).toMatchObject({ needs: 'server.resize', effect: 'changes', on: 'one' })
    expect(verbOf(kinds.server, 'fly')).toBeUndefined()
    expect(Object.keys(changeableFields(kinds.subnet))).toEqual(['name', 'dnsServers', 'labels'])
    expect(Object.keys(filterFields(kinds.volumeAttachment))).toEqual(['volume', 'server'])
  })
})
