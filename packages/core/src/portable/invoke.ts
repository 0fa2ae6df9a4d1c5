import type { Cloud } from '../cloud.ts'
import type { CloudResultAsync } from '../result.ts'

/** One call of a portable verb, before it is checked. */
export interface PortableCall {
  readonly kind: string
  readonly verb: string
  /** The id first, where the verb has one. */
  readonly args: readonly unknown[]
  readonly options: Readonly<Record<string, unknown>>
}

/** Carries out calls on one kind. */
export type Invoke = (call: PortableCall) => CloudResultAsync<unknown>

/**
 * The same for a cloud as the caller has it. A cloud is one of these per kind; services, interception, composition and read-only mode are
 * made of them. A verb that core makes of others (`artifact.push`) makes its calls on that cloud: what intercepts it sees each of them.
 */
export type KindInvoke = (call: PortableCall, cloud: Cloud) => CloudResultAsync<unknown>
