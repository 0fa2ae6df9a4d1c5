import { expect, it } from 'vitest'
import { kinds } from '../kinds.ts'
import { secret } from '../secret.ts'
import { bestFor } from './best-for.ts'
import { specDigest } from './spec-digest.ts'

const { fields } = kinds.server
const server = { name: 'web', image: { os: 'debian', version: '13' }, size: 'small', labels: { a: '1', b: '2' } }

it('a digest depends on what was asked and on nothing else', async () => {
  const digest = await specDigest(fields, server)
  expect(digest).toMatch(/^[0-9a-f]{32}$/)
  const same = { labels: { b: '2', a: '1' }, size: 'small', image: { version: '13', os: 'debian' }, name: 'web', zone: undefined }
  expect(await specDigest(fields, same)).toBe(digest)
  for (const other of [
    { ...server, name: 'web2' },
    { ...server, zone: 'a' },
    { ...server, labels: { a: '2', b: '1' } },
    { ...server, subnets: ['a', 'b'] },
    { ...server, subnets: ['b', 'a'] },
  ])
    expect(await specDigest(fields, other)).not.toBe(digest)
})

it('a digest knows no secret: nobody can guess one by it', async () => {
  const digest = await specDigest(fields, server)
  expect(await specDigest(fields, { ...server, userData: 'password: hunter2000' })).toBe(digest)
  expect(await specDigest(fields, { ...server, userData: secret('other') })).toBe(digest)
})

it('the best of several does not depend on the order of the list', () => {
  const size = (name: string, vcpus: number) =>
    ({
      kind: 'serverSize',
      id: name,
      name,
      labels: {},
      status: { phase: 'Ready', providerState: '' },
      observed: { vcpus },
      outputs: {},
      warnings: [],
    }) as never
  const all = [size('b', 4), size('a', 4), size('c', 2)]
  for (const list of [all, [...all].reverse()]) {
    expect(bestFor(kinds.serverSize, { vcpus: 3 }, list)?.name).toBe('a')
    expect(bestFor(kinds.serverSize, { vcpus: 1, memoryGiB: undefined }, list)?.name).toBe('c')
    expect(bestFor(kinds.serverSize, { vcpus: 9 }, list)).toBeUndefined()
  }
})
