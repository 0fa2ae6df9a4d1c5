import {
  apply,
  bucket,
  defineStack,
  loadBalancer,
  memoryStateStore,
  network,
  on,
  server,
  serverGroup,
  subnet,
  volume,
  volumeAttachment,
} from '@hanse/provisioning'
import type { NativeExtras } from '@hanse/core'
import type { TheCloud } from '../the-cloud.ts'

// As the package of a driver declares what its extras need.
declare module '@hanse/core' {
  interface CapabilityMap {
    'native.acme': { readonly supports: { readonly 'native.acme': true } }
  }
}

// Each exported function is a program of a user: it is compiled and run on every set of capabilities.

const how = () => ({ environment: 'test', state: memoryStateStore() })
const machine = { image: { os: 'debian', version: '13' }, size: { vcpus: 1 } } as const
const anybody = { prod: true, cloudName: 'main' }

const net = network({})
const front = subnet({ network: net, cidr: '10.0.0.0/24' })
const group = serverGroup({ policy: 'spread' })
const web = server({ ...machine, subnets: [front] })
const alone = server(machine)

export const stackOfAServer = (cloud: TheCloud) => apply(defineStack('a', { alone }), cloud, how())
export const stackOfAServerOnASubnet = (cloud: TheCloud) => apply(defineStack('b', { net, front, web }), cloud, how())
export const stackOfAServerInAGroup = (cloud: TheCloud) =>
  apply(defineStack('c', { group, web: server({ ...machine, group }) }), cloud, how())
export const stackOfABucket = (cloud: TheCloud) => apply(defineStack('d', { files: bucket({}) }), cloud, how())
export const stackOfAVersionedBucket = (cloud: TheCloud) => apply(defineStack('e', { files: bucket({ versioning: true }) }), cloud, how())
export const stackOfALoadBalancer = (cloud: TheCloud) =>
  apply(
    defineStack('f', { net, front, web, lb: loadBalancer({ subnet: front, listeners: [{ protocol: 'tcp', port: 80, members: [web] }] }) }),
    cloud,
    how(),
  )

export const stackOfAVolume = (cloud: TheCloud) => {
  const data = volume({ sizeGiB: 1 })
  return apply(defineStack('r', { alone, data, joined: volumeAttachment({ volume: data, server: alone }) }), cloud, how())
}

// Forms through which a naive type would let a need slip.
export const conditionalField = (cloud: TheCloud) =>
  apply(defineStack('g', { group, box: server({ ...machine, group: anybody.prod ? group : undefined }) }), cloud, how())
export const conditionalMember = (cloud: TheCloud) =>
  apply(defineStack('h', { alone, ...(anybody.prod ? { files: bucket({}) } : {}) }), cloud, how())
export const unionOfRecords = (cloud: TheCloud) =>
  apply(defineStack('i', anybody.prod ? { alone, files: bucket({}) } : { alone }), cloud, how())
export const unlistedReference = (cloud: TheCloud) => apply(defineStack('j', { web }), cloud, how())
export const nestedGroups = (cloud: TheCloud) => {
  const tier = (cidr: string) => {
    const own = network({})
    return { own, sub: subnet({ network: own, cidr }), boxes: [server(machine), server(machine)] }
  }
  return apply(defineStack('k', { tiers: { a: tier('10.0.0.0/24'), b: tier('10.0.1.0/24') } }), cloud, how())
}
export const recordOfALoop = (cloud: TheCloud) =>
  apply(defineStack('l', { alone, many: Object.fromEntries(['x', 'y'].map((name) => [name, bucket({})])) }), cloud, how())
export const listOfALoop = (cloud: TheCloud) =>
  apply(defineStack('m', { alone, many: ['x', 'y'].map(() => serverGroup({ policy: 'pack' })) }), cloud, how())
export const nameThatIsNoLiteral = (cloud: TheCloud) => {
  const { bucket: bucketThere } = on(anybody.cloudName)
  return apply(defineStack('n', { files: bucketThere({}) }), { [anybody.cloudName]: cloud }, how())
}
export const outputOfAnother = (cloud: TheCloud) =>
  apply(
    defineStack('o', {
      net,
      front,
      web,
      next: server({ ...machine, labels: { upstream: web.outputs.addresses.map((all) => all[0] ?? '') } }),
    }),
    cloud,
    how(),
  )
export const extrasForAProvider = (cloud: TheCloud) => {
  const extras: NativeExtras<'acme'> = { driver: 'acme', needs: ['native.acme'], value: {} }
  return apply(defineStack('p', { box: server({ ...machine, native: extras }) }), cloud, how())
}

// What no type sees, for the value decides.
export const unseenIpv6InAStack = (cloud: TheCloud) =>
  apply(defineStack('q', { net, six: subnet({ network: net, cidr: 'fd00::/64' }) }), cloud, how())
