import type { Result } from 'neverthrow'
import { supports } from './cloud.ts'
import type { CapabilityOf, Cloud, CloudWith, Portable, Presets } from './cloud.ts'
import { composeCloud } from './compose-cloud.ts'
import type { HasServers, HasServerSnapshot } from './compute/capabilities.ts'
import type { ImageId } from './compute/image.ts'
import type { ServerId, ServerResource } from './compute/server.ts'
import type { CloudError } from './errors.ts'
import { cloudError } from './errors.ts'
import { interceptCloud } from './intercept-cloud.ts'
import type { NetworkId } from './network/network.ts'
import type { SubnetId } from './network/subnet.ts'
import { openCloud } from './open-cloud.ts'
import type { CloudSource } from './open-cloud.ts'
import type { CloudResultAsync } from './result.ts'
import type { BucketId } from './storage/bucket.ts'
import { waitFor } from './wait-for.ts'

// Compiled with the sources and never run. A line that must not compile says so; the compiler complains when it does.
const use = (_: unknown): void => {}

interface AwsCloud extends CloudWith<'server' | 'server.snapshot' | 'network' | 'image'> {
  readonly native: { readonly aws: true }
}
type OpenStackCloud = CloudWith<'server' | 'server.resize' | 'server.snapshot' | 'network' | 'image'>
type SmallCloud = CloudWith<'server' | 'bucket'>
declare const aws: AwsCloud
declare const openstack: OpenStackCloud
declare const small: SmallCloud
declare const id: ServerId
declare const image: ImageId

// A richer cloud serves where a poorer one is asked for.
export const plain: CloudWith<'server'> = openstack
export const withSnapshot: CloudWith<'server' | 'server.snapshot'> = aws
export const interfaces: HasServers & HasServerSnapshot = aws
export const base: Cloud = small
// @ts-expect-error no snapshot on the small one
export const tooPoor: CloudWith<'server' | 'server.snapshot'> = small
// @ts-expect-error resize is not declared by aws
aws.compute.servers.resize(id, 'large')
use(openstack.compute.servers.resize(id, 'large'))
// @ts-expect-error no registry on aws
void aws.registry
// @ts-expect-error no such capability
export type Nonsense = CloudWith<'server.fly'>

// What is portable: both have it.
type Both = Portable<AwsCloud, OpenStackCloud>
declare const both: Both
export const shared: CapabilityOf<Both> = 'server.snapshot'
// @ts-expect-error only on OpenStack
export const notShared: CapabilityOf<Both> = 'server.resize'
use(both.compute.servers.snapshot(id, 'x'))
// @ts-expect-error not portable
both.compute.servers.resize(id, 'large')
export const fits: readonly Both[] = [aws, openstack]
// @ts-expect-error the small one lacks network, image and snapshot
export const doesNotFit: Both = small
declare const either: AwsCloud | OpenStackCloud
use(either.compute.servers.snapshot(id, 'x'))
// @ts-expect-error not common to the union
either.compute.servers.resize(id, 'large')

// A cloud chosen by configuration.
declare const some: Cloud
if (supports(some, 'server')) {
  use(some.compute.servers.get(id))
  if (supports(some, 'server.resize')) use(some.compute.servers.resize(id, 'large'))
  // @ts-expect-error outside of its guard
  some.compute.servers.resize(id, 'large')
}
// @ts-expect-error outside of its guard
void some.compute
// @ts-expect-error nobody can ask for what nobody knows
supports(some, 'server.fly')

// A need is an intersection, or a generic with one.
export const backup = (cloud: CloudWith<'server' | 'server.snapshot'>, server: ServerId) => cloud.compute.servers.snapshot(server, 'b')
use(backup(openstack, id))
use(backup(aws, id))
// @ts-expect-error the small one cannot
use(backup(small, id))
export const generic = <C extends CloudWith<'server'>>(cloud: C, server: ServerId): CloudResultAsync<ServerResource> =>
  cloud.compute.servers.get(server)
use(generic(small, id))

// Presets name sets.
declare const compute: CloudWith<Presets['compute']>
use(compute.compute.images.get(image))
// @ts-expect-error a preset promises no more than its set
void compute.network
// @ts-expect-error nor the small cloud a whole preset
export const notComputing: CloudWith<Presets['compute']> = small

