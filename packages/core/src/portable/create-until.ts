import { err } from 'neverthrow'
import type { DriverRuntime } from '../driver/runtime.ts'
import { cloudError } from '../errors.ts'
import { unknownField } from '../kind/check-value.ts'
import type { AnyKind } from '../kind/kind.ts'
import type { AnyResource } from '../resource.ts'
import { settled } from '../result.ts'
import type { CloudResult, CloudResultAsync } from '../result.ts'
import type { Gets } from '../service.ts'
import { waitFor } from '../wait-for.ts'

/** What `create` with `until` stands on. */
export interface CreateUntil {
  readonly kind: AnyKind
  readonly driver: string
  readonly runtime: DriverRuntime
  readonly service: Gets<AnyResource>
  readonly create: (spec: unknown, options: object) => CloudResultAsync<AnyResource>
}

/** Creates and waits for a phase, both within the time of the one call. What was made stands in the error when the wait fails. */
export function createUntil(on: CreateUntil, spec: unknown, options: Readonly<Record<string, unknown>>): CloudResultAsync<AnyResource> {
  const { until, ...rest } = options
  const context = { driver: on.driver, operation: `${on.kind.kind}.create` }

  async function createAndWait(): Promise<CloudResult<AnyResource>> {
    if (until === undefined) return on.create(spec, rest)
    if (typeof until !== 'string' || !Object.hasOwn(on.kind.phases, until)) {
      const message = `until: ${unknownField(String(until), Object.keys(on.kind.phases), 'a phase')}`
      return err(cloudError('InvalidArgument', message, context, { path: ['until'] }))
    }
    const startedAt = on.runtime.now()
    const made = await on.create(spec, rest)
    if (made.isErr()) return err(made.error)
    const { kind, id } = made.value
    const { signal, timeoutMs } = rest
    const left = typeof timeoutMs === 'number' ? Math.max(0, timeoutMs - (on.runtime.now() - startedAt)) : undefined
    const ready = await waitFor(on.service, id, { phase: until }, { signal: signal as AbortSignal | undefined, timeoutMs: left })
    return ready.mapErr((error) =>
      // Code and details stay together: they are those of one error.
      cloudError(
        error.code,
        error.message,
        { ...error.context, cause: error, exists: [{ kind, id }] },
        error.details as never,
        error.retryable,
      ),
    )
  }

  return settled(createAndWait, context)
}
