import {
  bucket,
  containerImage,
  defineStack,
  fileSet,
  keyPair,
  network,
  on,
  repository,
  securityGroup,
  securityGroupRule,
  server,
  subnet,
  texts,
  volume,
  volumeAttachment,
} from '@hanse/provisioning'
import type { Group, Output } from '@hanse/provisioning'

const image = { os: 'debian', version: '13' } as const
const small = { vcpus: 1, memoryGiB: 1 } as const

/** A stack of twenty resources, as it is first wanted. */
export const first = () =>
  shop({
    tier: 'web',
    os: '13',
    back: '10.0.1.0/24',
    size: small,
    sizeGiB: 10,
    port: 443,
    key: 'A',
    pages: { 'index.html': 'one', 'a.css': 'a', 'b.css': 'b' },
    program: 'console.log(1)',
    more: ({ shore }) => ({ logs: bucket({ name: 'logs-of-the-shop' }), hut: server({ image, size: small, subnets: [shore] }) }),
  })

/**
 * The same stack as it is wanted next. `web` is replaced while `proxy` refers to it and stays (its successor comes first); `back`, the
 * worker on it and the worker's disk are replaced the other way round; `logs` is listed under another name; a volume grows, a server gets
 * another size, a rule, a key, files and an image are exchanged; some go and some come.
 */
export const second = () =>
  shop({
    tier: 'front',
    os: '12',
    back: '10.0.1.0/25',
    size: { vcpus: 2, memoryGiB: 4 },
    sizeGiB: 20,
    port: 8443,
    key: 'B',
    pages: { 'index.html': 'two', 'a.css': 'a', 'c.css': 'c' },
    program: 'console.log(2)',
    more: ({ front }) => ({ archive: bucket({ name: 'logs-of-the-shop' }), added: server({ image, size: small, subnets: [front] }) }),
  })

interface Shop<More> {
  readonly tier: string
  readonly os: string
  readonly back: string
  readonly size: { readonly vcpus: number; readonly memoryGiB: number }
  readonly sizeGiB: number
  readonly port: number
  readonly key: string
  readonly pages: Readonly<Record<string, string>>
  readonly program: string
  readonly more: (on: Readonly<Record<'front' | 'shore', ReturnType<typeof onNetwork>>>) => More
}

function shop<More extends Group>(as: Shop<More>) {
  const net = labelled({ tier: as.tier })
  const front = onNetwork(net, '10.0.0.0/24')
  const back = onNetwork(net, as.back)
  const group = securityGroup({ description: as.tier })
  const ops = keyPair({ publicKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${as.key.repeat(43)}` })
  const web = server({ image: { os: 'debian', version: as.os }, size: small, subnets: [front] })
  const worker = server({ image, size: small, subnets: [back], keyPair: ops, securityGroups: [group] })
  const data = volume({ sizeGiB: as.sizeGiB })
  const store = bucket({ labels: { of: as.tier } })
  const repo = repository({ name: 'shop/app' })
  const islandNet = labelled({})
  const shore = onNetwork(islandNet, '10.8.0.0/16')
  return defineStack('shop', {
    net,
    front,
    back,
    web,
    proxy: server({ image, size: small, subnets: [front], labels: { upstream: firstOf(web.outputs.addresses) } }),
    worker,
    big: server({ image, size: as.size, subnets: [front] }),
    data,
    disk: volumeAttachment({ volume: data, server: worker }),
    store,
    pages: fileSet({ bucket: store, prefix: 'www/', from: texts(as.pages) }),
    repo,
    app: containerImage({ repository: repo, tag: 'latest', layers: [{ from: texts({ 'app.js': as.program }) }] }),
    group,
    rule: securityGroupRule({ securityGroup: group, direction: 'ingress', protocol: 'tcp', fromPort: as.port, toPort: as.port }),
    ops,
    islandNet,
    shore,
    ...as.more({ front, shore }),
  })
}

const labelled = (labels: Readonly<Record<string, string>>) => network({ labels })
const onNetwork = (net: ReturnType<typeof labelled>, cidr: string) => subnet({ network: net, cidr })

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

const firstOf = (addresses: Output<readonly string[]>) => addresses.map((all) => all[0] ?? '')
