import type { CloudResultAsync } from '../result.ts'

/** One call of a portable verb, before it is checked. */
export interface PortableCall {
  readonly kind: string
  readonly verb: string
  /** The id first, where the verb has one. */
  readonly args: readonly unknown[]
  readonly options: Readonly<Record<string, unknown>>
}

/** Carries out calls on one kind. A cloud is one of these per kind; services, interception, composition and read-only mode are made of them. */
export type Invoke = (call: PortableCall) => CloudResultAsync<unknown>
