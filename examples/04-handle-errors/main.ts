import type { CloudError } from '@hanse/core'
import { openCloud, unwrap } from '@hanse/core'
import { local } from '@hanse/driver-local'

/** What a person is told. A new code would not compile before it has a line here. */
export function explain(error: CloudError): string {
  switch (error.code) {
    case 'InvalidArgument':
      return `please correct ${error.details.path.join('.')}`
    case 'NotFound':
      return `there is no ${error.details.kind} ${error.details.id}`
    case 'QuotaExceeded':
      return `the account is full (${error.details.quota ?? 'some limit'}); remove something or ask for more`
    case 'AlreadyExists':
    case 'FailedPrecondition':
      return `not now: ${error.message}`
    case 'Unauthenticated':
    case 'PermissionDenied':
      return 'please sign in with an account that may do this'
    case 'RateLimited':
    case 'Unavailable':
    case 'DeadlineExceeded':
      return 'the cloud is busy; it is safe to try again with the same key'
    case 'Cancelled':
      return 'stopped, as you wished'
    case 'Unsupported':
      return `this cloud has no ${error.details.capability}`
    case 'Unknown':
      return `something unforeseen in ${error.context.operation}: ${error.message}`
    default:
      return error satisfies never
  }
}

/** Does five things that cannot work. */
export async function main() {
  const cloud = await unwrap(openCloud(local({ quotas: { server: 1 } })))
  const { networks } = cloud.network
  const { servers } = cloud.compute
  const small = { image: { os: 'debian' }, size: { vcpus: 1 } }
  const net = await unwrap(networks.create({ name: 'net' }))
  await unwrap(cloud.network.subnets.create({ name: 'front', network: net.id, cidr: '10.0.0.0/24' }))
  await unwrap(servers.create({ name: 'first', ...small }))

  // Nothing is thrown: each call gives a value or an error, and `match` takes both.
  const told = [
    await servers.create({ name: 'not a host name', ...small }).match(() => 'made', explain),
    await servers.create({ name: 'second', ...small }).match(() => 'made', explain),
    await servers.find('third').match(() => 'found', explain),
    await networks.delete(net.id).match(() => 'deleted', explain),
    await networks.find('net', { signal: AbortSignal.abort() }).match(() => 'found', explain),
  ]
  for (const line of told) console.log(line)

  await unwrap(cloud.close())
  return told
}

if (process.argv[1] === import.meta.filename) await main()
