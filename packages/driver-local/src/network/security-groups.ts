import { kinds } from '@hanse/core'
import type { SecurityGroupResource, SecurityGroupRuleResource, SecurityGroupRuleSpec, SecurityGroupSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { oneStep, oneStepPhases } from '../one-step.ts'
import { cidrIn } from './subnets.ts'

/** As many as Neutron gives a project, and more than AWS gives a group. */
const rulesPerGroup = 100

/** Security groups. Its rules go with a group; what uses it, the rules of others included, stands in its way. */
export const securityGroups = (cloud: LocalCloud): LocalKind<SecurityGroupSpec, SecurityGroupResource> =>
  localKind<SecurityGroupSpec, SecurityGroupResource>(cloud, {
    kind: kinds.securityGroup,
    fields: ['name', 'description', 'labels'],
    transitions: oneStep,
    phases: oneStepPhases,
    takesAlong: { securityGroupRule: 'securityGroup' },
  })

/** The rules of security groups. Two equal ones would be one. */
export const securityGroupRules = (cloud: LocalCloud): LocalKind<SecurityGroupRuleSpec, SecurityGroupRuleResource> => {
  const kind = localKind<SecurityGroupRuleSpec, SecurityGroupRuleResource>(cloud, {
    kind: kinds.securityGroupRule,
    fields: ['securityGroup', 'direction', 'protocol', 'fromPort', 'toPort', 'remoteCidr', 'remoteGroup'],
    transitions: oneStep,
    phases: oneStepPhases,
    refuse: (tx, { securityGroup, protocol, fromPort, toPort, remoteCidr, remoteGroup }) => {
      const wrong = (field: string, message: string) => refuse('InvalidArgument', `${field}: ${message}`, { path: [field] })
      if ((fromPort ?? toPort) !== undefined && protocol !== 'tcp' && protocol !== 'udp')
        throw wrong('fromPort', `${protocol} has no ports; only tcp and udp have`)
      if ((fromPort === undefined) !== (toPort === undefined))
        throw wrong(fromPort === undefined ? 'fromPort' : 'toPort', 'give both ports, or neither for all')
      if (fromPort !== undefined && toPort !== undefined && fromPort > toPort)
        throw wrong('toPort', `${toPort} is before fromPort ${fromPort}`)
      if (remoteCidr !== undefined && remoteGroup !== undefined) throw wrong('remoteGroup', 'give it or remoteCidr, not both')
      if (remoteCidr !== undefined) cidrIn('remoteCidr', remoteCidr)
      if (kind.records.count(tx, securityGroup) >= rulesPerGroup)
        throw refuse('QuotaExceeded', `security group ${securityGroup} may have ${rulesPerGroup} rules, and has them`, {
          quota: 'rulesPerSecurityGroup',
          limit: rulesPerGroup,
        })
    },
  })
  return kind
}
