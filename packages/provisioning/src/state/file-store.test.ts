import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { fileStateStore } from './file-store.ts'
import { stateStoreContract } from './state-store.contract.ts'

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
