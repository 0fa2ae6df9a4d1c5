import type { Specimens } from '../specimen.ts'
import { addressIn, labels, listOf, madeOf, name, range, rangeOf } from './values.ts'

/** Networks and what is in them. */
export const network: Specimens = {
  network: { fields: { name: name('network'), labels } },
  subnet: {
    fields: {
      name: name('subnet'),
      network: madeOf('network'),
      cidr: (bench) => range(bench),
      gateway: (_, spec) => addressIn(String(spec['cidr']), 254),
      dnsServers: (bench) => [`9.9.9.${1 + (bench.number() % 250)}`],
      zone: (bench) => bench.findings.zone(),
      labels,
    },
  },
  router: { fields: { name: name('router'), externalNetwork: (bench) => bench.findings.externalNetworkIfAny(), labels } },
  routerInterface: { fields: { router: madeOf('router'), subnet: madeOf('subnet') } },
  securityGroup: { fields: { name: name('group'), description: (bench) => `For case ${bench.number()}.`, labels } },
  securityGroupRule: {
    fields: {
      securityGroup: madeOf('securityGroup'),
      direction: () => 'ingress',
      protocol: () => 'tcp',
      fromPort: (bench) => 1024 + (bench.number() % 30_000),
      toPort: (_, spec) => spec['fromPort'],
      remoteCidr: (bench) => range(bench),
      remoteGroup: madeOf('securityGroup'),
    },
    alsoRequired: ['fromPort', 'toPort'],
    apart: ['remoteCidr', 'remoteGroup'],
  },
  floatingIp: { fields: { network: (bench) => bench.findings.externalNetworkIfAny(), labels } },
  floatingIpAssociation: {
    fields: {
      floatingIp: madeOf('floatingIp'),
      server: async (bench) => (await bench.make('server', await bench.outside())).id,
      port: async (bench) =>
        bench.supports('port') ? (await bench.make('port', { subnet: (await bench.outside()).subnets[0] })).id : undefined,
    },
    alsoRequired: ['server'],
    alone: true,
    apart: ['port'],
  },
  loadBalancer: {
    fields: {
      name: name('balancer'),
      subnet: madeOf('subnet'),
      listeners: async (bench, spec) => {
        const member = await bench.make('server', { subnets: [spec['subnet']] })
        return [{ protocol: 'http', port: 8000 + (bench.number() % 1000), memberPort: 8080, members: [member.id], healthPath: '/health' }]
      },
      labels,
    },
  },
  dnsZone: {
    fields: {
      name: (bench) => `${bench.name('zone')}.${bench.findings.domain()}`,
      email: (bench) => `admin-${bench.number()}@${bench.findings.domain()}`,
      ttlSeconds: (bench) => 300 + (bench.number() % 3000),
      labels,
    },
  },
  dnsRecord: {
    fields: {
      zone: madeOf('dnsZone'),
      name: async (bench, spec) => {
        const zone = await bench.service('dnsZone').get(String(spec['zone']) as never)
        return `${bench.name('www')}.${zone.isOk() ? zone.value.name : bench.findings.domain()}`
      },
      type: () => 'A',
      values: (bench) => [`192.0.2.${1 + (bench.number() % 250)}`],
      ttlSeconds: (bench) => 300 + (bench.number() % 3000),
    },
  },
  port: {
    fields: {
      name: name('port'),
      subnet: madeOf('subnet'),
      address: async (bench, spec) => addressIn(await rangeOf(bench, spec['subnet']), 10 + (bench.number() % 200)),
      securityGroups: listOf('securityGroup'),
      labels,
    },
  },
}
