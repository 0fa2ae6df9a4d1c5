import { err, ok } from 'neverthrow'
import { cloudError } from '../errors.ts'
import type { CloudResult } from '../result.ts'
import type { Digest } from './descriptor.ts'

/** The name of an artifact, taken apart: `registry/repository:tag@digest`. */
export interface Reference {
  /** Host and port, when they were written: `registry.example.org:5000`. */
  readonly registry?: string | undefined
  readonly repository: string
  readonly tag?: string | undefined
  readonly digest?: Digest | undefined
}

/** A repository's name (OCI distribution specification, "Pulling manifests": `<name>`). */
export const repositoryPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/

/** A tag (OCI distribution specification, "Pulling manifests": `<reference>` as a tag). */
export const tagPattern = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/

/** A digest (OCI image specification, descriptor.md, "Digests"); those of the registered algorithms have their full length. */
export const digestPattern =
  /^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}|(?!sha256:|sha512:)[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]{1,255})$/

const host = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/

/**
 * Takes a reference apart as container tools do: what stands before the first slash is a registry if it has a dot or a colon or is
 * `localhost`. Nothing is added: there is no default registry, no `library/`, no `latest`. Err: `InvalidArgument`.
 *
 * @example
 * parseReference('registry.example.org/shop/web:1.4') // { registry: 'registry.example.org', repository: 'shop/web', tag: '1.4' }
 */
export function parseReference(text: string): CloudResult<Reference> {
  const wrong = (why: string): CloudResult<never> =>
    err(cloudError('InvalidArgument', `${JSON.stringify(text.slice(0, 300))} is not a reference: ${why}`, context, { path: ['reference'] }))
  const at = text.indexOf('@')
  const digest = at === -1 ? undefined : text.slice(at + 1)
  if (digest !== undefined && !isDigest(digest)) return wrong('what follows @ must be a digest, such as sha256: and 64 hexadecimal digits')

  const named = at === -1 ? text : text.slice(0, at)
  const slash = named.indexOf('/')
  const first = slash === -1 ? '' : named.slice(0, slash)
  const registry = /[.:]/.test(first) || first === 'localhost' ? first : undefined
  if (registry !== undefined && !host.test(registry))
    return wrong('what precedes the first slash must be a host, with a port if there is one')

  const rest = registry === undefined ? named : named.slice(slash + 1)
  const colon = rest.lastIndexOf(':')
  const tag = colon === -1 ? undefined : rest.slice(colon + 1)
  const repository = colon === -1 ? rest : rest.slice(0, colon)
  if (tag !== undefined && !tagPattern.test(tag)) return wrong('a tag has up to 128 letters, digits, dots, hyphens and underscores')
  if (!repositoryPattern.test(repository) || repository.length > 255)
    return wrong('a repository has up to 255 lower-case letters and digits, parted by single dots, underscores or hyphens, and slashes')
  return ok({
    ...(registry === undefined ? {} : { registry }),
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  })
}

/** Writes a reference as people and tools read it. */
export const formatReference = ({ registry, repository, tag, digest }: Reference): string =>
  `${registry === undefined ? '' : `${registry}/`}${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`

/** Says whether a text is a digest. */
export const isDigest = (text: string): text is Digest => digestPattern.test(text)

const context = { driver: 'core', operation: 'parseReference' }
