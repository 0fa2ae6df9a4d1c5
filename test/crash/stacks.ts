import type { Output } from '@hanse/provisioning'
import { bucket, defineStack, fileSet, network, on, server, subnet, texts } from '@hanse/provisioning'

const image = { os: 'debian', version: '13' } as const
const small = { vcpus: 1, memoryGiB: 1 } as const

/** A stack of twenty resources, as it is first wanted. */
export function first() {
  const net = network({ labels: { tier: 'web' } })
  const front = subnet({ network: net, cidr: '10.0.0.0/24' })
  const back = subnet({ network: net, cidr: '10.0.1.0/24' })
  const web = server({ image, size: small, subnets: [front] })
  const proxy = server({ image, size: small, subnets: [front], labels: { upstream: firstOf(web.outputs.addresses) } })
  const store = bucket({ labels: { of: 'pages' } })
  return defineStack('shop', {
    net,
    front,
    back,
    web,
    proxy,
    second: server({ image, size: small, subnets: [front], labels: { upstream: firstOf(web.outputs.addresses) } }),
    worker: server({ image, size: small, subnets: [back] }),
    helper: server({ image, size: small, subnets: [back] }),
    big: server({ image, size: small, subnets: [front, back] }),
    store,
    pages: fileSet({ bucket: store, prefix: 'www/', from: texts({ 'index.html': 'one', 'a.css': 'a', 'b.css': 'b' }) }),
    media: fileSet({ bucket: store, prefix: 'media/', from: texts({ 'a.txt': 'a' }) }),
    logs: bucket({ name: 'logs-of-the-shop' }),
    spare: bucket({}),
    other: network({}),
    ...island('10.8.0.0/16'),
    extra: network({ labels: { goes: 'away' } }),
  })
}

/**
 * The same stack as it is wanted next. `web` is replaced while others refer to it and stay (its successor comes first), `back` and what
 * stands on it are replaced the other way round, `logs` is listed under another name, some are changed, some go, some come.
 */
export function second() {
  const net = network({ labels: { tier: 'front' } })
  const front = subnet({ network: net, cidr: '10.0.0.0/24' })
  const back = subnet({ network: net, cidr: '10.0.1.0/25' })
  const web = server({ image: { os: 'debian', version: '12' }, size: small, subnets: [front] })
  const proxy = server({ image, size: small, subnets: [front], labels: { upstream: firstOf(web.outputs.addresses) } })
  const store = bucket({ labels: { of: 'files' } })
  return defineStack('shop', {
    net,
    front,
    back,
    web,
    proxy,
    second: server({ image, size: small, subnets: [front], labels: { upstream: firstOf(web.outputs.addresses) } }),
    worker: server({ image, size: small, subnets: [back] }),
    big: server({ image, size: { vcpus: 2, memoryGiB: 4 }, subnets: [front] }),
    store,
    pages: fileSet({ bucket: store, prefix: 'www/', from: texts({ 'index.html': 'two', 'a.css': 'a', 'c.css': 'c' }) }),
    media: fileSet({ bucket: store, prefix: 'media/', from: texts({ 'a.txt': 'a' }) }),
    archive: bucket({ name: 'logs-of-the-shop' }),
    spare: bucket({}),
    other: network({}),
    ...island('10.8.0.0/16', { vcpus: 2 }),
    added: server({ image, size: small, subnets: [front] }),
  })
}

/** A stack over two clouds: what stands at home is told to what stands at the edge. */
export function hybrid(version: 1 | 2) {
  const edge = on('edge')
  const net = network({})
  const front = subnet({ network: net, cidr: '10.0.0.0/24' })
  const web = server({ image: { os: 'debian', version: version === 1 ? '13' : '12' }, size: small, subnets: [front] })
  const edgeNet = edge.network({ labels: { version: String(version) } })
  const edgeFront = edge.subnet({ network: edgeNet, cidr: '10.1.0.0/24' })
  const cache = edge.server({ image, size: small, subnets: [edgeFront], labels: { upstream: firstOf(web.outputs.addresses) } })
  return defineStack('hybrid', { net, front, web, edgeNet, edgeFront, cache, ...(version === 1 ? {} : { more: edge.bucket({}) }) })
}

function island(cidr: string, size: { readonly vcpus: number; readonly memoryGiB?: number } = small) {
  const islandNet = network({})
  const shore = subnet({ network: islandNet, cidr })
  return { islandNet, shore, hut: server({ image, size, subnets: [shore] }), boat: server({ image, size: small, subnets: [shore] }) }
}

const firstOf = (addresses: Output<readonly string[]>) => addresses.map((all) => all[0] ?? '')
