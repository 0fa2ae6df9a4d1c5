import { integer, list, object, oneOf, optional, reference, text } from '../kind/field.ts'
import { describeKind } from '../kind/kind.ts'
import { changeableName, fixedName, labels } from '../kind/naming-fields.ts'
import type { DnsRecordResource, DnsRecordSpec, DnsZoneOutputs, DnsZoneResource, DnsZoneSpec } from './dns.ts'
import type {
  FloatingIpAssociationResource,
  FloatingIpAssociationSpec,
  FloatingIpOutputs,
  FloatingIpResource,
  FloatingIpSpec,
} from './floating-ip.ts'
import type { Listener, LoadBalancerOutputs, LoadBalancerResource, LoadBalancerSpec } from './load-balancer.ts'
import type { NetworkOutputs, NetworkResource, NetworkSpec } from './network.ts'
import type { PortOutputs, PortResource, PortSpec } from './port.ts'
import type { RouterInterfaceResource, RouterInterfaceSpec, RouterOutputs, RouterResource, RouterSpec } from './router.ts'
import type { SecurityGroupRuleSpec, SecurityGroupSpec } from './security-group.ts'
import type { SubnetOutputs, SubnetResource, SubnetSpec } from './subnet.ts'
import type { NoOutputs } from '../resource.ts'

type PhaseOf<R extends { readonly status: { readonly phase: string } }> = R['status']['phase']

const address = { type: 'text', min: 2, max: 45, format: 'ip' } as const
const life = { Ready: 'ready', Pending: 'pending', Failed: 'failed' } as const
const allFive = ['create', 'get', 'list', 'update', 'delete'] as const
const joining = ['create', 'get', 'list', 'delete'] as const
const portNumber = { min: 1, max: 65_535, unit: 'port' } as const
const ttl = integer('How long others may keep an answer.', { min: 0, max: 2_147_483_647, unit: 's' }, { onChange: 'update' })

/** The kind of a network, as data. */
export const network = describeKind<NetworkSpec, NetworkOutputs, PhaseOf<NetworkResource>>()({
  kind: 'network',
  service: 'network',
  plural: 'networks',
  summary: 'An isolated layer-2 network.',
  identity: 'marked',
  verbs: allFive,
  actions: {},
  phases: life,
  fields: { name: changeableName, labels },
  outputs: { external: { type: 'boolean' } },
})

/** The kind of a subnet, as data. */
export const subnet = describeKind<SubnetSpec, SubnetOutputs, PhaseOf<SubnetResource>>()({
  kind: 'subnet',
  service: 'network',
  plural: 'subnets',
  summary: 'A range of addresses in a network.',
  identity: 'marked',
  parent: 'network',
  verbs: allFive,
  actions: {},
  phases: life,
  fields: {
    name: changeableName,
    network: reference('The network that it is part of.', 'network'),
    cidr: text(
      'The range: 10.0.0.0/24.',
      { min: 4, max: 43, format: 'cidr' },
      {
        needsWhen: { capability: 'subnet.ipv6', value: (cidr) => String(cidr).includes(':') },
      },
    ),
    gateway: optional(text('The address of the router; the first of the range when left out.', { min: 2, max: 45, format: 'ip' })),
    dnsServers: optional(list('Who answers names.', text('', { min: 2, max: 45, format: 'ip' }), { max: 8 }, { onChange: 'update' })),
    zone: optional(text('The availability zone by name.', { min: 1, max: 255 })),
    labels,
  },
  outputs: { cidr: { type: 'text', min: 4, max: 43, format: 'cidr' }, gateway: address },
})

/** The kind of a router, as data. */
export const router = describeKind<RouterSpec, RouterOutputs, PhaseOf<RouterResource>>()({
  kind: 'router',
  service: 'network',
  plural: 'routers',
  summary: 'What carries traffic between subnets, and outside.',
  identity: 'marked',
  verbs: allFive,
  actions: {},
  phases: life,
  fields: {
    name: changeableName,
    externalNetwork: optional(reference('The network outside to which it leads.', 'network', { onChange: 'update' })),
    labels,
  },
  outputs: { externalAddress: address },
})