// Ids of different kinds do not mix; a text is no id.
declare const network: NetworkId
declare const subnet: SubnetId
declare const bucket: BucketId
// @ts-expect-error a network is not a server
use(openstack.compute.servers.get(network))
// @ts-expect-error a text is not an id of a server
use(openstack.compute.servers.get('web'))
// @ts-expect-error nor of a bucket
use(small.storage.buckets.get(id))
use(small.storage.buckets.get(bucket))
use(openstack.compute.servers.create({ name: 'a', image, size: 's', subnets: [subnet] }))
use(openstack.compute.servers.create({ name: 'a', image: 'debian-13' as ImageId, size: { vcpus: 2 } }))
use(openstack.compute.servers.create({ name: 'a', image: { os: 'debian' }, size: 'SCS-4V-16' }))
// @ts-expect-error a network is not a subnet
use(openstack.compute.servers.create({ name: 'a', image, size: 's', subnets: [network] }))
// @ts-expect-error nor is an image a size
use(openstack.compute.servers.create({ name: 'a', image, size: image }))
// @ts-expect-error the image is missing
use(openstack.compute.servers.create({ name: 'a', size: 's' }))
// @ts-expect-error no such field
use(openstack.compute.servers.create({ name: 'a', image, size: 's', userdata: '' }))
// @ts-expect-error not changed in place
use(openstack.compute.servers.update(id, { image }))
// @ts-expect-error no such phase
use(openstack.compute.servers.create({ name: 'a', image, size: 's' }, { until: 'Runing' }))
// @ts-expect-error no such option
use(openstack.compute.servers.get(id, { signl: new AbortController().signal }))
use(openstack.compute.servers.get(id, { signal: undefined, timeoutMs: undefined }))

// Results and lists.
export async function results(): Promise<void> {
  for await (const server of openstack.compute.servers.list()) {
    const result: Result<ServerResource, CloudError> = server
    if (result.isErr()) {
      if (result.error.code === 'NotFound') void result.error.details.kind
      // @ts-expect-error details are those of the code
      void result.error.details.kind
    } else {
      const size: string | undefined = result.value.observed.size
      // @ts-expect-error what is observed is resolved: an id, no selector
      void result.value.observed.size?.vcpus
      void size
    }
  }
  // @ts-expect-error a pager is no ResultAsync
  void openstack.compute.servers.list().map
  // @ts-expect-error a result is no value until it was looked at
  void (await openstack.compute.servers.get(id)).id
  use(await waitFor(openstack.compute.servers, id, { phase: 'Running' }))
  use(await waitFor(openstack.compute.servers, id, { phase: 'ready' }))
  use(await waitFor(openstack.compute.servers, id, 'absent'))
  // @ts-expect-error no such phase
  use(await waitFor(openstack.compute.servers, id, { phase: 'Flying' }))
  // @ts-expect-error of another kind
  use(await waitFor(openstack.compute.servers, network, 'absent'))
}

// Errors: the details fit the code, and a switch is complete or does not compile.
const context = { driver: 'local', operation: 'server.get' }
cloudError('NotFound', 'no server', context, { kind: 'server', id: 'x' })
// @ts-expect-error the details of another code
cloudError('NotFound', 'no server', context, { retryAfterMs: 1 })
// @ts-expect-error no such code
cloudError('Nonsense', 'x', context, {})
export function incomplete(error: CloudError): number {
  switch (error.code) {
    case 'NotFound':
    case 'AlreadyExists':
      return 1
    default:
      // @ts-expect-error eleven codes are left
      return error satisfies never
  }
}

// Opening: always is promised, probed is asked for or required.
declare const source: CloudSource<'server' | 'network', 'loadBalancer' | 'bucket', { readonly session: string }>
export async function opening(): Promise<void> {
  const opened = await openCloud(source)
  if (opened.isErr()) return
  void opened.value.compute.servers
  const session: string = opened.value.native.session
  void session
  // @ts-expect-error not every such cloud has load balancers
  void opened.value.network.loadBalancers
  if (supports(opened.value, 'loadBalancer')) void opened.value.network.loadBalancers.list()
  const required = await openCloud(source, { require: ['loadBalancer'], readOnly: true })
  if (required.isErr()) return
  void required.value.network.loadBalancers.list()
  void required.value.compute.servers
  // @ts-expect-error another one was required
  void required.value.storage
  // @ts-expect-error this driver never has it
  use(await openCloud(source, { require: ['dnsZone'] }))
  // @ts-expect-error no such option
  use(await openCloud(source, { readonly: true }))
}

// Composing: each service from one cloud, with what belongs to it.
const composed = composeCloud({ compute: openstack, storage: small })
use(composed.compute.servers.resize(id, 'large'))
use(composed.storage.buckets.get(bucket))
export const composedFits: CloudWith<'server' | 'server.resize' | 'image' | 'bucket'> = composed
// @ts-expect-error the network of openstack was not taken
void composed.network
const other = composeCloud({ compute: small, network: openstack })
use(other.network.networks.get(network))
// @ts-expect-error the small one's servers cannot be resized, whoever else's can
other.compute.servers.resize(id, 'large')
const kept = composeCloud({ compute: aws })
export const native: true = kept.native.compute.aws
// @ts-expect-error a part is a cloud
composeCloud({ compute: {} })
// @ts-expect-error no such service
composeCloud({ computing: openstack })

// Intercepting keeps the type.
export const watched: AwsCloud = interceptCloud(aws, (call, next) => next(call))

// Checking takes the name of any kind, third parties' too.
export const problems = openstack.check('server', {}, { isLater: (value) => value === 5 })
