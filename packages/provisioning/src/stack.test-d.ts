import type { CloudSource, CloudWith, NativeExtras } from '@hanse/core'
import { openCloud } from '@hanse/core'
import { all } from './stack/output.ts'
import { main, on } from './stack/builders.ts'
import { defineStack } from './stack/stack.ts'
import type { Stack } from './stack/stack.ts'
import type { CloudsFor } from './stack/wanted.ts'
import { defineConfig } from './config.ts'
declare function apply<Needs, O>(
  stack: Stack<Needs, O>,
  clouds: CloudsFor<NoInfer<Needs>>,
  options: object,
): Promise<{ isOk(): true; value: O }>
const { network, subnet, server, serverGroup, volume, loadBalancer, bucket } = main
const edge = on('edge')
declare const full: CloudWith<'server' | 'serverGroup' | 'network' | 'subnet' | 'volume' | 'loadBalancer' | 'volumeAttachment'>
declare const small: CloudWith<'server' | 'network' | 'subnet' | 'volume' | 'volumeAttachment'>
declare const tiny: CloudWith<'server'>
declare const prod: boolean
const how = { environment: 'test', state: {} }
const net = network({})
const front = subnet({ network: net, cidr: '10.0.0.0/24' })
const group = serverGroup({ policy: 'spread' })
const web = server({ image: { os: 'debian' }, size: { vcpus: 2, memoryGiB: 4 }, subnets: [front] })
const spread = server({ image: { os: 'debian' }, size: { vcpus: 2, memoryGiB: 4 }, subnets: [front], group })
const data = volume({ sizeGiB: 10 })
const att = main.volumeAttachment({ volume: data, server: web })
// @ts-expect-error a network is not a server
main.volumeAttachment({ volume: data, server: net })
// @ts-expect-error no such field
server({ image: 'debian', size: { vcpus: 2, memoryGiB: 4 }, userdata: '' })
// @ts-expect-error image is missing
server({ size: { vcpus: 2, memoryGiB: 4 } })
// @ts-expect-error regions are not created
main.region
const one = defineStack('shop', { net, front, web, data, att }, { addresses: web.outputs.addresses })
const out = await apply(one, small, how)
if (out.isOk()) {
  const addresses: readonly string[] = out.value.addresses
  void addresses
}
const wide = defineStack('shop', { net, front, web, spread, group, data })
await apply(wide, full, how)
// @ts-expect-error small has no serverGroup
await apply(wide, small, how)
loadBalancer({ subnet: front, listeners: [{ protocol: 'tcp', port: 80, members: [web, spread] }] })
server({
  image: 'debian',
  size: { vcpus: 1, memoryGiB: 1 },
  labels: { upstream: web.outputs.addresses.map((a) => a[0] ?? '') },
  userData: all(web.outputs.addresses, front.outputs.cidr).map(([a, c]) => `${a[0]} ${c}`),
})
// @ts-expect-error a label is text, not a list
server({ image: 'debian', size: { vcpus: 1, memoryGiB: 1 }, labels: { upstream: web.outputs.addresses } })
const conditionalField = defineStack('c1', {
  net,
  front,
  w: server({ image: 'd', size: { vcpus: 1, memoryGiB: 1 }, group: prod ? group : undefined }),
})
// @ts-expect-error serverGroup, when prod
await apply(conditionalField, small, how)
const conditionalMember = defineStack('c2', { web, front, net, ...(prod ? { data } : {}) })
// @ts-expect-error volume, when prod
await apply(conditionalMember, tiny, how)
const sized = (size: { readonly vcpus: number; readonly memoryGiB?: number }) => server({ image: 'd', size })
await apply(defineStack('c6', { box: sized({ vcpus: 1 }) }), tiny, how)
const maybe: { readonly data?: typeof data } = {}
const optionalMember = defineStack('c7', { box: sized({ vcpus: 1 }), ...maybe })
// @ts-expect-error volume, when there is one
await apply(optionalMember, tiny, how)
const optionalField = (own: { readonly group?: typeof group }) => server({ image: 'd', size: { vcpus: 1 }, ...own })
// @ts-expect-error serverGroup, when there is one
await apply(defineStack('c8', { group, box: optionalField({}) }), tiny, how)
const firstOf = (of: typeof web) => of.outputs.addresses.map((all) => all[0] ?? '')
await apply(
  defineStack('c9', { net, front, web, box: server({ image: 'd', size: { vcpus: 1 }, labels: { of: firstOf(web) } }) }),
  small,
  how,
)
const union = defineStack('c3', prod ? { net, front, web, data } : { net, front, web })
// @ts-expect-error volume, when prod
await apply(union, tiny, how)
const unlisted = defineStack('c4', { web })
// @ts-expect-error web stands on a subnet of a network
await apply(unlisted, tiny, how)
const tier = (cidr: string) => {
  const own = network({})
  return { own, sub: subnet({ network: own, cidr }), boxes: [server({ image: 'd', size: { vcpus: 1, memoryGiB: 1 } })] }
}
const nested = defineStack('c5', {
  a: tier('10.0.0.0/24'),
  b: tier('10.0.1.0/24'),
  many: Object.fromEntries(['x', 'y'].map((k) => [k, volume({ sizeGiB: 1 })])),
})
await apply(nested, full, how)
// @ts-expect-error networks, subnets and volumes
await apply(nested, tiny, how)
const edgeNet = edge.network({})
const cache = edge.server({
  image: 'debian',
  size: { vcpus: 1, memoryGiB: 1 },
  subnets: [edge.subnet({ network: edgeNet, cidr: '10.1.0.0/24' })],
  userData: web.outputs.addresses.map((a) => `UPSTREAM=${a[0]}`),
})
// @ts-expect-error a server on edge cannot be on main's subnet
edge.server({ image: 'debian', size: { vcpus: 1, memoryGiB: 1 }, subnets: [front] })
const hybrid = defineStack('hybrid', { net, front, web, spread, group, edge: { edgeNet, cache } })
await apply(hybrid, { main: full, edge: small }, how)
// @ts-expect-error edge has no network
await apply(hybrid, { main: full, edge: tiny }, how)
// @ts-expect-error main lacks serverGroup
await apply(hybrid, { main: small, edge: full }, how)
// @ts-expect-error a cloud for edge is missing
await apply(hybrid, { main: full }, how)
// @ts-expect-error one cloud is not enough
await apply(hybrid, full, how)
const vb = defineStack('vb', { b: bucket({ versioning: true }) })
declare const bonly: CloudWith<'bucket'>
// @ts-expect-error versioning
await apply(vb, bonly, how)
declare const openstack: (config: {
  readonly cloud: string
}) => CloudSource<'server' | 'serverGroup' | 'network' | 'subnet' | 'volume', 'loadBalancer' | 'bucket', { x: 1 }>
declare const mini: (config: { readonly url: string }) => CloudSource<'server', never, 3>
defineConfig({
  clouds: { scs: openstack({ cloud: 'scs' }), lab: openstack({ cloud: 'lab' }) },
  stack: wide,
  environments: { dev: 'lab', prod: 'scs' },
})
defineConfig({
  clouds: { scs: openstack({ cloud: 'scs' }), lab: openstack({ cloud: 'lab' }) },
  stack: hybrid,
  environments: { prod: { main: 'scs', edge: 'lab' } },
})
// @ts-expect-error no cloud of that name
defineConfig({ clouds: { scs: openstack({ cloud: 'scs' }) }, stack: wide, environments: { dev: 'lab' } })
// @ts-expect-error mini has servers only
defineConfig({ clouds: { m: mini({ url: '' }) }, stack: wide, environments: { dev: 'm' } })
declare module '@hanse/core' {
  interface CapabilityMap {
    'native.openstack': { readonly supports: { readonly 'native.openstack': true } }
  }
}
declare const openstackServer: (extras: { readonly schedulerHints: object }) => NativeExtras<'openstack'>
declare const somewhere: CloudWith<'server' | 'native.openstack'>
const hinted = defineStack('h', {
  box: server({ image: 'd', size: { vcpus: 1, memoryGiB: 1 }, native: openstackServer({ schedulerHints: {} }) }),
})
await apply(hinted, somewhere, how)
// @ts-expect-error only on OpenStack
await apply(hinted, tiny, how)
void openCloud
const images = defineStack('images', { repo: main.repository({}) })
declare const readsOnly: CloudWith<'repository'>
declare const makes: CloudWith<'repository' | 'repository.create'>
await apply(images, makes, how)
// @ts-expect-error a repository is made by a verb that not every registry has
await apply(images, readsOnly, how)
