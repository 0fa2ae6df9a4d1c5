import { dirname, join, resolve } from 'node:path'
import type { ResultAsync } from 'neverthrow'
import type { StackError } from '../stack-error.ts'
import { attemptRead, attemptWrite, isCode } from './file-attempt.ts'
import { epochOf, isJournalName } from './journal-name.ts'
import { parseLeaseClaim } from './lease-claim.ts'
import type { JournalWriter, LeaseRecord, StateMedium } from './state-medium.ts'
import type { StateFileSystem } from './state-runtime.ts'

/**
 * A state in a folder. A lease is a file named after its epoch, written once. It is renewed by its modification time, which needs no space
 * and, unlike a write, can never bring back a file that a successor has removed. 1970 means released.
 */
export function fileMedium(folder: string, fs: StateFileSystem): StateMedium {
  const leases = join(folder, 'lease')
  const journals = join(folder, 'journal')
  const leaseFile = (epoch: number): string => join(leases, `${String(epoch).padStart(10, '0')}.json`)

  async function list(path: string): Promise<readonly string[]> {
    try {
      return await fs.readdir(path)
    } catch (cause) {
      // Nobody has written yet.
      if (isCode(cause, 'ENOENT')) return []
      throw cause
    }
  }

  async function newestEpoch(): Promise<number | undefined> {
    const names = (await list(leases)).filter((name) => /^\d{10}\.json$/.test(name)).sort()
    return names.length === 0 ? undefined : epochOf(names.at(-1) ?? '')
  }

  async function newestLease(): Promise<LeaseRecord | undefined> {
    for (;;) {
      const epoch = await newestEpoch()
      if (epoch === undefined) return undefined
      try {
        const file = leaseFile(epoch)
        const claim = parseLeaseClaim(await fs.readFile(file, 'utf8'))
        return { epoch, renewedAt: Math.round((await fs.stat(file)).mtimeMs), claim }
      } catch (cause) {
        // A successor has removed it; it has made a newer one before.
        if (!isCode(cause, 'ENOENT')) throw cause
      }
    }
  }

  return {
    pathOf: (journal) => join(journals, journal),
    newestLease: () => attemptRead(leases, newestLease),
    newestEpoch: () => attemptRead(leases, newestEpoch),
    claim: (epoch, claim, now) =>
      attemptWrite(leaseFile(epoch), async () => {
        await makeFolders(fs, [leases, journals])
        return createOnce(fs, leaseFile(epoch), JSON.stringify(claim), new Date(now))
      }),
    renew: (epoch, now) => attemptWrite(leaseFile(epoch), () => fs.utimes(leaseFile(epoch), new Date(now), new Date(now))),
    tidyBelow: (epoch) =>
      attemptWrite(folder, async () => {
        for (const name of await list(leases)) if (epochOf(name) < epoch) await fs.rm(join(leases, name), { force: true })
        for (const name of await list(journals))
          if (name.endsWith(unfinished) && epochOf(name) < epoch) await fs.rm(join(journals, name), { force: true })
      }),
    journals: () => attemptRead(journals, async () => (await list(journals)).filter(isJournalName).sort()),
    read: (name) => attemptRead(join(journals, name), () => fs.readFile(join(journals, name))),
    begin: (name, text) => beginFile(fs, join(journals, name), text),
  }
}

const unfinished = '.unfinished'

/** Written under another name, synced, renamed: there is never a journal without its whole first lines. */
function beginFile(fs: StateFileSystem, path: string, text: string): ResultAsync<JournalWriter, StackError> {
  return attemptWrite(path, async () => {
    const draft = await fs.open(path + unfinished, 'w')
    try {
      await draft.writeFile(text)
      await draft.sync()
    } finally {
      await draft.close()
    }
    await fs.rename(path + unfinished, path)
    await syncFolder(fs, dirname(path))
    const file = await fs.open(path, 'a')
    return {
      append: (more) =>
        attemptWrite(path, async () => {
          await file.appendFile(more)
          await file.datasync()
        }),
      close: () => attemptWrite(path, () => file.close()),
    }
  })
}

async function createOnce(fs: StateFileSystem, path: string, text: string, modified: Date): Promise<boolean> {
  const file = await fs.open(path, 'wx').catch((cause: unknown) => {
    if (isCode(cause, 'EEXIST')) return undefined
    throw cause
  })
  if (file === undefined) return false
  try {
    await file.writeFile(text)
    await file.utimes(modified, modified)
    await file.sync()
  } catch (cause) {
    // Half a lease would lock everybody out until it lapses.
    await fs.rm(path, { force: true })
    throw cause
  } finally {
    await file.close()
  }
  await syncFolder(fs, dirname(path))
  return true
}

/** Makes folders so that they, too, survive a power failure. */
async function makeFolders(fs: StateFileSystem, folders: readonly string[]): Promise<void> {
  for (const folder of folders)
    for (const made of [...(await makeFolder(fs, resolve(folder)))].reverse()) await syncFolder(fs, dirname(made))
}

/** Makes a folder and those above it; gives those that were missing. One by one: Node's own `recursive` never ends where a file system (such as /proc) takes none. */
async function makeFolder(fs: StateFileSystem, folder: string, madeParent = false): Promise<readonly string[]> {
  const failed: unknown = await fs.mkdir(folder).then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (failed === undefined) return [folder]
  if (isCode(failed, 'EEXIST') && (await fs.stat(folder)).isDirectory()) return []
  const parent = dirname(folder)
  // Missing below one that was just made or found: this file system makes none here.
  if (!isCode(failed, 'ENOENT') || parent === folder || madeParent) throw failed
  return [...(await makeFolder(fs, parent)), ...(await makeFolder(fs, folder, true))]
}

async function syncFolder(fs: StateFileSystem, path: string): Promise<void> {
  const folder = await fs.open(path, 'r').catch((cause: unknown) => {
    // Windows opens no folders and needs no sync of them.
    if (isCode(cause, 'EISDIR', 'EPERM', 'EACCES')) return undefined
    throw cause
  })
  await folder?.sync().finally(() => folder.close())
}
