import type { Capability } from '../cloud.ts'
import type { AnyKind } from '../kind/kind.ts'
import type { Limits } from '../limits.ts'
import type { Classification } from './classification.ts'
import type { DriverMap } from './driver-map.ts'
import type { DriverRuntime } from './runtime.ts'

type UnionToIntersection<U> = (U extends unknown ? (of: U) => void : never) extends (of: infer I) => void ? I : never

/** What a driver must implement to offer these capabilities: a record by kind. */
export type DriverKinds<C extends Capability> = UnionToIntersection<C extends keyof DriverMap ? DriverMap[C] : object>

/** A driver that has found its backend. */
export interface OpenDriver<Always extends Capability, Probed extends Capability, Native> {
  /** Which of the probed capabilities this cloud has. */
  readonly found: readonly Probed[]
  readonly kinds: DriverKinds<Always | Probed>
  readonly limits: Limits
  /** How the backend behaves in time. Left out: what is written can be read at once. */
  readonly consistency?: Consistency | undefined
  /** The typed way to what is not portable: clients, sessions. */
  readonly native: Native
  close(): Promise<void>
}

/** How a backend behaves in time. */
export interface Consistency {
  /** For so long after a create a get may miss it, in ms; core reads again until it is there. */
  readonly readAfterCreateMs?: number | undefined
  /** For so long after a create whose answer was lost a look-up may miss it, in ms; absence is concluded only then. */
  readonly settleMs?: number | undefined
  /**
   * The provider itself makes one resource of one key (AWS: ClientToken). Core then looks for nothing before a create, and after a failure
   * that does not tell whether it was carried out sends it once more with the same key.
   */
  readonly nativeKeys?: boolean | undefined
}

/** Makes one kind of backend be a cloud. */
export interface Driver<Config, Always extends Capability, Probed extends Capability, Native> {
  /** The version of this contract. Optional members may be added to it; anything else makes it `v2`. */
  readonly specification: 'v1'
  readonly name: string
  /** What every cloud of this driver can do. */
  readonly always: readonly Always[]
  /** What some can: opening finds out. */
  readonly probed: readonly Probed[]
  /** Kinds of its own, beside those of core. */
  readonly kinds?: Readonly<Record<string, AnyKind>> | undefined
  /** Says what a raw failure means. It must know not-found, conflict, quota, throttling, credentials and permission; the rest is `Unknown`. */
  classify(cause: unknown): Classification
  /** Finds the backend: checks the configuration, signs in, probes. May throw; the failure is classified. */
  open(config: Config, runtime: DriverRuntime, signal: AbortSignal): Promise<OpenDriver<Always, Probed, Native>>
}

/** Defines a driver. Declaring a capability and not implementing it does not compile. */
export const defineDriver = <Config, Native, const Always extends Capability, const Probed extends Capability = never>(
  driver: Omit<Driver<Config, Always, Probed, Native>, 'specification'>,
): Driver<Config, Always, Probed, Native> => ({ specification: 'v1', ...driver })
