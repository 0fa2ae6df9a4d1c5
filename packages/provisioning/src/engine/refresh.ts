import type { Owner } from '@hanse/core'
import { err, ok } from 'neverthrow'
import type { CloudResult } from '@hanse/core'
import pLimit from 'p-limit'
import type { Operations, Seen } from '../operations/operations.ts'
import type { CloudSet } from '../plan/cloud-set.ts'
import type { JsonObject, RecordedResource } from '../state/recorded-resource.ts'

const atATime = 10

/**
 * Looks at everything that is recorded, kind by kind. One page of a list stands for many gets: a kind is listed as long as that takes fewer
 * calls than there are resources of it, and read one by one otherwise.
 */
export async function refresh(
  clouds: CloudSet,
  owner: Owner,
  recorded: ReadonlyMap<string, RecordedResource>,
  specs: ReadonlyMap<string, JsonObject>,
  signal: AbortSignal | undefined,
): Promise<CloudResult<ReadonlyMap<string, Seen>>> {
  const groups = new Map<string, RecordedResource[]>()
  for (const resource of recorded.values()) {
    if (resource.id === undefined) continue
    const at = `${resource.on}\n${resource.kind}`
    groups.set(at, [...(groups.get(at) ?? []), resource])
  }
  const seen = new Map<string, Seen>()
  const limit = pLimit(atATime)
  const looks = await Promise.all(
    [...groups.values()].map((group) =>
      limit(async (): Promise<CloudResult<void>> => {
        const [first] = group
        const operations = first === undefined ? undefined : clouds.operations(first.on, first.kind)
        // What cannot be looked at is taken as recorded; the check of needs says why.
        return operations === undefined ? ok(undefined) : lookAt(operations, group, specs, owner, signal, seen)
      }),
    ),
  )
  const failed = looks.find((look) => look.isErr())
  return failed?.isErr() === true ? err(failed.error) : ok(seen)
}

async function lookAt(
  operations: Operations,
  group: readonly RecordedResource[],
  specs: ReadonlyMap<string, JsonObject>,
  owner: Owner,
  signal: AbortSignal | undefined,
  seen: Map<string, Seen>,
): Promise<CloudResult<void>> {
  let rest = group
  if (group.length > 1 && operations.readAll !== undefined) {
    const listed = await operations.readAll(owner, group.length - 1, signal)
    if (listed.isErr()) return err(listed.error)
    if (listed.value !== undefined) {
      for (const resource of group) {
        const found = listed.value.get(resource.id ?? '')
        if (found !== undefined) seen.set(resource.address, found)
      }
      // Kinds that bear no mark are not in a list by owner, nor is what was adopted.
      rest = group.filter(({ address }) => !seen.has(address))
    }
  }
  const limit = pLimit(atATime)
  const reads = await Promise.all(
    rest.map((resource) =>
      limit(async (): Promise<CloudResult<void>> => {
        const found = await operations.read(resource.id ?? '', specs.get(resource.address) ?? resource.spec, signal)
        if (found.isErr()) return err(found.error)
        if (found.value !== undefined) seen.set(resource.address, found.value)
        return ok(undefined)
      }),
    ),
  )
  return reads.find((read) => read.isErr()) ?? ok(undefined)
}
