import type { Cloud } from './cloud.ts'
import type { Action } from './kind/kind.ts'
import { verbOf } from './kind/verb.ts'
import { assembleCloud } from './portable/assemble-cloud.ts'
import { cloudParts } from './portable/cloud-parts.ts'
import type { PortableCall } from './portable/invoke.ts'
import { settled } from './result.ts'
import type { CloudResultAsync } from './result.ts'

/** One call of a portable verb as an interceptor sees it. A list is one call per page; `find` and waiting are the calls that they make. */
export interface InterceptedCall extends PortableCall {
  readonly driver: string
  readonly effect: Action['effect']
}

/** Sees a call, and may change it, answer in its place, or change the answer. `next` carries it out. One that throws gives `Unknown`. */
export type Interceptor = (call: InterceptedCall, next: (call: PortableCall) => CloudResultAsync<unknown>) => CloudResultAsync<unknown>

/**
 * The same cloud, with every call going through an interceptor: tracing, injected failures in tests, and read-only mode rest on it. Closing
 * the one closes the other. Of several, the one added last sees a call first.
 *
 * @example
 * const watched = interceptCloud(cloud, (call, next) => { console.log(call.kind, call.verb); return next(call) })
 */
export function interceptCloud<C extends Cloud>(cloud: C, interceptor: Interceptor): C {
  const parts = cloudParts(cloud)
  const kinds = Object.entries(parts.kinds).map(([name, part]) => {
    const invoke = (call: PortableCall, outer: Cloud): CloudResultAsync<unknown> => {
      const intercepted: InterceptedCall = { ...call, driver: part.driver, effect: verbOf(part.kind, call.verb)?.effect ?? 'changes' }
      const context = { driver: part.driver, operation: `${call.kind}.${call.verb}` }
      return settled(() => interceptor(intercepted, (next) => part.invoke(next, outer)), context)
    }
    return [name, { ...part, invoke }] as const
  })
  // The same kinds and capabilities, so the same type.
  return assembleCloud({ ...parts, kinds: Object.fromEntries(kinds) }) as C
}
