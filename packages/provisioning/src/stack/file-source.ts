import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file of a source: its path within it, and how its bytes are read. */
export interface SourceFile {
  /** With `/` between its parts, on every system. */
  readonly path: string
  readonly open: () => AsyncIterable<Uint8Array>
}

/** Where the files of a set come from. Nothing is read before the stack is planned. */
export interface FileSource {
  /** The files, in the order of their paths. Rejects when they cannot be listed. */
  readonly list: () => Promise<readonly SourceFile[]>
}

/** Whether a value is what {@link directory} or {@link texts} makes, or somebody's own. */
export const isFileSource = (value: unknown): value is FileSource =>
  typeof value === 'object' && value !== null && 'list' in value && typeof value.list === 'function'

/** Every file below a folder, however deep. Give a URL to be independent of where the program is started: `new URL('./site', import.meta.url)`. */
export const directory = (path: string | URL): FileSource => ({
  list: async () => {
    const root = typeof path === 'string' ? path : fileURLToPath(path)
    const entries = await readdir(root, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({ path: relative(root, file).split(sep).join('/'), open: () => createReadStream(file) as AsyncIterable<Uint8Array> }))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
  },
})

/** Files that stand in the program itself, as texts by path. */
export const texts = (files: Readonly<Record<string, string>>): FileSource => ({
  list: () =>
    Promise.resolve(
      Object.entries(files)
        .map(([path, text]) => ({ path, open: () => once(new TextEncoder().encode(text)) }))
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
    ),
})

/** The SHA-256 of a stream, as `sha256:…`, with bounded memory. */
export async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return `sha256:${hash.digest('hex')}`
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