/** The kind of an interface of a router, as data. */
export const routerInterface = describeKind<RouterInterfaceSpec, NoOutputs, PhaseOf<RouterInterfaceResource>>()({
  kind: 'routerInterface',
  service: 'network',
  plural: 'routerInterfaces',
  summary: 'Joins a subnet to a router.',
  identity: 'natural',
  joins: ['router', 'subnet'],
  parent: 'router',
  verbs: joining,
  actions: {},
  phases: { Ready: 'ready', Pending: 'pending' },
  fields: { router: reference('The router.', 'router'), subnet: reference('The subnet.', 'subnet') },
  outputs: {},
})

/** The kind of a security group, as data. */
export const securityGroup = describeKind<SecurityGroupSpec>()({
  kind: 'securityGroup',
  service: 'network',
  plural: 'securityGroups',
  summary: 'A set of rules that says which traffic reaches a server.',
  identity: 'marked',
  verbs: allFive,
  actions: {},
  phases: { Ready: 'ready' },
  fields: { name: changeableName, description: optional(text('For people.', { max: 255 }, { onChange: 'update' })), labels },
  outputs: {},
})

/** The kind of a rule of a security group, as data. */
export const securityGroupRule = describeKind<SecurityGroupRuleSpec>()({
  kind: 'securityGroupRule',
  service: 'network',
  plural: 'securityGroupRules',
  summary: 'One allowance in a security group.',
  identity: 'natural',
  joins: ['securityGroup', 'direction', 'protocol', 'fromPort', 'toPort', 'remoteCidr', 'remoteGroup'],
  parent: 'securityGroup',
  verbs: joining,
  actions: {},
  phases: { Ready: 'ready' },
  fields: {
    securityGroup: reference('The group that it is part of.', 'securityGroup'),
    direction: oneOf('Into the server, or out of it.', ['ingress', 'egress']),
    protocol: oneOf('Of the traffic.', ['tcp', 'udp', 'icmp', 'any']),
    fromPort: optional(integer('The first port.', portNumber)),
    toPort: optional(integer('The last port.', portNumber)),
    remoteCidr: optional(text('Who may be at the other end, by address.', { min: 4, max: 43, format: 'cidr' })),
    remoteGroup: optional(reference('Who may be at the other end, by group.', 'securityGroup')),
  },
  outputs: {},
})

/** The kind of a floating IP, as data. */
export const floatingIp = describeKind<FloatingIpSpec, FloatingIpOutputs, PhaseOf<FloatingIpResource>>()({
  kind: 'floatingIp',
  service: 'network',
  plural: 'floatingIps',
  summary: 'A public address that can be moved between servers.',
  identity: 'marked',
  verbs: joining,
  actions: {},
  phases: life,
  fields: { network: optional(reference('The external network whose pool it comes from.', 'network')), labels },
  outputs: { address },
})

/** The kind of an association of a floating IP, as data. */
export const floatingIpAssociation = describeKind<FloatingIpAssociationSpec, NoOutputs, PhaseOf<FloatingIpAssociationResource>>()({
  kind: 'floatingIpAssociation',
  service: 'network',
  plural: 'floatingIpAssociations',
  summary: 'Leads a floating IP to a server or to one of its ports.',
  identity: 'natural',
  joins: ['floatingIp', 'server', 'port'],
  parent: 'floatingIp',
  verbs: joining,
  actions: {},
  phases: { Ready: 'ready', Pending: 'pending' },
  fields: {
    floatingIp: reference('The address.', 'floatingIp'),
    server: optional(reference('The server.', 'server')),
    port: optional(reference('The port.', 'port')),
  },
  outputs: {},
})

