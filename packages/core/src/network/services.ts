import type { AnyResource } from '../resource.ts'
import type { Creates, Deletes, Gets, ListFilter, Lists, Updates } from '../service.ts'
import type { DnsRecordChanges, DnsRecordResource, DnsRecordSpec, DnsZoneChanges, DnsZoneId, DnsZoneResource, DnsZoneSpec } from './dns.ts'
import type {
  FloatingIpAssociationResource,
  FloatingIpAssociationSpec,
  FloatingIpId,
  FloatingIpResource,
  FloatingIpSpec,
} from './floating-ip.ts'
import type { LoadBalancerChanges, LoadBalancerResource, LoadBalancerSpec } from './load-balancer.ts'
import type { NetworkChanges, NetworkId, NetworkResource, NetworkSpec } from './network.ts'
import type { PortChanges, PortResource, PortSpec } from './port.ts'
import type { RouterChanges, RouterId, RouterInterfaceResource, RouterInterfaceSpec, RouterResource, RouterSpec } from './router.ts'
import type {
  SecurityGroupChanges,
  SecurityGroupId,
  SecurityGroupResource,
  SecurityGroupRuleResource,
  SecurityGroupRuleSpec,
  SecurityGroupSpec,
} from './security-group.ts'
import type { SubnetChanges, SubnetId, SubnetResource, SubnetSpec } from './subnet.ts'

interface Full<Spec, R extends AnyResource, Changes, Filter extends ListFilter = ListFilter>
  extends Creates<Spec, R>,
    Gets<R>,
    Lists<R, Filter>,
    Updates<R, Changes>,
    Deletes<R> {}
interface Joining<Spec, R extends AnyResource, Filter extends ListFilter> extends Creates<Spec, R>, Gets<R>, Lists<R, Filter>, Deletes<R> {}

/** Networks. One with subnets cannot be deleted. */
export interface NetworkService extends Full<NetworkSpec, NetworkResource, NetworkChanges> {}
/** Subnets. Two of one network must not overlap; one in use cannot be deleted. */
export interface SubnetService extends Full<SubnetSpec, SubnetResource, SubnetChanges, InNetwork> {}
/** Routers. One with interfaces cannot be deleted. */
export interface RouterService extends Full<RouterSpec, RouterResource, RouterChanges> {}
/** What joins subnets to routers. */
export interface RouterInterfaceService extends Joining<RouterInterfaceSpec, RouterInterfaceResource, OfRouter> {}
/** Security groups. One in use cannot be deleted. */
export interface SecurityGroupService extends Full<SecurityGroupSpec, SecurityGroupResource, SecurityGroupChanges> {}
/** The rules of security groups. */
export interface SecurityGroupRuleService extends Joining<SecurityGroupRuleSpec, SecurityGroupRuleResource, InSecurityGroup> {}
/** Floating IPs. One that leads to a server cannot be deleted. */
export interface FloatingIpService
  extends Creates<FloatingIpSpec, FloatingIpResource>,
    Gets<FloatingIpResource>,
    Lists<FloatingIpResource>,
    Deletes<FloatingIpResource> {}
/** What leads floating IPs to servers. */
export interface FloatingIpAssociationService extends Joining<FloatingIpAssociationSpec, FloatingIpAssociationResource, OfFloatingIp> {}
/** Load balancers. */
export interface LoadBalancerService extends Full<LoadBalancerSpec, LoadBalancerResource, LoadBalancerChanges> {}
/** DNS zones. */
export interface DnsZoneService extends Full<DnsZoneSpec, DnsZoneResource, DnsZoneChanges> {}
/** The record sets of DNS zones. */
export interface DnsRecordService extends Full<DnsRecordSpec, DnsRecordResource, DnsRecordChanges, InZone> {}
/** Ports. */
export interface PortService extends Full<PortSpec, PortResource, PortChanges, InSubnet> {}

/** Of one network. */
export interface InNetwork extends ListFilter {
  readonly network?: NetworkId | undefined
}
/** Of one router. */
export interface OfRouter extends ListFilter {
  readonly router?: RouterId | undefined
}
/** Of one security group. */
export interface InSecurityGroup extends ListFilter {
  readonly securityGroup?: SecurityGroupId | undefined
}
/** Of one floating IP. */
export interface OfFloatingIp extends ListFilter {
  readonly floatingIp?: FloatingIpId | undefined
}
/** Of one zone. */
export interface InZone extends ListFilter {
  readonly zone?: DnsZoneId | undefined
}
/** Of one subnet. */
export interface InSubnet extends ListFilter {
  readonly subnet?: SubnetId | undefined
}
