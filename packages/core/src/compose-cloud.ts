import { ResultAsync } from 'neverthrow'
import type { Capability, CapabilityMap, CapabilityOf, Cloud, CloudWith } from './cloud.ts'
import type { CloudError } from './errors.ts'
import type { ServiceName } from './kind/kind.ts'
import { assembleCloud } from './portable/assemble-cloud.ts'
import type { KindPart } from './portable/cloud-parts.ts'
import { cloudParts } from './portable/cloud-parts.ts'

/** Which cloud does what. */
export type ComposedOf = { readonly [S in ServiceName]?: Cloud | undefined }

/** Those of some capabilities that belong to a service: a kind's own, what it needs beside (`server.resize`), and extras of a provider. */
type InService<C extends Capability, S> = C extends unknown
  ? S extends keyof CapabilityMap[C]
    ? C
    : C extends `native.${string}`
      ? C
      : C extends `${infer Noun}.${string}`
        ? Noun extends Capability
          ? S extends keyof CapabilityMap[Noun]
            ? C
            : never
          : never
        : never
  : never

type CapabilitiesOf<Parts extends ComposedOf> = {
  [S in keyof Parts]: Parts[S] extends Cloud ? InService<CapabilityOf<Parts[S]>, S> : never
}[keyof Parts]

/** What a composed cloud promises: of each part, what belongs to the service that it was taken for, and the part's `native` by service. */
export type Composed<Parts extends ComposedOf> = CloudWith<CapabilitiesOf<Parts> & Capability> & {
  readonly native: { readonly [S in keyof Parts]: Parts[S] extends { readonly native: infer Native } ? Native : undefined }
}

/**
 * Makes one cloud of several: servers here, objects there, a registry of one's own. Each service comes whole from one cloud. Closing it
 * closes them all. Placing and failing over between like clouds is federation's.
 *
 * @example
 * const cloud = composeCloud({ compute: openstack, network: openstack, storage: s3, registry: harbor })
 */
export function composeCloud<const Parts extends ComposedOf>(parts: Parts): Composed<Parts> {
  const given = Object.entries(parts).filter((entry): entry is [string, Cloud] => entry[1] !== undefined)
  const kinds: Record<string, KindPart> = {}
  const supports: Record<string, true> = {}
  for (const [service, cloud] of given) {
    const own = cloudParts(cloud)
    const taken = Object.entries(own.kinds).filter(([, { kind }]) => kind.service === service)
    for (const [name, part] of taken) kinds[name] = part
    for (const capability of Object.keys(own.supports))
      if (capability.startsWith('native.') || taken.some(([name]) => capability === name || capability.startsWith(`${name}.`)))
        supports[capability] = true
  }
  const clouds = [...new Set(given.map(([, cloud]) => cloud))]
  const native = Object.fromEntries(given.map(([service, cloud]) => [service, cloudParts(cloud).native]))
  const driver = [...new Set(clouds.map((cloud) => cloud.driver))].join('+')
  // Put together as the type says, from parts that were checked when they were opened.
  return assembleCloud({
    driver,
    supports,
    kinds,
    native,
    close: () =>
      ResultAsync.combineWithAllErrors(clouds.map((cloud) => cloud.close()))
        .map(() => undefined)
        .mapErr(([first]) => first as CloudError),
  }) as Composed<Parts>
}
