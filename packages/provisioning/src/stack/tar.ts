import { createTarPacker } from 'modern-tar'
import { isFileSource } from './file-source.ts'
import type { FileSource, SourceFile } from './file-source.ts'

/** Files of a source below a folder of the image. */
export interface LayerFiles {
  readonly from: FileSource
  /** Where they are in the image; at its root when left out. */
  readonly at?: string | undefined
}

/** Whether a value says which files make a layer. */
export const isLayerFiles = (value: unknown): value is LayerFiles =>
  typeof value === 'object' &&
  value !== null &&
  'from' in value &&
  isFileSource(value.from) &&
  (!('at' in value) || value.at === undefined || typeof value.at === 'string')

/**
 * The tar of some files, as a layer of an image (OCI image specification, layer.md). The same files always give the same bytes: in the
 * order of their paths, owned by root, with the time 0.
 */
export async function* tarOf({ from, at = '' }: LayerFiles): AsyncGenerator<Uint8Array> {
  const { readable, controller } = createTarPacker()
  const below = at.replace(/^\/+|\/+$/g, '')
  const write = async (): Promise<void> => {
    for (const file of await from.list()) {
      const name = below === '' ? file.path : `${below}/${file.path}`
      // A header says the size before the bytes come, and a source does not know it.
      const header = { name, size: await sizeOf(file), type: 'file', mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 } as const
      const writer = controller.add(header).getWriter()
      for await (const chunk of file.open()) await writer.write(Uint8Array.from(chunk))
      await writer.close()
    }
    controller.finalize()
  }
  // Reading fails with what writing failed with.
  void write().then(undefined, (cause: unknown) => controller.error(cause))
  yield* readable
}

async function sizeOf(file: SourceFile): Promise<number> {
  let size = 0
  for await (const chunk of file.open()) size += chunk.byteLength
  return size
}