/** The kind of a load balancer, as data. */
export const loadBalancer = describeKind<LoadBalancerSpec, LoadBalancerOutputs, PhaseOf<LoadBalancerResource>>()({
  kind: 'loadBalancer',
  service: 'network',
  plural: 'loadBalancers',
  summary: 'Spreads connections over servers.',
  identity: 'marked',
  verbs: allFive,
  actions: {},
  phases: { Provisioning: 'pending', Ready: 'ready', Updating: 'pending', Deleting: 'pending', Failed: 'failed', Unknown: 'pending' },
  fields: {
    name: changeableName,
    subnet: reference('Where its address comes from.', 'subnet'),
    listeners: list(
      'The ports that it listens on, and who answers.',
      object<Listener>('', {
        protocol: oneOf('Of the traffic.', ['tcp', 'udp', 'http']),
        port: integer('Where it listens.', portNumber),
        memberPort: optional(integer('Where the members listen.', portNumber)),
        members: list('Who answers.', reference('', 'server'), { max: 256 }),
        healthPath: optional(text('The path that a healthy member answers with 2xx.', { min: 1, max: 255, pattern: /^\// })),
      }),
      { min: 1, max: 100 },
      { onChange: 'update' },
    ),
    labels,
  },
  outputs: { address },
})

/** The kind of a DNS zone, as data. */
export const dnsZone = describeKind<DnsZoneSpec, DnsZoneOutputs, PhaseOf<DnsZoneResource>>()({
  kind: 'dnsZone',
  service: 'network',
  plural: 'dnsZones',
  summary: 'A domain whose records the cloud answers for.',
  identity: 'named',
  verbs: allFive,
  actions: {},
  phases: { ...life, Deleting: 'pending' },
  fields: {
    name: { ...fixedName, shape: { type: 'text', min: 1, max: 254, format: 'hostname' } },
    email: optional(text('Of who is responsible.', { min: 3, max: 254, pattern: /^[^@\s]+@[^@\s]+$/ }, { onChange: 'update' })),
    ttlSeconds: optional(ttl),
    labels,
  },
  outputs: { nameServers: { type: 'list', of: { type: 'text', min: 1, max: 254 }, min: 0, max: 32 } },
})

/** The kind of a DNS record, as data. */
export const dnsRecord = describeKind<DnsRecordSpec, NoOutputs, PhaseOf<DnsRecordResource>>()({
  kind: 'dnsRecord',
  service: 'network',
  plural: 'dnsRecords',
  summary: 'All values of one name and type in a zone.',
  identity: 'natural',
  joins: ['zone', 'name', 'type'],
  parent: 'zone',
  verbs: allFive,
  actions: {},
  phases: life,
  fields: {
    zone: reference('The zone that it is part of.', 'dnsZone'),
    name: text('The whole name: www.example.org.', { min: 1, max: 254 }),
    type: oneOf('Of the values (RFC 1035 and its successors).', ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'SRV', 'TXT']),
    values: list('The values.', text('', { min: 1, max: 4000 }), { min: 1, max: 100 }, { onChange: 'update' }),
    ttlSeconds: optional(ttl),
  },
  outputs: {},
})

/** The kind of a port, as data. */
export const port = describeKind<PortSpec, PortOutputs, PhaseOf<PortResource>>()({
  kind: 'port',
  service: 'network',
  plural: 'ports',
  summary: 'A place in a subnet with an address of its own.',
  identity: 'marked',
  parent: 'subnet',
  verbs: allFive,
  actions: {},
  phases: life,
  fields: {
    name: changeableName,
    subnet: reference('Where its address comes from.', 'subnet'),
    address: optional(text('A certain address of the subnet.', { min: 2, max: 45, format: 'ip' })),
    securityGroups: optional(list('What may reach it.', reference('', 'securityGroup'), { max: 64 }, { onChange: 'update' })),
    labels,
  },
  outputs: { address, macAddress: { type: 'text', min: 17, max: 17 } },
})
