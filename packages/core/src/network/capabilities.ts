import type {
  DnsRecordService,
  DnsZoneService,
  FloatingIpAssociationService,
  FloatingIpService,
  LoadBalancerService,
  NetworkService,
  PortService,
  RouterInterfaceService,
  RouterService,
  SecurityGroupRuleService,
  SecurityGroupService,
  SubnetService,
} from './services.ts'

/** A cloud that has networks. */
export interface HasNetworks {
  readonly supports: { readonly network: true }
  readonly network: { readonly networks: NetworkService }
}
/** A cloud whose networks have subnets. */
export interface HasSubnets {
  readonly supports: { readonly subnet: true }
  readonly network: { readonly subnets: SubnetService }
}
/** A cloud that routes between subnets. */
export interface HasRouters {
  readonly supports: { readonly router: true }
  readonly network: { readonly routers: RouterService }
}
/** A cloud that joins subnets to routers. */
export interface HasRouterInterfaces {
  readonly supports: { readonly routerInterface: true }
  readonly network: { readonly routerInterfaces: RouterInterfaceService }
}
/** A cloud that filters the traffic of servers. */
export interface HasSecurityGroups {
  readonly supports: { readonly securityGroup: true }
  readonly network: { readonly securityGroups: SecurityGroupService }
}
/** A cloud whose security groups have rules one by one. */
export interface HasSecurityGroupRules {
  readonly supports: { readonly securityGroupRule: true }
  readonly network: { readonly securityGroupRules: SecurityGroupRuleService }
}
/** A cloud that lends public addresses. */
export interface HasFloatingIps {
  readonly supports: { readonly floatingIp: true }
  readonly network: { readonly floatingIps: FloatingIpService }
}
/** A cloud that leads public addresses to servers. */
export interface HasFloatingIpAssociations {
  readonly supports: { readonly floatingIpAssociation: true }
  readonly network: { readonly floatingIpAssociations: FloatingIpAssociationService }
}
/** A cloud that spreads connections. */
export interface HasLoadBalancers {
  readonly supports: { readonly loadBalancer: true }
  readonly network: { readonly loadBalancers: LoadBalancerService }
}
/** A cloud that answers for domains. */
export interface HasDnsZones {
  readonly supports: { readonly dnsZone: true }
  readonly network: { readonly dnsZones: DnsZoneService }
}
/** A cloud that keeps the records of its zones. */
export interface HasDnsRecords {
  readonly supports: { readonly dnsRecord: true }
  readonly network: { readonly dnsRecords: DnsRecordService }
}
/** A cloud that has ports apart from servers. */
export interface HasPorts {
  readonly supports: { readonly port: true }
  readonly network: { readonly ports: PortService }
}
/** A cloud whose subnets may be IPv6. */
export interface HasSubnetIpv6 {
  readonly supports: { readonly 'subnet.ipv6': true }
}
