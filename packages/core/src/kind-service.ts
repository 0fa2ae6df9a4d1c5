import type { Cloud } from './cloud.ts'
import type { ByteSource } from './kind/field.ts'
import type { AnyResource } from './resource.ts'
import type { CloudResultAsync } from './result.ts'
import type { Creates, Deletes, Gets, Lists, Updates } from './service.ts'
import type { MutationOptions } from './options.ts'

/** The service of any kind, when its own types do not matter: what tools that work on every kind call. A verb that it lacks is missing. */
export type KindService = Partial<
  Creates<object, AnyResource> & Gets<AnyResource> & Lists<AnyResource> & Updates<AnyResource, object> & Deletes<AnyResource>
>

/** A verb of one kind only, by name. */
export type KindAction = (id: string, argument?: unknown, options?: MutationOptions | ByteSource) => CloudResultAsync<unknown>

/** The service of a kind by the kind's name; undefined when the cloud lacks it. */
export function kindService(cloud: Cloud, kind: string): KindService | undefined {
  const described = cloud.kinds[kind]
  // Services are put together from the descriptions: portable/assemble-cloud.
  const services = cloud as unknown as Readonly<Record<string, Readonly<Record<string, KindService>> | undefined>>
  return described === undefined ? undefined : services[described.service]?.[described.plural]
}

/** An action of a kind by name; undefined when the cloud lacks it. */
export function kindAction(cloud: Cloud, kind: string, action: string): KindAction | undefined {
  const service = kindService(cloud, kind)
  return service === undefined ? undefined : (service as Readonly<Record<string, KindAction | undefined>>)[action]
}
