import type { ManifestDriver } from '../driver/registry-driver.ts'
import { cloudError } from '../errors.ts'
import type { DriverMethods } from '../portable/kind-setup.ts'
import { canVerify, digestMismatch, digestOf } from './digest.ts'
import { largestManifestBytes } from './manifest.ts'
import { isDigest, tagPattern } from './reference.ts'

/** Puts verification around a driver's manifests: sizes, references and digests are checked here, once for all of them. */
export function verifiedManifestMethods(own: DriverMethods, driver: string): DriverMethods {
  // What a driver of this kind must have: DriverMap says so, and defineDriver has checked it.
  const manifests = own as unknown as ManifestDriver
  const methods: Record<string, (...args: never[]) => Promise<unknown>> = {
    head: async (...[repository, reference, call]: Parameters<ManifestDriver['head']>) => {
      refuseNeither(reference, driver, 'manifest.head')
      return manifests.head(repository, reference, call)
    },
    get: async (...[repository, reference, call]: Parameters<ManifestDriver['get']>) => {
      refuseNeither(reference, driver, 'manifest.get')
      const found = await manifests.get(repository, reference, call)
      const expected = isDigest(reference) ? reference : found.descriptor.digest
      if (!canVerify(expected)) return found
      const actual = digestOf(found.content, expected.startsWith('sha512:') ? 'sha512' : 'sha256')
      if (actual !== expected) throw digestMismatch(expected, actual, { driver, operation: 'manifest.get' })
      return found
    },
    put: async (repository: never, reference: string, content: AsyncIterable<Uint8Array>, options: never, call: never) => {
      const context = { driver, operation: 'manifest.put' }
      refuseNeither(reference, driver, context.operation)
      const bytes = await collect(content)
      if (bytes === undefined)
        throw cloudError('InvalidArgument', `content: a manifest has at most ${largestManifestBytes} bytes`, context, { path: ['content'] })
      const digest = digestOf(bytes, reference.startsWith('sha512:') ? 'sha512' : 'sha256')
      if (isDigest(reference) && canVerify(reference) && digest !== reference)
        throw cloudError('InvalidArgument', `reference: the manifest has the digest ${digest}, and ${reference} was named`, context, {
          path: ['reference'],
        })
      return manifests.put(repository, reference, bytes, options, call)
    },
  }
  return methods as unknown as DriverMethods
}

function refuseNeither(reference: string, driver: string, operation: string): void {
  if (tagPattern.test(reference) || isDigest(reference)) return
  throw cloudError(
    'InvalidArgument',
    `reference: ${JSON.stringify(reference)} is neither a tag nor a digest`,
    { driver, operation },
    { path: ['reference'] },
  )
}

/** The bytes of a stream; undefined when they are more than a manifest may have. */
async function collect(content: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of content) {
    size += chunk.byteLength
    if (size > largestManifestBytes) return undefined
    chunks.push(chunk)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}
