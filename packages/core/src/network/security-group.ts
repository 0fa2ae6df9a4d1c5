import type { Labels, Resource, ResourceId, NoOutputs } from '../resource.ts'

export type SecurityGroupId = ResourceId<'securityGroup'>
export type SecurityGroupRuleId = ResourceId<'securityGroupRule'>

/** A set of rules that says which traffic reaches a server. What no rule allows is refused; what answers allowed traffic passes. */
export interface SecurityGroupSpec {
  readonly name: string
  readonly description?: string | undefined
  readonly labels?: Labels | undefined
}
export type SecurityGroupChanges = Partial<SecurityGroupSpec>
export type SecurityGroupResource = Resource<'securityGroup', SecurityGroupSpec, NoOutputs, 'Ready'>

/** One allowance in a security group. Its content is its identity: two equal rules are one. */
export interface SecurityGroupRuleSpec {
  readonly securityGroup: SecurityGroupId
  readonly direction: 'ingress' | 'egress'
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'any'
  /** The first port; with `toPort` both or neither, and only for `tcp` and `udp`. */
  readonly fromPort?: number | undefined
  readonly toPort?: number | undefined
  /** Who may be at the other end, by address; everybody when neither this nor `remoteGroup` is given. */
  readonly remoteCidr?: string | undefined
  /** Who may be at the other end, by the group that they are in. */
  readonly remoteGroup?: SecurityGroupId | undefined
}
export type SecurityGroupRuleResource = Resource<'securityGroupRule', SecurityGroupRuleSpec, NoOutputs, 'Ready'>
