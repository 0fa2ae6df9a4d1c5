import type { Call, MutationCall } from '../driver/call.ts'
import type { BlobDriver } from '../driver/registry-driver.ts'
import { cloudError } from '../errors.ts'
import type { DriverMethods } from '../portable/kind-setup.ts'
import type { Digest } from './descriptor.ts'
import { canVerify, counted, digestMismatch, verified } from './digest.ts'
import type { Counted } from './digest.ts'
import type { RepositoryId } from './repository.ts'

/**
 * Puts verification around a driver's blobs, so that no driver has to be trusted with it: what is read has its digest, and what is written
 * is refused while it still streams if it has not the digest that was named.
 */
export function verifiedBlobMethods(own: DriverMethods, driver: string): DriverMethods {
  // What a driver of this kind must have: DriverMap says so, and defineDriver has checked it.
  const blobs = own as unknown as BlobDriver
  const methods: Pick<BlobDriver, 'get' | 'put'> = {
    get: async (repository: RepositoryId, digest: Digest, options, call: Call) => {
      const found = await blobs.get(repository, digest, options, call)
      if (options.range !== undefined || !canVerify(digest)) return found
      return {
        ...found,
        content: verified(found.content, digest, (actual) => digestMismatch(digest, actual, { driver, operation: 'blob.get' })),
      }
    },
    put: async (repository: RepositoryId, content, { digest }, call: MutationCall) => {
      const context = { driver, operation: 'blob.put' }
      if (digest !== undefined && !canVerify(digest)) return blobs.put(repository, content, { digest }, call)
      const otherThanNamed = (actual: Digest) =>
        cloudError('InvalidArgument', `digest: the bytes have the digest ${actual}, and ${digest} was named`, context, { path: ['digest'] })
      let sent: Counted | undefined
      const stream = counted(content, (whole) => (sent = whole), digest)
      const stored = await blobs.put(repository, digest === undefined ? stream : verified(stream, digest, otherThanNamed), { digest }, call)
      // A driver that has the blob already need not read the stream; one that has read it must have stored what came.
      const expected = sent?.digest ?? digest ?? stored.digest
      if (stored.digest !== expected) throw digestMismatch(expected, stored.digest, context)
      return stored
    },
  }
  return methods as unknown as DriverMethods
}
