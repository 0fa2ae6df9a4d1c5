import { describe, expect, it } from 'vitest'
import { parseSshPublicKey } from './ssh-public-key.ts'

/** Made by `ssh-keygen`, with the fingerprints that `ssh-keygen -l` shows; the private halves were thrown away. */
const keys = {
  ed25519: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINl+cJ65tQYkHrltJ121Lfxxpe7G0LMEDeQuaPmckmFD test',
  rsa3072:
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQCfwf6ky+HoAKisg3Kc0D994y+BbNBZ8qmNrtDNJrns84Ze06+VAtQo8creQloar5NHHzrOeLV6ptlufXOJGaT5kjDRrsPs/CMQ4QfuwKBc9BPOnVFCodSmGJFCY6PyRns0ufKPFrSgT3zC3fheA4sdqvc8W2CqppayQNg6XvGGR/8efO1RxRBC0AB+817GoQcdpZ81LlWnsyBf6yIxO/ZSr806YtbL2aEV8yxoFBH46eFfOPY0f2APMVsCWLkXC11XNV0rw2WXLCsNesZwL5PqmGsHAC9UBtShaGq2o0GNpKdPvDMn9VQF+ZpUrnpHBt4tGo2bGoonbpOzRqR3Geddtu1YvMln2fihRPzmdXSqApjh0e3tPotqC3Vyrxuo3kQ07dsmcBPIrfpT0WMtX7ak5MhESn0EAeZ3hrebpaF5gNBa1tq1AmsFqM61zNQ3D5UvhNGi0dgASY1/k5Jv75dvzwZ/Y4veFVZvWRMJaM2uYsdJ3E1756LY+BiyOjA7LUU= test',
  rsa1024:
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDMNTcneykatqgeIrzKQnywJwQWMAP+EsCpNXgjWl9IhDBPja5hARAs1asRnSTgx/daTf+wdcbBbAqriEdeQ+aq0W4XMXNCv0keNQ3GVI15Q86yZ5OdkxGeMpXQGcBatOWIBMXXVUiQq0ERnSwKFbeANfjfUfc7eXXpFwFtj6ED1w== test',
  p256: 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBF3c2h67jQy3qk8FBWeWIXpfT0dp22iZaQ0poqhSe49shImt1IClFnJf4g1DmHjE2S9Xio5c9LTf5CC2L5ZaYyA= test',
  p521: 'ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAECMZ+50M8kJ/Yv02hZkqErMzqkwQ6K22MJMvJRsd55X2yMd6eiOSAWOvURDG6AaMEaNHuSiUzBij5UmeVIvA8y6AHmmbOsN2/X4h1p59KhHFPt4E2uN42qF9aP+lkgjYlsES4WmqvMB07GlXdoaIXWCZfZoVr5esKtPTk1H0CYx8XDmw==',
} as const

const wire = (...parts: readonly (string | Buffer)[]): string =>
  Buffer.concat(
    parts.map((part) => {
      const bytes = Buffer.from(part)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return Buffer.concat([length, bytes])
    }),
  ).toString('base64')

describe('a public key', () => {
  it.each([
    ['ed25519', 'SHA256:SGH7qLfbOKwJCFpFNOs8WeHed/OPj0XJiRNO7S2TQuY'],
    ['rsa3072', 'SHA256:lhuUxnL7bPHbWLZswVxOM5bx7fZWDPCODBiPXURt4vs'],
    ['p256', 'SHA256:Bt6VJ+XyJOCaoIhU68DZ+VTDfzyb39ROuMG3I3vxVbc'],
    ['p521', 'SHA256:SXM1pOlMwUwRHBzmf812ubau2qtCZtpmECHR+JDzK/A'],
  ] as const)('of type %s has the fingerprint that OpenSSH shows', (name, fingerprint) => {
    expect(parseSshPublicKey(keys[name])).toEqual({ type: keys[name].split(' ')[0], fingerprint })
    expect(parseSshPublicKey(`  ${keys[name]} a comment\n`)).toMatchObject({ fingerprint })
  })

  it('may be in a security key', () => {
    const type = 'sk-ssh-ed25519@openssh.com'
    expect(parseSshPublicKey(`${type} ${wire(type, Buffer.alloc(32, 1), 'ssh:')}`)).toMatchObject({ type })
  })

  it.each([
    ['a type that is too old', 'ssh-dss AAAAB3NzaC1kc3M=', /no type of key/],
    ['too few bits', keys.rsa1024, /2048 to 16384 bits, and this one 1024/],
    ['another type inside', keys.p256.replace('nistp256 ', 'nistp384 '), /holds a key of type ecdsa-sha2-nistp256/],
    ['a key that was cut', keys.ed25519.slice(0, 60), /ends in the middle/],
    ['too short a key', `ssh-ed25519 ${wire('ssh-ed25519', Buffer.alloc(31))}`, /32 bytes/],
    ['something behind the key', `ssh-ed25519 ${wire('ssh-ed25519', Buffer.alloc(32), 'more')}`, /32 bytes/],
    [
      'a point that is compressed',
      `ecdsa-sha2-nistp256 ${wire('ecdsa-sha2-nistp256', 'nistp256', Buffer.alloc(33, 2))}`,
      /uncompressed point/,
    ],
    ['what is no base64', 'ssh-ed25519 !!!!', /not base64|ends in the middle/],
  ])('with %s is refused', (_, line, says) => {
    expect(parseSshPublicKey(line)).toMatch(says)
  })
})
