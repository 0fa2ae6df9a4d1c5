import type { AnyResource, BucketId, Cloud, CloudWith, RepositoryId } from '@hanse/core'
import { kindService, supports } from '@hanse/core'

/** What stands in a cloud and bears somebody's mark, read from the cloud itself: ids, names and addresses are told by the stack's own words. */
export interface Contents {
  /** By kind and the key of the create. */
  readonly resources: Readonly<Record<string, object>>
  /** The keys of all creates, each as often as something bears it. */
  readonly keys: readonly string[]
}

/** Reads a cloud by its own lists; the engine has no part in it. */
export async function contentsOf(cloud: Cloud): Promise<Contents> {
  const all: AnyResource[] = []
  for (const { kind } of Object.values(cloud.kinds)) {
    const service = kindService(cloud, kind)
    if (service?.list === undefined || service.create === undefined) continue
    // What its operator has put there, or its users beside this stack, bears no mark.
    all.push(...(await service.list().toArray())._unsafeUnwrap().filter(({ owner }) => owner !== undefined))
  }
  const words = wordsFor(all)
  const resources: Record<string, object> = {}
  for (const each of all) resources[`${each.kind} ${placeOf(each)}`] = await toldBy(cloud, each, words)
  return { resources, keys: all.map(({ kind, key }) => `${kind} ${key}`) }
}

/** The address of the stack: the third part of a key. What bears no key is told by its name. */
const placeOf = ({ key, name }: AnyResource): string => key?.split('/').slice(2, -1).join('/') ?? `nobody's ${name}`

/** What differs from run to run, and what stands for it. */
function wordsFor(all: readonly AnyResource[]): readonly (readonly [string, string])[] {
  return all.flatMap((each) => {
    const place = placeOf(each)
    const addresses = (each.outputs as { readonly addresses?: readonly string[] }).addresses ?? []
    return [[each.id, `id of ${place}`] as const, ...addresses.map((address) => [address, `address of ${place}`] as const)]
  })
}

async function toldBy(cloud: Cloud, each: AnyResource, words: readonly (readonly [string, string])[]): Promise<object> {
  const { kind, name, labels, status, observed, outputs } = each
  const files =
    kind === 'bucket' && supports(cloud, 'object') ? (await cloud.storage.objects.list(each.id as BucketId).toArray())._unsafeUnwrap() : []
  const objects = files.map(({ key, etag, sizeBytes }) => ({ key, etag, sizeBytes }))
  const tags = kind === 'repository' && supports(cloud, 'tag') ? await tagsOf(cloud, each.id as RepositoryId) : []
  // The zone is the cloud's choice where nobody names one, and follows who was there before.
  let text = JSON.stringify({
    kind,
    labels,
    phase: status.phase,
    observed: { ...observed, name: undefined, zone: undefined },
    outputs,
    objects,
    tags,
  })
  for (const [from, to] of words) text = text.replaceAll(`"${from}"`, `"${to}"`)
  // A successor that stood beside its predecessor has a name of its own.
  return { name: name.replace(/-[0-9a-f]{6}$/, '-*'), ...(JSON.parse(text) as object) }
}

const tagsOf = async (cloud: CloudWith<'tag'>, repository: RepositoryId): Promise<readonly string[]> => {
  const tags = (await cloud.registry.tags.list(repository).toArray())._unsafeUnwrap()
  return Promise.all(tags.map(async (tag) => `${tag} ${(await cloud.registry.tags.get(repository, tag))._unsafeUnwrap().digest}`))
}
