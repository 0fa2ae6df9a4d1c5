import { err, ok, Result } from 'neverthrow'
import { cloudError } from '../errors.ts'
import type { CloudError } from '../errors.ts'
import type { Descriptor } from './descriptor.ts'
import type { Index, Manifest } from './manifest.ts'
import { isDigest } from './reference.ts'

/** Reads the bytes of a manifest or index; gives why not for anything else. Members that it does not know it leaves where they are. */
export function readManifest(content: Uint8Array): Result<Manifest | Index, string> {
  const wrong = (why: string): Result<never, string> => err(why)
  const document: unknown = parse(content).unwrapOr(undefined)
  if (typeof document !== 'object' || document === null) return wrong('it is not a JSON object')
  if (!('schemaVersion' in document) || document.schemaVersion !== 2) return wrong('its schemaVersion is not 2')
  const subject = 'subject' in document ? [document.subject] : []
  if ('manifests' in document) {
    if (!isList(document.manifests) || ![...document.manifests, ...subject].every(isDescriptor))
      return wrong('its manifests are not descriptors')
  } else {
    const layers = 'layers' in document ? document.layers : undefined
    if (!('config' in document) || !isList(layers) || ![document.config, ...layers, ...subject].every(isDescriptor))
      return wrong('its config and layers are not descriptors')
  }
  // Just seen to have what the types ask for.
  return ok(document as Manifest | Index)
}

/** The same for a verb of artifacts: throws `InvalidArgument`, for what it does not understand it must not copy by halves. */
export function readDocument(content: Uint8Array, digest: string, driver: string): Manifest | Index {
  const refuse = (why: string): CloudError =>
    cloudError(
      'InvalidArgument',
      `reference: ${digest} is no manifest that can be followed: ${why}`,
      { driver, operation: 'artifact' },
      { path: ['reference'] },
    )
  return readManifest(content).match(
    (document) => document,
    (why) => {
      throw refuse(why)
    },
  )
}

const parse = Result.fromThrowable(
  (content: Uint8Array): unknown => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content)),
  () => undefined, // Said by the caller: it is not a JSON object.
)

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

const isDescriptor = (value: unknown): value is Descriptor =>
  typeof value === 'object' &&
  value !== null &&
  'mediaType' in value &&
  typeof value.mediaType === 'string' &&
  'digest' in value &&
  typeof value.digest === 'string' &&
  isDigest(value.digest) &&
  'size' in value &&
  Number.isSafeInteger(value.size)
