import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { cloudError, interceptCloud, isSecret, openCloud, secret } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { errAsync } from 'neverthrow'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { apply, defineStack, destroy, fileStateStore, network, plan, server } from '../index.ts'
import { generateStateKey } from '../state/state-key.ts'

const canary = 'c4n4ry-7f3a9b'
const image = { os: 'debian', version: '13' } as const

/** The canary in every form in which a stack may be given a secret. */
function shop(version: string) {
  const net = network({})
  const size = { vcpus: 1 }
  return defineStack(
    'shop',
    {
      net,
      wrapped: server({ image: { os: 'debian', version }, size, userData: secret(`password=${canary}`) }),
      plain: server({ image, size, userData: `#cloud-config\npassword: ${canary}-${version}` }),
      mapped: server({ image, size, userData: net.outputs.external.map((external) => `${canary} ${external}`) }),
      both: server({ image, size, userData: net.outputs.external.map(() => secret(canary)) }),
    },
    { external: net.outputs.external },
  )
}

describe('a canary given to a stack', () => {
  let folder: string
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'hanse-canary-'))))
  afterEach(() => rm(folder, { recursive: true }))

  it('is found in nothing that is written, told, traced, refused or printed', async () => {
    const told: unknown[] = []
    const runtime = { trace: (span: unknown) => void told.push(span), log: (event: unknown) => void told.push(event) }
    const cloud = (await openCloud(local({ path: join(folder, 'cloud') }), { runtime }))._unsafeUnwrap()
    const stateKey = generateStateKey()
    const state = fileStateStore(join(folder, 'state'))
    const options = { environment: 'test', state, stateKey, onEvent: (event: unknown) => void told.push(event) }
    const first = shop('13')
    told.push(first, ...first.members.values(), first.outputs)
    told.push((await plan(first, cloud, options))._unsafeUnwrap())
    const given: string[] = []
    const watched = interceptCloud(cloud, (call, next) => {
      told.push(call)
      const spec = call.args[0]
      if (typeof spec === 'object' && spec !== null && 'userData' in spec && isSecret(spec.userData))
        given.push(String(spec.userData.reveal()))
      return next(call)
    })
    told.push((await apply(first, watched, options))._unsafeUnwrap())
    // The canary did fly: the cloud was given every one.
    expect(given.filter((userData) => userData.includes(canary))).toHaveLength(4)

    // It is changed, and fails on the way, in words of the cloud and of the program.
    const refusing = interceptCloud(cloud, (call, next) => {
      told.push(call)
      return call.verb === 'create'
        ? errAsync(cloudError('Unavailable', 'not now', { driver: 'test', operation: 'server.create' }, {}, true))
        : next(call)
    })
    told.push((await plan(shop('12'), refusing, options))._unsafeUnwrap())
    told.push((await apply(shop('12'), refusing, options))._unsafeUnwrapErr())
    const known = network({})
    const thrower = defineStack('shop', {
      net: known,
      bad: server({ image, size: { vcpus: 1 }, userData: thrown(known) }),
    })
    told.push((await plan(thrower, cloud, options))._unsafeUnwrap())
    const wrong = defineStack('shop', { bad: server({ image, size: { vcpus: 1 }, userData: { deep: canary } as never }) })
    told.push((await plan(wrong, cloud, options))._unsafeUnwrap())
    told.push((await apply(first, cloud, { ...options, stateKey: generateStateKey() }))._unsafeUnwrapErr())
    told.push((await (await state.open('shop', 'test'))._unsafeUnwrap().read())._unsafeUnwrap())
    told.push((await destroy(first, cloud, options))._unsafeUnwrap())
    told.push(cloud, options)
    ;(await cloud.close())._unsafeUnwrap()

    expect(told.length).toBeGreaterThan(60)
    for (const each of told) {
      expect(inspect(each, { depth: 30, showHidden: true })).not.toContain(canary)
      expect(json(each)).not.toContain(canary)
      if (each instanceof Error) expect(`${each.message}\n${each.stack}\n${inspect(each.cause, { depth: 30 })}`).not.toContain(canary)
    }
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(3)
    for (const file of files) {
      // SQLite removes its side files when the last connection goes, which it may do between the list and the look.
      const isSideFile = /\.db-(?:shm|wal)$/.test(file.name)
      const bytes = await readFile(join(file.parentPath, file.name)).catch((cause: unknown) => {
        if (isSideFile) return undefined
        throw cause
      })
      if (bytes === undefined) continue
      expect(bytes.includes(canary), file.name).toBe(false)
      expect(bytes.includes(Buffer.from(canary).toString('base64').slice(0, 15)), file.name).toBe(false)
    }
  })
})

/** A function of the program that fails with a secret on its lips. */
const thrown = (net: ReturnType<typeof aNetwork>) =>
  net.outputs.external.map((): string => {
    throw new Error(`cannot make a password of ${canary}`)
  })

const aNetwork = () => network({})

/** As a logger would write it: members that refer back are left out. */
function json(value: unknown): string {
  const within = new Set<unknown>()
  return (
    JSON.stringify(value, (_, member: unknown) => {
      if (typeof member === 'bigint') return String(member)
      if (typeof member !== 'object' || member === null) return member
      if (within.has(member)) return '[again]'
      within.add(member)
      return member instanceof Map ? [...member] : member
    }) ?? ''
  )
}
