import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileStateStore } from './file-store.ts'
import { nodeStateRuntime } from './state-runtime.ts'
import type { StateFileSystem, StateRuntime } from './state-runtime.ts'
import type { StateEvent } from './state-event.ts'
import { failureOf } from './state-store.contract.ts'
import type { StateSession, StackState } from './state-store.ts'

describe('a state in a folder, when the disk does not do its part', () => {
  let folder: string
  let undo: (() => unknown)[]
  let sessions: StateSession[]
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hanse-state-'))
    undo = []
    sessions = []
  })
  afterEach(async () => {
    for (const session of sessions) await session.release().unwrapOr(undefined)
    for (const step of undo.reverse()) await step()
    await rm(folder, { recursive: true, force: true })
  })

  const stateIn = async (place: string, fs: Partial<StateFileSystem> = {}): Promise<StackState> => {
    const runtime: StateRuntime = { ...nodeStateRuntime, fs: { ...nodeStateRuntime.fs, ...fs } }
    const state = (await fileStateStore(place, { runtime }).open('shop', 'dev'))._unsafeUnwrap()
    return { ...state, lease: (options) => state.lease(options).andTee((session) => sessions.push(session)) }
  }
  const create = (address: string, size = 10): StateEvent => ({
    ...{ type: 'intent', action: 'create', address, generation: 1, key: address, kind: 'server', on: 'main' },
    ...{ name: address, spec: { text: 'x'.repeat(size) }, dependsOn: [] },
  })
  const addressesIn = async (place: string): Promise<readonly string[]> => [
    ...(await (await stateIn(place)).read())._unsafeUnwrap().resources.keys(),
  ]

  /** Appends until it fails; answers what was acknowledged. */
  async function fill(session: StateSession): Promise<{ readonly acknowledged: readonly string[]; readonly error: unknown }> {
    const acknowledged: string[] = []
    for (;;) {
      const address = `r${acknowledged.length}`
      const result = await session.append(create(address, 1_500))
      if (result.isErr()) return { acknowledged, error: result.error }
      acknowledged.push(address)
    }
  }

  /** A file system that is full after so many bytes, and holds what fitted of the write that filled it. */
  function fullAfter(capacity: number): Partial<StateFileSystem> {
    let left = capacity
    const full = (): never => {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    }
    return {
      async open(path, flags, mode) {
        const file = await open(path, flags, mode)
        const { appendFile } = file
        file.appendFile = async (data, options) => {
          const bytes = Buffer.from(String(data))
          await appendFile.call(file, bytes.subarray(0, left), options)
          if (bytes.length > left) full()
          left -= bytes.length
        }
        return file
      },
    }
  }

  async function expectFullDisk(place: string, fs: Partial<StateFileSystem>, makeRoom: () => Promise<unknown>): Promise<void> {
    const session = (await (await stateIn(place, fs)).lease())._unsafeUnwrap()
    const { acknowledged, error } = await fill(session)
    expect(acknowledged.length).toBeGreaterThan(5)
    const path = join(place, 'shop', 'dev', 'journal', '0000000001-000001.jsonl')
    expect(error).toMatchObject({
      code: 'StateUnwritable',
      details: { path, reason: 'full' },
      remedy: expect.stringContaining('Free some space'),
    })
    expect(error).toMatchObject({ message: `The state cannot be written: ${path}: no space is left on the disk (ENOSPC).` })
    // The session is of no more use, even if there is room again: part of a line may stand at the end of its file.
    await makeRoom()
    expect(await failureOf(session.append(create('late')))).toMatchObject({ code: 'StateUnwritable', details: { reason: 'full' } })
    expect((await session.release()).isOk()).toBe(true)
    expect(await addressesIn(place)).toEqual(acknowledged)
    const next = (await (await stateIn(place)).lease())._unsafeUnwrap()
    ;(await next.append(create('next')))._unsafeUnwrap()
    ;(await next.release())._unsafeUnwrap()
    expect(await addressesIn(place)).toEqual([...acknowledged, 'next'])
  }

  const isFull = 'says so when the disk is full, loses nothing that was acknowledged, and goes on when there is room'

  it(`${isFull} (simulated)`, () => expectFullDisk(join(folder, 'simulated'), fullAfter(20_000), async () => undefined))

  // Mounting takes a right that few have; the simulated disk is there for everybody.
  if (mayMount()) {
    it(`${isFull} (a real one of 128 KiB)`, async () => {
      const disk = join(folder, 'disk')
      await mkdir(disk)
      mountDisk(disk)
      undo.push(() => execFileSync('umount', [disk]))
      await writeFile(join(disk, 'filler'), Buffer.alloc(48 * 1024))
      await expectFullDisk(disk, {}, () => rm(join(disk, 'filler')))
    })
  }

  it('has synced what it acknowledges, and the folder that names a new file, before it does', async () => {
    const steps: string[] = []
    const name = (path: unknown): string => String(path).slice(folder.length + 1)
    const session = (
      await (
        await stateIn(folder, {
          async open(path, flags, mode) {
            const file = await open(path, flags, mode)
            for (const step of ['writeFile', 'appendFile', 'sync', 'datasync'] as const) {
              const real = file[step].bind(file) as (...args: unknown[]) => Promise<never>
              Object.assign(file, {
                [step](...args: unknown[]) {
                  steps.push(`${step} ${name(path)}`)
                  return real(...args)
                },
              })
            }
            return file
          },
          async rename(from, to) {
            steps.push(`rename ${name(to)}`)
            await rename(from, to)
          },
        })
      ).lease()
    )._unsafeUnwrap()
    const [lease, journal] = ['shop/dev/lease', 'shop/dev/journal']
    const [leaseFile, file] = [`${lease}/0000000001.json`, `${journal}/0000000001-000001.jsonl`]
    expect(steps).toEqual([
      // Every folder that was made is named in its parent for good.
      ...['sync shop/dev', 'sync shop', 'sync ', 'sync shop/dev'],
      ...[`writeFile ${leaseFile}`, `sync ${leaseFile}`, `sync ${lease}`],
      ...[`writeFile ${file}.unfinished`, `sync ${file}.unfinished`, `rename ${file}`, `sync ${journal}`],
    ])
    steps.length = 0
    ;(await session.append(create('net')))._unsafeUnwrap()
    expect(steps).toEqual([`appendFile ${file}`, `datasync ${file}`])
  })

  it('leaves no half lease when the disk is full before it begins', async () => {
    const place = join(folder, 'full')
    const broken = await stateIn(place, {
      async open(path, flags, mode) {
        const file = await open(path, flags, mode)
        file.writeFile = () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }))
        return file
      },
    })
    expect(await failureOf(broken.lease())).toMatchObject({ code: 'StateUnwritable', details: { reason: 'full' } })
    expect((await (await stateIn(place)).lease()).isOk()).toBe(true)
  })

  it('names the path that may not be written', async () => {
    await chmod(folder, 0o555)
    // Permission bits do not bind root, so root does this as nobody.
    const refused = await asNobody(async () => failureOf((await stateIn(folder)).lease()))
    expect(refused).toMatchObject({
      code: 'StateUnwritable',
      details: { reason: 'denied' },
      remedy: expect.stringContaining('permission to write'),
    })
    expect(refused.message).toContain(join(folder, 'shop'))
    expect(refused.message).toContain('permission is denied (EACCES)')
  })

  it('names the path that may not be read', async () => {
    ;(await (await stateIn(folder)).lease())._unsafeUnwrap()
    await chmod(folder, 0o755)
    await chmod(join(folder, 'shop', 'dev', 'journal'), 0o000)
    const refused = await asNobody(async () => failureOf((await stateIn(folder)).read()))
    expect(refused).toMatchObject({
      code: 'StateUnreadable',
      details: { path: join(folder, 'shop', 'dev', 'journal') },
      remedy: expect.stringContaining('permission to read'),
    })
  })

  it('takes a lease that was not written to its end for held, until it has lapsed', async () => {
    await mkdir(join(folder, 'shop', 'dev', 'lease'), { recursive: true })
    await writeFile(join(folder, 'shop', 'dev', 'lease', '0000000004.json'), '{"owner":')
    expect(await failureOf((await stateIn(folder)).lease())).toMatchObject({ code: 'LeaseHeld', details: { holder: undefined } })
    const later = fileStateStore(folder, { runtime: { ...nodeStateRuntime, now: () => Date.now() + 31_000 } })
    const session = (await (await later.open('shop', 'dev'))._unsafeUnwrap().lease())._unsafeUnwrap()
    expect(session.epoch).toBe(5)
    ;(await session.release())._unsafeUnwrap()
  })

  it('numbers on when somebody has removed the leases by hand', async () => {
    const first = (await (await stateIn(folder)).lease())._unsafeUnwrap()
    await rm(join(folder, 'shop', 'dev', 'lease'), { recursive: true })
    expect(await failureOf(first.append(create('net')))).toMatchObject({ code: 'LeaseLost' })
    const second = (await (await stateIn(folder)).lease())._unsafeUnwrap()
    expect(second.epoch).toBe(first.epoch + 1)
    ;(await second.append(create('web')))._unsafeUnwrap()
    expect(await addressesIn(folder)).toContain('web')
  })

  it('removes what a killed writer left unfinished', async () => {
    ;(await (await (await stateIn(folder)).lease())._unsafeUnwrap().release())._unsafeUnwrap()
    const draft = join(folder, 'shop', 'dev', 'journal', '0000000001-000002.jsonl.unfinished')
    await writeFile(draft, 'half a snapsh')
    ;(await (await stateIn(folder)).lease())._unsafeUnwrap()
    await expect(readFile(draft)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

const mountDisk = (place: string): unknown => execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', place], { stdio: 'ignore' })

function mayMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'hanse-mount-'))
  try {
    mountDisk(place)
    execFileSync('umount', [place])
    return true
  } catch {
    return false
  } finally {
    rmdirSync(place)
  }
}

async function asNobody<T>(run: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return run()
  process.seteuid?.(65_534)
  try {
    return await run()
  } finally {
    process.seteuid?.(0)
  }
}
