import { defaultRuntime } from '../driver/default-runtime.ts'
import type { DriverRuntime } from '../driver/runtime.ts'

/** The world as it is, with parts of it replaced. Members are read when they are asked for: `environment` may change. */
export function runtimeWith(parts: Partial<DriverRuntime> = {}): DriverRuntime {
  const replaced = Object.keys(defaultRuntime).filter((name) => name in parts && parts[name as keyof DriverRuntime] !== undefined)
  const members = replaced.map((name) => [name, { get: () => parts[name as keyof DriverRuntime], enumerable: true }])
  // Every member that is not replaced comes from the default by inheritance.
  return Object.create(defaultRuntime, Object.fromEntries(members)) as DriverRuntime
}
