import { createHash } from 'node:crypto'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { err, ok, safeTry } from 'neverthrow'
import type { Result, ResultAsync } from 'neverthrow'
import { stackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'
import { attemptRead, attemptWrite, isCode } from './file-attempt.ts'
import { nodeStateRuntime } from './state-runtime.ts'
import type { StateRuntime } from './state-runtime.ts'

/** The key that the secrets of a state are encrypted with. Its bytes show neither in JSON nor when it is inspected. */
export interface StateKey {
  /** Made from the bytes, so that two keys never share one; not secret. */
  readonly id: string
  /** 32 bytes. */
  readonly bytes: Uint8Array
}

/** Reads a key from its text, 32 bytes in base64. Fails with `InvalidInput`, which does not repeat the text. */
export function parseStateKey(text: string): Result<StateKey, StackError> {
  const trimmed = text.trim()
  const bytes = Buffer.from(trimmed, 'base64')
  if (bytes.length === keyLength && bytes.toString('base64') === trimmed) return ok(stateKey(bytes))
  const remedy = 'A key is 44 characters long and ends with "=": `openssl rand -base64 32` makes one.'
  return err(stackError('InvalidInput', 'The key of the state is not 32 bytes in base64.', { path: ['stateKey'] }, { remedy }))
}

/** Makes a new key. */
export const generateStateKey = (runtime: Pick<StateRuntime, 'randomBytes'> = nodeStateRuntime): StateKey =>
  stateKey(runtime.randomBytes(keyLength))

/** The text that `parseStateKey` reads. It is the secret itself: it belongs into a key file or a vault and nowhere else. */
export const formatStateKey = (key: StateKey): string => Buffer.from(key.bytes).toString('base64')

/** Where the key lies, and where it must not. */
export interface StateKeyFileOptions {
  /** The folder of the state. A key inside it is refused: who copies the state would copy the key. */
  readonly stateFolder: string
  /** Makes a key, readable by its owner only, if there is none. */
  readonly create?: boolean | undefined
  readonly runtime?: StateRuntime | undefined
}

/**
 * Reads the key from a file. Fails with `InvalidInput` when it lies within the state, others may read it, or it is no key; with
 * `StateUnreadable` when it is missing.
 */
export function loadStateKeyFile(
  path: string,
  { stateFolder, create = false, runtime = nodeStateRuntime }: StateKeyFileOptions,
): ResultAsync<StateKey, StackError> {
  const { fs } = runtime
  return safeTry(async function* () {
    if (await isWithin(runtime, path, stateFolder))
      return err(keyFault(path, `lies in the folder of the state, ${stateFolder}`, 'Move it out of there.'))
    if (create) yield* createKeyFile(path, runtime)
    const { mode } = yield* attemptRead(path, () => fs.stat(path)).mapErr((error) => missing(path, error))
    // Windows has no such bits and answers as if everybody could.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) return err(keyFault(path, 'can be read by others', `Run: chmod 600 ${path}`))
    const text = yield* attemptRead(path, () => fs.readFile(path, 'utf8'))
    return parseStateKey(text).mapErr((error) => keyFault(path, 'does not hold 32 bytes in base64', error.remedy))
  })
}

const keyLength = 32

function stateKey(bytes: Uint8Array): StateKey {
  const id = createHash('sha256').update('hanse state key').update(bytes).digest('hex').slice(0, 16)
  // Not enumerable: JSON, spreads and `console.log` pass it by.
  return Object.defineProperty({ id, bytes }, 'bytes', { value: Uint8Array.from(bytes), enumerable: false })
}

/** Written elsewhere and linked into place: of several processes that start at once all read the one key that was first. */
function createKeyFile(path: string, runtime: StateRuntime): ResultAsync<void, StackError> {
  const { fs } = runtime
  const draft = join(dirname(path), `.state-key-${Buffer.from(runtime.randomBytes(8)).toString('hex')}`)
  return attemptWrite(path, async () => {
    if ((await fs.stat(path).catch(() => undefined)) !== undefined) return
    await fs.mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const file = await fs.open(draft, 'wx', 0o600)
    try {
      await file.writeFile(`${formatStateKey(generateStateKey(runtime))}\n`)
      await file.sync()
      await fs.link(draft, path)
    } catch (cause) {
      if (!isCode(cause, 'EEXIST')) throw cause
    } finally {
      await file.close()
      await fs.rm(draft, { force: true })
    }
  })
}

async function isWithin({ fs }: StateRuntime, path: string, folder: string): Promise<boolean> {
  // What is not there yet has no real path; its nearest parent has.
  const real = async (of: string): Promise<string> => {
    const absolute = resolve(of)
    const parent = dirname(absolute)
    return fs
      .realpath(absolute)
      .catch(async () => (parent === absolute ? absolute : join(await real(parent), absolute.slice(parent.length))))
  }
  const way = relative(await real(folder), await real(path))
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(way) !== way)
}

const keyFault = (path: string, fault: string, remedy: string | undefined): StackError =>
  stackError('InvalidInput', `The key of the state, ${path}, ${fault}.`, { path: ['stateKey'] }, { remedy })

const missing = (path: string, cause: StackError): StackError =>
  stackError(
    'StateUnreadable',
    `The key of the state, ${path}, cannot be read.`,
    { path },
    { cause, remedy: 'Bring the key that the state was written with; a new one cannot read its secrets.' },
  )
