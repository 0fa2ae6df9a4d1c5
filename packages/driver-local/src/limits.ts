import type { KindLimits, Limits } from '@hanse/core'
import type { LocalCloud } from './local-cloud.ts'

const labels = { count: 50, keyLength: 128, valueLength: 255, keyPattern: /^[A-Za-z0-9][A-Za-z0-9._/-]*$/ }
const name = { maxBytes: 255 }
/** As a host name: a server takes its own from it (RFC 1123). */
const hostName = {
  max: 63,
  pattern: /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/,
  hint: 'must be letters, digits, dots and hyphens, as in a host name',
}
/** What Nova takes for key pairs and groups, which are named in its URLs. */
const plainName = { maxBytes: 255, pattern: /^[A-Za-z0-9][A-Za-z0-9 ._@-]*$/, hint: 'must be letters, digits, spaces and . _ @ -' }
/** Five per interface is what AWS gives unasked; Neutron has no limit. */
const securityGroups = { max: 16 }

/** A repository is a folder, and another may lie within it. */
const repositoryName = {
  pattern: /^(?!(?:.*\/)?(?:blobs|index\.json|oci-layout)(?:\/|$))/,
  hint: 'must not have blobs, index.json or oci-layout between its slashes',
}

/** What the embedded cloud accepts: the narrower limits that real clouds have, so that a program that works here does not fail there by its names. */
export const limits = ({ quotas }: LocalCloud): Limits => {
  const counted = (kind: string, fields: KindLimits['fields'], more: Omit<KindLimits, 'fields'> = { labels }): KindLimits => ({
    count: quotas[kind],
    fields,
    ...more,
  })
  return {
    // compute
    image: counted('image', { name }),
    keyPair: counted('keyPair', { name: plainName, publicKey: { maxBytes: 16_384 } }, {}),
    server: counted('server', { name: hostName, userData: { maxBytes: 65_535 }, securityGroups, subnets: { max: 15 } }),
    serverGroup: counted('serverGroup', { name: plainName }, {}),
    // storage
    bucket: counted('bucket', {}),
    volume: counted('volume', { name, sizeGiB: { max: 16_384 } }),
    volumeBackup: counted('volumeBackup', { name }),
    volumeSnapshot: counted('volumeSnapshot', { name }),
    // network
    dnsRecord: counted('dnsRecord', { name: { max: 253 }, values: { max: 100 } }, {}),
    dnsZone: counted('dnsZone', { name: { max: 253 } }),
    floatingIp: counted('floatingIp', {}),
    loadBalancer: counted('loadBalancer', { name, listeners: { max: 50 }, 'listeners.members': { max: 200 } }),
    network: counted('network', { name }),
    port: counted('port', { name, securityGroups }),
    router: counted('router', { name }),
    securityGroup: counted('securityGroup', { name, description: { maxBytes: 255 } }),
    securityGroupRule: counted('securityGroupRule', {}, {}),
    // Neutron takes five servers of names.
    subnet: counted('subnet', { name, dnsServers: { max: 5 } }),
    // registry
    repository: counted('repository', { name: repositoryName }),
  }
}
