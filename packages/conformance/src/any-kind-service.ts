import type { AnyResource, ByteSource, CloudResultAsync, CreateOptions, Creates, Deletes, Gets, Lists, Updates } from '@hanse/core'
import type { Kind, KindName, Kinds, Resource } from '@hanse/core'

/** The service of any kind, with every verb. Cases call the verbs that the kind has. */
export type AnyKindService = Creates<object, AnyResource> &
  Gets<AnyResource> &
  Lists<AnyResource> &
  Updates<AnyResource, object> &
  Deletes<AnyResource>

/** The verb of kinds that are made of bytes. */
export interface Brings {
  import(spec: object, content: ByteSource, options?: CreateOptions): CloudResultAsync<AnyResource>
}

/** The resource of a kind by the kind's name. */
export type ResourceOf<K extends string> = K extends KindName
  ? Kinds[K] extends Kind<infer N, infer S, infer O, infer P, infer _F>
    ? Resource<N, S, O, P>
    : never
  : AnyResource
