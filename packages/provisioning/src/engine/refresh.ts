import type { CloudResult, Owner } from '@hanse/core'
import { err, ok } from 'neverthrow'
import type { Operations, Seen } from '../operations/operations.ts'
import type { CloudSet } from '../plan/cloud-set.ts'
import type { RecordedResource } from '../state/recorded-resource.ts'
import type { OpenedSpecs } from './known-state.ts'

/** What a look at everything that is recorded needs. */
export interface RefreshInput {
  readonly clouds: CloudSet
  readonly owner: Owner
  readonly recorded: ReadonlyMap<string, RecordedResource>
  readonly specs: OpenedSpecs
  readonly signal: AbortSignal | undefined
}

/**
 * Looks at everything that is recorded, kind by kind. One page of a list stands for many gets: a kind is listed as long as that takes fewer
 * calls than there are resources of it, and read one by one otherwise. How many calls are made at a time is the affair of the clouds.
 */
export async function refresh(input: RefreshInput): Promise<CloudResult<ReadonlyMap<string, Seen>>> {
  const groups = new Map<string, RecordedResource[]>()
  for (const resource of input.recorded.values()) {
    if (resource.id === undefined) continue
    const at = `${resource.on}\n${resource.kind}`
    const group = groups.get(at)
    if (group === undefined) groups.set(at, [resource])
    else group.push(resource)
  }
  const seen = new Map<string, Seen>()
  const looks = await Promise.all([...groups.values()].map((group) => lookAt(input, group, seen)))
  return looks.find((look) => look.isErr())?.map(() => seen) ?? ok(seen)
}

async function lookAt(input: RefreshInput, group: readonly RecordedResource[], seen: Map<string, Seen>): Promise<CloudResult<void>> {
  const [first] = group
  const operations = first === undefined ? undefined : input.clouds.operations(first.on, first.kind)
  // What cannot be looked at is taken as recorded; the check of needs says why.
  if (operations === undefined) return ok()
  const listed = await list(operations, input, group)
  if (listed.isErr()) return err(listed.error)
  for (const resource of group) {
    const found = listed.value?.get(resource.id ?? '')
    if (found !== undefined) seen.set(resource.address, found)
  }
  // What a list does not show may still be there: what was adopted bears no mark of ours.
  const rest = group.filter(({ address }) => !seen.has(address))
  const reads = await Promise.all(
    rest.map(async (resource): Promise<CloudResult<void>> => {
      const found = await operations.read(resource.id ?? '', input.specs.get(resource) ?? resource.spec, input.signal)
      return found.map((one) => void (one !== undefined && seen.set(resource.address, one)))
    }),
  )
  return reads.find((read) => read.isErr()) ?? ok()
}

/** One resource is as cheap to get as to list. */
async function list(
  { readAll }: Operations,
  { owner, specs, signal }: RefreshInput,
  group: readonly RecordedResource[],
): Promise<CloudResult<ReadonlyMap<string, Seen> | undefined>> {
  if (readAll === undefined || group.length < 2) return ok(undefined)
  const recorded = group.map((resource) => specs.get(resource) ?? resource.spec)
  return readAll(recorded, { owner, atMostPages: group.length - 1, signal })
}
