import type { Labels, Resource, ResourceId, NoOutputs } from '../resource.ts'

/** The id of a security group. */
export type SecurityGroupId = ResourceId<'securityGroup'>

/** The id of a rule of a security group. */
export type SecurityGroupRuleId = ResourceId<'securityGroupRule'>

/** A set of rules that says which traffic reaches a server. What no rule allows is refused; what answers allowed traffic passes. */
export interface SecurityGroupSpec {
  readonly name: string
  readonly description?: string | undefined
  readonly labels?: Labels | undefined
}

/** What `update` takes. */
export type SecurityGroupChanges = Partial<SecurityGroupSpec>

/** A security group as the cloud shows it. */
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

/** A rule of a security group as the cloud shows it. */
export type SecurityGroupRuleResource = Resource<'securityGroupRule', SecurityGroupRuleSpec, NoOutputs, 'Ready'>
