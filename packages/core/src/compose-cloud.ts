import { ResultAsync } from 'neverthrow'
import type { Capability, CapabilityMap, CapabilityOf, Cloud, CloudWith } from './cloud.ts'
import type { ServiceName } from './kind/kind.ts'
import { assembleCloud } from './portable/assemble-cloud.ts'
import type { KindPart } from './portable/cloud-parts.ts'
import { cloudParts } from './portable/cloud-parts.ts'
import type { CloudResultAsync } from './result.ts'

/** Which cloud does what. */
export type ComposedOf = { readonly [S in ServiceName]?: Cloud }

type InService<C extends Capability, S> = C extends unknown
  ? S extends keyof CapabilityMap[C]
    ? C
    : C extends `${infer Noun}.${string}`
      ? Noun extends Capability
        ? S extends keyof CapabilityMap[Noun]
          ? C
          : never
        : never
      : never
  : never

/** What a composed cloud promises: of each part, what belongs to the service that it was taken for. */
export type Composed<Parts extends ComposedOf> = CloudWith<
  { [S in keyof Parts]: Parts[S] extends Cloud ? InService<CapabilityOf<Parts[S]>, S> : never }[keyof Parts] & Capability
>

/**
 * Makes one cloud of several: servers here, objects there, a registry of one's own. Each service comes whole from one cloud. Closing it
 * closes them all. Placing and failing over between like clouds is federation's.
 *
 * @example
 * const cloud = composeCloud({ compute: openstack, network: openstack, storage: s3, registry: harbor })
 */
export function composeCloud<const Parts extends ComposedOf>(parts: Parts): Composed<Parts> {
  const kinds: Record<string, KindPart> = {}
  const supports: Record<string, true> = {}
  const clouds = new Set<Cloud>()
  for (const [service, cloud] of Object.entries(parts)) {
    if (cloud === undefined) continue
    clouds.add(cloud)
    const own = cloudParts(cloud)
    for (const [name, part] of Object.entries(own.kinds)) if (part.kind.service === service) kinds[name] = part
    for (const capability of Object.keys(own.supports)) {
      const noun = capability.split('.')[0] ?? ''
      if (kinds[noun] !== undefined && kinds[noun] === own.kinds[noun]) supports[capability] = true
    }
  }
  const native = Object.fromEntries([...clouds].map((cloud) => [cloud.driver, cloudParts(cloud).native]))
  const close = (): CloudResultAsync<void> => ResultAsync.combine([...clouds].map((cloud) => cloud.close())).map(() => undefined)
  const driver = [...new Set([...clouds].map((cloud) => cloud.driver))].join('+')
  // Put together as the type says, from parts that were checked when they were opened.
  return assembleCloud({ driver, supports, kinds, native, close }) as Composed<Parts>
}
