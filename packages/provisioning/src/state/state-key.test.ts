import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatStateKey, generateStateKey, loadStateKeyFile, parseStateKey } from './state-key.ts'
import { failureOf } from './state-store.contract.ts'

describe('the key of a state', () => {
  let folder: string
  let stateFolder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hanse-key-'))
    stateFolder = join(folder, 'state')
    await mkdir(stateFolder)
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('is the same after it was written down and read, with spaces around it', () => {
    const key = generateStateKey()
    const read = parseStateKey(`  ${formatStateKey(key)}\n`)._unsafeUnwrap()
    expect(read.id).toBe(key.id)
    expect(Buffer.from(read.bytes).equals(Buffer.from(key.bytes))).toBe(true)
    expect(generateStateKey().id).not.toBe(key.id)
  })

  it.each(['', 'secret-but-too-short', 'A'.repeat(43), `${'A'.repeat(42)}B=`, 'A'.repeat(88), '!'.repeat(44)])(
    'is not read from %j, and the error does not repeat it',
    (text) => {
      const error = parseStateKey(text)._unsafeUnwrapErr()
      expect(error.code).toBe('InvalidInput')
      if (text !== '') expect(inspect(error)).not.toContain(text)
    },
  )

  it('shows its bytes neither in JSON, nor in a spread, nor when it is inspected', () => {
    const key = generateStateKey()
    for (const shown of [JSON.stringify(key), inspect(key), JSON.stringify({ ...key })]) {
      expect(shown).toContain(key.id)
      expect(shown).not.toContain(formatStateKey(key))
      expect(shown).not.toContain('bytes')
    }
  })

  it('is made where there is none, for its owner only, and found again', async () => {
    const path = join(folder, 'keys', 'state.key')
    const made = (await loadStateKeyFile(path, { stateFolder, create: true }))._unsafeUnwrap()
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await loadStateKeyFile(path, { stateFolder }))._unsafeUnwrap().id).toBe(made.id)
    expect((await loadStateKeyFile(path, { stateFolder, create: true }))._unsafeUnwrap().id).toBe(made.id)
    expect(await readdir(join(folder, 'keys'))).toEqual(['state.key'])
  })

  it('is one key, whoever of many is first to make it', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => loadStateKeyFile(join(folder, 'k'), { stateFolder, create: true })))
    expect(new Set(keys.map((key) => key._unsafeUnwrap().id)).size).toBe(1)
  })

  it('is not made when only asked for', async () => {
    expect(await failureOf(loadStateKeyFile(join(folder, 'k'), { stateFolder }))).toMatchObject({
      code: 'StateUnreadable',
      remedy: expect.stringContaining('Bring the key'),
    })
    expect(await readdir(folder)).toEqual(['state'])
  })

  it('is refused within the folder of the state, through a link, too, and not made there', async () => {
    await symlink(stateFolder, join(folder, 'link'))
    for (const path of [
      join(stateFolder, 'k'),
      join(stateFolder, 'deep', 'er', 'k'),
      join(folder, 'link', 'k'),
      join(folder, 'x', '..', 'state', 'k'),
    ]) {
      expect(await failureOf(loadStateKeyFile(path, { stateFolder, create: true }))).toMatchObject({
        code: 'InvalidInput',
        message: expect.stringContaining('lies in the folder of the state'),
      })
    }
    await symlink(join(stateFolder, 'k'), join(folder, 'k'))
    await writeFile(join(stateFolder, 'k'), formatStateKey(generateStateKey()), { mode: 0o600 })
    expect(await failureOf(loadStateKeyFile(join(folder, 'k'), { stateFolder }))).toMatchObject({ code: 'InvalidInput' })
    expect((await loadStateKeyFile(join(folder, 'state-key'), { stateFolder, create: true })).isOk()).toBe(true)
  })

  it('is refused when others can read it', async () => {
    const path = join(folder, 'k')
    await writeFile(path, formatStateKey(generateStateKey()))
    await chmod(path, 0o640)
    expect(await failureOf(loadStateKeyFile(path, { stateFolder }))).toMatchObject({
      code: 'InvalidInput',
      remedy: `Run: chmod 600 ${path}`,
    })
  })

  it('is refused when the file holds something else, which is left as it is', async () => {
    const path = join(folder, 'k')
    await writeFile(path, 'something else', { mode: 0o600 })
    expect(await failureOf(loadStateKeyFile(path, { stateFolder, create: true }))).toMatchObject({
      code: 'InvalidInput',
      message: expect.stringContaining(path),
    })
    expect(await readFile(path, 'utf8')).toBe('something else')
  })
})
