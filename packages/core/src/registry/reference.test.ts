import { describe, expect, it } from 'vitest'
import { formatReference, parseReference } from './reference.ts'

const sha = `sha256:${'a'.repeat(64)}`

describe('a reference', () => {
  it.each([
    ['web', { repository: 'web' }],
    ['shop/web:1.4', { repository: 'shop/web', tag: '1.4' }],
    [`shop/web@${sha}`, { repository: 'shop/web', digest: sha }],
    [`registry.example.org/shop/web:1.4@${sha}`, { registry: 'registry.example.org', repository: 'shop/web', tag: '1.4', digest: sha }],
    ['registry.example.org:5000/web', { registry: 'registry.example.org:5000', repository: 'web' }],
    ['localhost/web:1', { registry: 'localhost', repository: 'web', tag: '1' }],
    ['[::1]:5000/web', { registry: '[::1]:5000', repository: 'web' }],
    ['web:5000', { repository: 'web', tag: '5000' }],
    ['a__b/c-d.e/f---g', { repository: 'a__b/c-d.e/f---g' }],
  ])('is taken apart: %s', (text, parts) => {
    const parsed = parseReference(text)
    expect(parsed._unsafeUnwrap()).toEqual(parts)
    expect(formatReference(parsed._unsafeUnwrap())).toBe(text)
  })

  it.each([
    '',
    'Web',
    'web:',
    'web:.x',
    'a//b',
    '/web',
    'web/',
    'a___b',
    'web@sha256:abc',
    `web:${'t'.repeat(129)}`,
    '-x.y/web',
    `${'a'.repeat(256)}`,
    `web@${sha}@${sha}`,
    'registry.example.org:x/web',
  ])('is refused with its reason: %s', (text) => {
    expect(parseReference(text)._unsafeUnwrapErr()).toMatchObject({ code: 'InvalidArgument', details: { path: ['reference'] } })
  })
})
