import { describe, expect, it, vi } from 'vitest'
import { complaintsOf } from './compiled-corpus.ts'

// Each is one run of the compiler over all of core.
vi.setConfig({ testTimeout: 120_000 })

/** What changes with every new capability is left out: long types, and how many members they have. */
const stable = (message: string): string =>
  message
    .replaceAll(/\{ (?:[^{}]|\{[^{}]*\}){60,}? \}/g, '{ … }')
    .replaceAll(/(?: & (?:\.\.\. \d+ more \.\.\.|\{ … \}|\{ \.\.\.; \}|Has\w+))+/g, ' & …')

const said = (text: string): string => complaintsOf(text).map(stable).join('\n\n')

// People read these. A change that makes them worse shows here.
describe('the compiler says what is missing', () => {
  it('when a cloud lacks what a function needs', () => {
    const text = `
      import type { CloudWith, ServerId } from '@hanse/core'
      declare const small: CloudWith<'server' | 'bucket'>
      declare const backUp: (cloud: CloudWith<'server' | 'server.snapshot'>, server: ServerId) => void
      backUp(small, 'id' as ServerId)
    `
    const message = said(text)
    expect(message).toContain('server.snapshot')
    expect(message).toMatchSnapshot()
  })

  it('when a cloud lacks a verb', () => {
    const text = `
      import type { CloudWith, ServerId } from '@hanse/core'
      declare const small: CloudWith<'server'>
      small.compute.servers.resize('id' as ServerId, 'large')
    `
    expect(said(text)).toMatchSnapshot()
  })

  it('when a driver declares what it does not implement', () => {
    const text = `
      import { defineDriver } from '@hanse/core/driver'
      import type { Classification, ServerDriver } from '@hanse/core/driver'
      declare const server: ServerDriver
      declare const classify: (cause: unknown) => Classification
      defineDriver({
        name: 'toy',
        always: ['server', 'server.resize'],
        probed: [],
        classify,
        open: async () => ({ found: [], kinds: { server }, limits: {}, native: {}, close: async () => {} }),
      })
    `
    const message = said(text)
    expect(message).toContain('resize')
    expect(message).toMatchSnapshot()
  })

  it('when an id is that of another kind', () => {
    const text = `
      import type { CloudWith, NetworkId } from '@hanse/core'
      declare const cloud: CloudWith<'server'>
      cloud.compute.servers.get('n' as NetworkId)
    `
    expect(said(text)).toMatchSnapshot()
  })

  it('when a cloud lacks what a stack needs', () => {
    const text = `
      import type { CloudWith } from '@hanse/core'
      import { apply, bucket, defineStack, memoryStateStore, network } from '@hanse/provisioning'
      declare const small: CloudWith<'network'>
      apply(defineStack('shop', { net: network({}), files: bucket({}) }), small, { environment: 'dev', state: memoryStateStore() })
    `
    const message = said(text)
    expect(message).toContain('bucket')
    expect(message).toMatchSnapshot()
  })

  it('and nothing when nothing is missing', () => {
    expect(said("import type { CloudWith } from '@hanse/core'\nexport declare const cloud: CloudWith<'server'>")).toBe('')
  })
})
