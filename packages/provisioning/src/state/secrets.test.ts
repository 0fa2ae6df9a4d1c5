import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { isSealed, openSecrets, sealSecrets } from './secrets.ts'
import { generateStateKey } from './state-key.ts'

const canary = 'canary-5f0c-do-not-tell'
const key = generateStateKey()
const place = { stackId: 'id-of-stack', address: 'edge.cache', path: ['spec'] }
const spec = {
  name: 'cache',
  userData: canary,
  users: [
    { name: 'root', password: canary },
    { name: 'web', password: canary },
  ],
  token: { nested: canary },
}
const secret = ['spec.userData', 'spec.users.0.password', 'spec.users.1.password', 'spec.token']
const isSecret = (path: readonly (string | number)[]): boolean => secret.includes(path.join('.'))
const sealed = sealSecrets(spec, isSecret, key, place)._unsafeUnwrap()

describe('secrets in a state', () => {
  it('are found nowhere in what is written and come back as they were', () => {
    expect(JSON.stringify(sealed)).not.toContain(canary)
    expect(JSON.stringify(sealed)).not.toContain(Buffer.from(canary).toString('base64').slice(0, 12))
    expect(sealed).toMatchObject({ name: 'cache', users: [{ name: 'root', password: { $key: key.id } }, { name: 'web' }] })
    expect(openSecrets(sealed, key, place)._unsafeUnwrap()).toEqual(spec)
  })

  it('do not show that two of them are equal', () => {
    const { users } = sealed as unknown as { users: readonly { password: { $secret: string } }[] }
    expect(users[0]?.password.$secret).not.toBe(users[1]?.password.$secret)
  })

  it.each([null, false, 0, '', [], {}, [1, { a: null }]])('can be any value: %j', (value) => {
    const hidden = sealSecrets(value, () => true, key, place)._unsafeUnwrap()
    expect(isSealed(hidden)).toBe(true)
    expect(openSecrets(hidden, key, place)._unsafeUnwrap()).toEqual(value)
  })

  it('need the key that they were sealed with, and say which', () => {
    const other = generateStateKey()
    const error = openSecrets(sealed, other, place)._unsafeUnwrapErr()
    expect(error).toMatchObject({ code: 'WrongStateKey', details: { needed: key.id, given: other.id } })
    expect(error.message).toContain(key.id)
    expect(openSecrets(sealed, undefined, place)._unsafeUnwrapErr()).toMatchObject({
      code: 'WrongStateKey',
      details: { needed: key.id, given: undefined },
    })
    expect(inspect(error, { depth: 9 })).not.toContain(canary)
  })

  it.each([
    ['stack', { ...place, stackId: 'another' }],
    ['address', { ...place, address: 'edge.other' }],
    ['field', { ...place, path: ['outputs'] }],
  ])('do not open in another %s', (_, elsewhere) => {
    expect(openSecrets(sealed, key, elsewhere)._unsafeUnwrapErr()).toMatchObject({
      code: 'WrongStateKey',
      message: expect.stringContaining('brought here'),
    })
  })

  it('do not open when a single bit has changed', () => {
    const one = sealSecrets(canary, () => true, key, place)._unsafeUnwrap()
    const bytes = Buffer.from((one as { $secret: string }).$secret, 'base64')
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index)
      const result = openSecrets({ $secret: changed.toString('base64'), $key: key.id }, key, place)
      expect(result._unsafeUnwrapErr().code).toBe('WrongStateKey')
    }
  })

  it('open to an error and never throw, whatever stands in their place', () => {
    for (const text of ['', '!', 'AAAA', Buffer.alloc(23).toString('base64'), Buffer.alloc(24).toString('base64')]) {
      expect(openSecrets({ $secret: text, $key: key.id }, key, place)._unsafeUnwrapErr().code).toBe('WrongStateKey')
    }
  })

  it('cannot be imitated by a value that is none', () => {
    const imitation = { labels: { $secret: 'x', $key: 'y' } }
    expect(sealSecrets(imitation, () => false, key, place)._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidInput',
      details: { path: ['edge.cache', 'spec', 'labels'] },
    })
  })
})
