import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { fileStateStore } from './file-store.ts'
import type { StateRuntime } from './state-runtime.ts'
import { failureOf, stateStoreContract } from './state-store.contract.ts'
import { testClock } from './test-clock.fixture.ts'

const made: string[] = []
const folderOf = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'hanse-state-'))
  made.push(folder)
  return folder
}
afterAll(async () => void (await Promise.all(made.map((folder) => rm(folder, { recursive: true })))))

stateStoreContract('folder', async () => {
  const folder = await folderOf()
  const journals = join(folder, 'shop', 'dev', 'journal')
  return {
    store: (runtime, options = {}) => fileStateStore(folder, { ...options, runtime }),
    journals: async () => (await readdir(journals).catch(() => [])).sort(),
    damage: async (journal, change) => writeFile(join(journals, journal), change(await readFile(join(journals, journal)))),
  }
})

it('says that the lease was lost, not that the disk is broken, when a successor has removed a journal that was being begun', async () => {
  const folder = await folderOf()
  const clock = testClock()
  const stateOf = async (runtime: StateRuntime) => (await fileStateStore(folder, { runtime }).open('shop', 'dev'))._unsafeUnwrap()

  // Between writing the first lines under another name and renaming them, the process sleeps past its lease and another takes over.
  const { runtime } = clock.process(1)
  const rename: StateRuntime['fs']['rename'] = async (from, to) => {
    clock.process(1).stop()
    clock.advance(31_000)
    ;(await (await stateOf(clock.process(2).runtime)).lease())._unsafeUnwrap()
    return runtime.fs.rename(from, to)
  }
  const asleep = await stateOf({ ...runtime, fs: { ...runtime.fs, rename } })
  expect(await failureOf(asleep.lease())).toMatchObject({ code: 'LeaseLost', details: { holder: { pid: 2 } } })
})
