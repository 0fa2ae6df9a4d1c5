import { secret } from '@hanse/core'
import { expect, it } from 'vitest'
import { defineStack, hasSecrets, network, server } from '../index.ts'
import { Output } from './output.ts'

const base = { image: { os: 'debian' }, size: { vcpus: 1 } } as const

it('a stack without secrets has none', () => {
  const net = network({})
  expect(hasSecrets(defineStack('shop', { net, web: server({ ...base, labels: { a: 'b' } }) }))).toBe(false)
})

it('a field that is secret by its description is one, whatever stands in it', () => {
  expect(hasSecrets(defineStack('shop', { web: server({ ...base, userData: '#cloud-config' }) }))).toBe(true)
  expect(hasSecrets(defineStack('shop', { web: server({ ...base, userData: secret('x') }) }))).toBe(true)
  expect(hasSecrets(defineStack('shop', { web: server({ ...base, userData: undefined }) }))).toBe(false)
})

it('a secret is found at any depth, and what is only referred to counts where it stands', () => {
  expect(hasSecrets(defineStack('shop', { web: server({ ...base, labels: { token: secret('x') as never } }) }))).toBe(true)
  const web = server(base)
  expect(hasSecrets(defineStack('shop', { web, app: server({ ...base, labels: { of: web.outputs.addresses.map(String) } }) }))).toBe(false)
})

it('an output of another copy of this package is an output', () => {
  const other = { [Symbol.for('hanse.Output')]: true }
  expect(other instanceof Output).toBe(true)
  expect({} instanceof Output).toBe(false)
  expect(new Output([], () => 1) instanceof Output).toBe(true)
})
