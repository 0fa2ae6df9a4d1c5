/** What the embedded cloud can do. The one list: types, `supports`, the matrix in the README and the choice of the kit's cases come from it. */
export const always = [
  // location
  'quota',
  'region',
  'zone',
  // compute
  'image',
  'image.export',
  'image.import',
  'keyPair',
  'server',
  'server.console',
  'server.resize',
  'server.snapshot',
  'serverGroup',
  'serverSize',
  // storage
  'bucket',
  'object',
  // network
  'dnsRecord',
  'dnsZone',
  'floatingIp',
  'floatingIpAssociation',
  'loadBalancer',
  'network',
  'port',
  'router',
  'routerInterface',
  'securityGroup',
  'securityGroupRule',
  'subnet',
  'subnet.ipv6',
  // registry
  'artifact',
  'artifact.referrers',
  'blob',
  'blob.delete',
  'blob.mount',
  'manifest',
  'manifest.delete',
  'repository',
  'repository.create',
  'tag',
  'tag.delete',
] as const

/** Nothing has to be found out: every embedded cloud is the same. */
export const probed = [] as const
