import { pathToFileURL } from 'node:url'
import { ResultAsync } from 'neverthrow'

/**
 * Imports a module of the user. The runtime comes first: it knows its own loaders and conditions, and newer ones read TypeScript. What it
 * cannot read, and has therefore not run, jiti reads.
 */
export async function importModule(path: string): Promise<unknown> {
  const native = await ResultAsync.fromPromise(import(pathToFileURL(path).href) as Promise<unknown>, (cause: unknown) => cause)
  if (native.isOk()) return native.value
  if (!wasNotRun(native.error)) throw native.error
  const { createJiti } = await import('jiti')
  return createJiti(pathToFileURL(path).href, { interopDefault: false, fsCache: false }).import(path)
}

/** Refusals while a module is read or linked, before any of it runs: running it a second time would do its work twice. */
const refusals = [
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_INVALID_TYPESCRIPT_SYNTAX',
  'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
  // A TypeScript program may name its neighbours `./stack.js`.
  'ERR_MODULE_NOT_FOUND',
]

const wasNotRun = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && refusals.some((code) => code === cause.code)
