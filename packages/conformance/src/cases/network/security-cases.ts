import type { SecurityGroupRuleSpec } from '@hanse/core'
import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk } from '../../expect.ts'

/** Security groups and their rules. */
export const securityCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'securityGroup.delete/in-use-by-a-server-is-refused',
    rules: ['SG-01'],
    kind: 'securityGroup',
    requires: ['securityGroup', 'server'],
    run: async (cloud, bench) => {
      const group = await bench.make('securityGroup')
      if (!bench.handles('server', 'securityGroups', [group.id])) return bench.skip('servers here take no security groups')
      const server = await bench.make('server', { securityGroups: [group.id] })
      expectCode(await cloud.network.securityGroups.delete(group.id), 'FailedPrecondition', 'delete of a group that a server has')
      expectOk(await cloud.compute.servers.delete(server.id), 'delete of the server')
      await bench.gone(server)
      expectOk(await cloud.network.securityGroups.delete(group.id), 'delete of the group')
    },
  }),
  defineCase({
    id: 'securityGroup.delete/that-another-group-refers-to-is-refused',
    rules: ['SG-01'],
    kind: 'securityGroup',
    requires: ['securityGroup', 'securityGroupRule'],
    run: async (cloud, bench) => {
      const [group, other] = [await bench.make('securityGroup'), await bench.make('securityGroup')]
      if (!bench.handles('securityGroupRule', 'remoteGroup', other.id)) return bench.skip('rules here refer to no groups')
      await bench.make('securityGroupRule', { securityGroup: group.id, remoteGroup: other.id })
      expectCode(
        await cloud.network.securityGroups.delete(other.id),
        'FailedPrecondition',
        'delete of a group that a rule of another refers to',
      )
      expectOk(await cloud.network.securityGroups.delete(group.id), 'delete of the group with the rule')
      await bench.gone(group)
      expectOk(await cloud.network.securityGroups.delete(other.id), 'delete of the other group')
    },
  }),
  defineCase({
    id: 'securityGroup.delete/takes-its-rules-along',
    rules: ['SG-03'],
    kind: 'securityGroup',
    requires: ['securityGroup', 'securityGroupRule'],
    run: async (cloud, bench) => {
      const group = await bench.make('securityGroup')
      const rule = await bench.make('securityGroupRule', { securityGroup: group.id })
      expectOk(await cloud.network.securityGroups.delete(group.id), 'delete of a group with a rule')
      await bench.gone(group)
      expectCode(await cloud.network.securityGroupRules.get(rule.id), 'NotFound', 'get of its rule')
      const left = await cloud.network.securityGroupRules.list({ securityGroup: group.id }).toArray()
      expectEqual(left.unwrapOr([]), [], 'rules of the group that is gone')
    },
  }),
  defineCase({
    id: 'securityGroupRule.create/that-means-nothing-is-refused',
    rules: ['SG-02'],
    kind: 'securityGroupRule',
    requires: ['securityGroup', 'securityGroupRule'],
    run: async (cloud, bench) => {
      const { id: securityGroup } = await bench.make('securityGroup')
      const common = { securityGroup, direction: 'ingress' } as const
      const meaningless: readonly SecurityGroupRuleSpec[] = [
        { ...common, protocol: 'tcp', fromPort: 443, toPort: 80 },
        { ...common, protocol: 'icmp', fromPort: 80, toPort: 80 },
        { ...common, protocol: 'any', fromPort: 80, toPort: 80 },
      ]
      for (const spec of meaningless)
        expectCode(
          await cloud.network.securityGroupRules.create(spec),
          'InvalidArgument',
          `create of ${spec.protocol} from ${spec.fromPort} to ${spec.toPort}`,
        )
      const left = expectOk(await cloud.network.securityGroupRules.list({ securityGroup }).toArray(), 'list')
      expectEqual(
        left.filter(({ observed }) => observed.direction === 'ingress'),
        [],
        'rules that the refused creates have made',
      )
    },
  }),
]
