import type { AnyResource } from '@hanse/core'
import { defaultRuntime } from '@hanse/core/driver'
import type { AnyKindService } from './any-kind-service.ts'

const pauseMs = 15

/**
 * Removes resources, the last made first. What is refused because something uses it still is tried again: that other thing may be on its
 * way out. Gives what could not be removed, and why.
 */
export async function removeAll(
  made: readonly AnyResource[],
  serviceOf: (kind: string) => AnyKindService,
  patienceMs: number,
): Promise<readonly string[]> {
  const end = defaultRuntime.now() + patienceMs
  let waiting = [...made].reverse()
  for (;;) {
    const refused: { readonly resource: AnyResource; readonly why: string; readonly again: boolean }[] = []
    for (const resource of waiting) {
      const removed = await serviceOf(resource.kind).delete(resource.id)
      if (removed.isOk() || removed.error.code === 'NotFound') continue
      const again = removed.error.code === 'FailedPrecondition' || removed.error.retryable
      refused.push({ resource, why: `${resource.kind} ${resource.id}: ${removed.error.code}: ${removed.error.message}`, again })
    }
    if (!refused.some(({ again }) => again) || defaultRuntime.now() >= end) return refused.map(({ why }) => why)
    waiting = refused.map(({ resource }) => resource)
    await defaultRuntime.sleep(pauseMs)
  }
}
