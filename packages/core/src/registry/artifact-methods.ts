import type { Cloud, CloudWith } from '../cloud.ts'
import type { Call, MutationCall } from '../driver/call.ts'
import { cloudError } from '../errors.ts'
import type { DriverMethods } from '../portable/kind-setup.ts'
import type { ArtifactService, CopyOptions, PushOptions } from './artifact-service.ts'
import type { ArtifactSource } from './artifact-source.ts'
import type { Descriptor, MediaType } from './descriptor.ts'
import { orThrow } from './or-throw.ts'
import { pullArtifact } from './pull-artifact.ts'
import { pushArtifact } from './push-artifact.ts'
import { parseReference } from './reference.ts'
import type { Reference } from './reference.ts'
import { referrersOf } from './referrers.ts'

/** What the verbs of artifacts stand on: the low verbs of one cloud, as the caller has it. */
export type RegistryCloud = CloudWith<'manifest' | 'blob' | 'tag'>

/** The verbs of artifacts, made of the low verbs of a registry. They raise what those raise: kind-invoker gives it to the caller as a value. */
export function artifactMethods(cloud: Cloud, _own: DriverMethods, driver: string): DriverMethods {
  // A driver that declares `artifact` has the other three: DriverMap says so.
  const registry = cloud as RegistryCloud

  const locate = (text: string, asked: { readonly verb: string; readonly argument?: string; readonly whole?: boolean }): Reference => {
    const { verb, argument = 'reference', whole = false } = asked
    const wrong = (why: string) =>
      cloudError('InvalidArgument', `${argument}: ${why}`, { driver, operation: `artifact.${verb}` }, { path: [argument] })
    const parsed = parseReference(text)
    if (parsed.isErr()) throw wrong(parsed.error.message)
    const { registry: host, tag, digest } = parsed.value
    if (host !== undefined)
      throw wrong(`${text} names the registry ${host}; a cloud is one registry: open that one, and leave the name out`)
    if (!whole && tag === undefined && digest === undefined) throw wrong(`${text} names neither a tag nor a digest`)
    return parsed.value
  }

  const head = ({ repository, tag, digest }: Reference, signal: AbortSignal): Promise<Descriptor> =>
    orThrow(registry.registry.manifests.head(repository, digest ?? tag ?? '', { signal }))

  const methods: { readonly [V in keyof ArtifactService]: (...args: never[]) => Promise<unknown> } = {
    resolve: (text: string, { signal }: Call) => head(locate(text, { verb: 'resolve' }), signal),

    pull: (text: string, { referrers }: { readonly referrers?: boolean }, { signal }: Call) =>
      pullArtifact(registry, locate(text, { verb: 'pull' }), { referrers: referrers !== false, signal }),

    push: (text: string, source: ArtifactSource, options: PushOptions, { signal }: MutationCall) =>
      pushArtifact(registry, locate(text, { verb: 'push', whole: true }), source, { ...options, signal }),

    copy: async (fromText: string, toText: string, { from, ...options }: CopyOptions, { signal }: MutationCall) => {
      const source = locate(fromText, { verb: 'copy', argument: 'from' })
      const target = locate(toText, { verb: 'copy', argument: 'to', whole: true })
      const artifact = await pullArtifact(from ?? registry, source, { referrers: options.referrers !== false, signal })
      const mountFrom = from === undefined && source.repository !== target.repository ? source.repository : undefined
      return pushArtifact(registry, target, artifact, { ...options, mountFrom, signal })
    },

    referrers: async (text: string, { artifactType }: { readonly artifactType?: MediaType }, { signal }: Call) => {
      const at = locate(text, { verb: 'referrers' })
      return referrersOf(registry, at.repository, (await head(at, signal)).digest, { artifactType, signal })
    },
  }
  return methods as unknown as DriverMethods
}
