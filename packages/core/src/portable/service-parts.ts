import type { DriverRuntime } from '../driver/runtime.ts'
import type { AnyKind } from '../kind/kind.ts'

/** What a service stands on, for functions that take a service: {@link waitFor} needs its clock and its kind. */
export interface ServiceParts {
  readonly kind: AnyKind
  readonly driver: string
  readonly runtime: DriverRuntime
}

const key = Symbol.for('hanse.service')

/** Keeps the parts beside a service, out of sight. */
export const withServiceParts = <S extends object>(service: S, parts: ServiceParts): S =>
  Object.defineProperty(service, key, { value: parts })

/** The parts of a service that core made; undefined for anything else. */
export const serviceParts = (service: object): ServiceParts | undefined =>
  // Written by withServiceParts only, whichever copy of core it was.
  (service as { readonly [key]?: ServiceParts })[key]
