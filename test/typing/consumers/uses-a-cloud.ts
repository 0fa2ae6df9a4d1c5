import { type CloudError, type CloudWith, type ServerResource, supports, waitFor } from '@hanse/core'

/** Needs two capabilities and says so in its type. */
export async function firstServer(cloud: CloudWith<'server' | 'subnet'>, signal: AbortSignal): Promise<ServerResource | string> {
  const found = await cloud.network.subnets.find('front')
  if (found.isErr()) return explain(found.error)
  const created = await cloud.compute.servers.create(
    { name: 'web', image: { os: 'debian', version: '13' }, size: { vcpus: 2, memoryGiB: 4 }, subnets: [found.value.id] },
    { signal, key: 'web-1', until: 'Running' },
  )
  if (created.isErr()) return explain(created.error)
  const running = await waitFor(cloud.compute.servers, created.value.id, { phase: 'Running' }, { timeoutMs: 60_000 })
  return running.match<ServerResource | string>((server) => server, explain)
}

/** A switch over the codes is complete, and each code brings its details. */
export function explain(error: CloudError): string {
  switch (error.code) {
    case 'InvalidArgument':
      return error.details.path.join('.')
    case 'NotFound':
    case 'AlreadyExists':
      return `${error.details.kind} ${error.details.id}`
    case 'FailedPrecondition':
      return error.details.actual ?? error.message
    case 'QuotaExceeded':
      return error.details.quota ?? 'quota'
    case 'RateLimited':
      return `${error.details.retryAfterMs ?? 0} ms`
    case 'DeadlineExceeded':
      return `${error.details.timeoutMs ?? 0} ms`
    case 'Unsupported':
      return error.details.capability
    case 'Unauthenticated':
    case 'PermissionDenied':
    case 'Unavailable':
    case 'Cancelled':
    case 'Unknown':
      return error.message
    default:
      return error satisfies never
  }
}

/** A list is lazy and gives a result for each item; `toArray` gives them at once. */
export async function names(cloud: CloudWith<'server'>): Promise<readonly string[]> {
  const found: string[] = []
  for await (const server of cloud.compute.servers.list({ owner: { stack: 'shop' } })) {
    if (server.isErr()) return []
    found.push(server.value.name)
  }
  const all = await cloud.compute.servers.list().toArray({ limit: 10 })
  return [...found, ...all.unwrapOr([]).map((server) => server.name)]
}

/** What a type of cloud does not promise is not there, until it is asked for. */
export async function refusals(cloud: CloudWith<'server' | 'volume'>): Promise<void> {
  const [server] = await cloud.compute.servers.list().toArray({ limit: 1 }).unwrapOr([])
  const [volume] = await cloud.storage.volumes.list().toArray({ limit: 1 }).unwrapOr([])
  if (server === undefined || volume === undefined) return
  // @ts-expect-error a cloud of servers and volumes promises no console
  await cloud.compute.servers.consoleOutput(server.id).unwrapOr(undefined)
  // @ts-expect-error the id of a volume is no id of a server
  await cloud.compute.servers.get(volume.id).unwrapOr(undefined)
  // @ts-expect-error such a capability does not exist
  if (supports(cloud, 'server.teleport')) return
  // @ts-expect-error the answer may be an error
  server.name = await cloud.compute.servers.get(server.id)
}
