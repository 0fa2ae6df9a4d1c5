import type { NetworkId } from '@hanse/core'
import { defaultRuntime } from '@hanse/core/driver'
import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { addressIn, range } from '../../specimens/values.ts'
import { isInside } from './ranges.ts'

/** Networks and subnets: ranges, gateways, and what may not go. */
export const networkCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'network.delete/with-subnets-is-refused',
    rules: ['NET-01'],
    kind: 'network',
    requires: ['network', 'subnet'],
    run: async (cloud, bench) => {
      const network = await bench.make('network')
      const subnet = await bench.make('subnet', { network: network.id })
      expectCode(await cloud.network.networks.delete(network.id), 'FailedPrecondition', 'delete of a network with a subnet')
      expectOk(await cloud.network.networks.get(network.id), 'get of the network afterwards')
      expectOk(await cloud.network.subnets.get(subnet.id), 'get of its subnet afterwards')
      expectOk(await cloud.network.subnets.delete(subnet.id), 'delete of the subnet')
      await bench.gone(subnet)
      expectOk(await cloud.network.networks.delete(network.id), 'delete of the network without subnets')
      await bench.gone(network)
    },
  }),
  defineCase({
    id: 'subnet.create/overlap-is-refused',
    rules: ['SUB-01'],
    kind: 'subnet',
    requires: ['network', 'subnet'],
    run: async (cloud, bench) => {
      const [one, other] = [await bench.make('network'), await bench.make('network')]
      const cidr = range(bench)
      await bench.make('subnet', { network: one.id, cidr })
      const half = cidr.replace('.0/24', '.128/25')
      for (const overlapping of [cidr, half]) {
        const key = `kit-${defaultRuntime.randomUUID()}`
        const refused = await cloud.network.subnets.create({ name: bench.name('subnet'), network: one.id, cidr: overlapping }, { key })
        expectCode(refused, ['FailedPrecondition', 'InvalidArgument'], `create of ${overlapping} beside ${cidr}`)
        expectCode(await cloud.network.subnets.findByKey(key), 'NotFound', 'findByKey after the refusal')
      }
      const elsewhere = expectOk(
        await cloud.network.subnets.create({ name: bench.name('subnet'), network: other.id, cidr }),
        'create of the same range in another network',
      )
      bench.keep(elsewhere)
    },
  }),
  defineCase({
    id: 'subnet.create/in-an-unknown-network-is-refused',
    rules: ['SPEC-07'],
    kind: 'subnet',
    requires: ['subnet'],
    run: async (cloud, bench) => {
      const network = defaultRuntime.randomUUID() as NetworkId
      expectCode(
        await cloud.network.subnets.create({ name: bench.name('subnet'), network, cidr: range(bench) }),
        ['NotFound', 'InvalidArgument'],
        'create in a network that is not there',
      )
    },
  }),
  defineCase({
    id: 'subnet.create/shows-range-and-gateway',
    rules: ['SUB-03'],
    kind: 'subnet',
    requires: ['network', 'subnet'],
    run: async (_, bench) => {
      const plain = await bench.make('subnet')
      const { cidr, gateway } = plain.outputs
      expectEqual(cidr, plain.observed.cidr, 'the range in outputs')
      expectThat(gateway !== undefined && isInside(gateway, String(cidr)), `the gateway ${gateway} lies in ${cidr}`)
      const asked = range(bench)
      const wanted = addressIn(asked, 77)
      if (!bench.handles('subnet', 'gateway', wanted)) return
      const subnet = await bench.make('subnet', { cidr: asked, gateway: wanted })
      expectEqual(subnet.outputs.gateway, wanted, 'the gateway that was asked for')
    },
  }),
  defineCase({
    id: 'subnet.create/a-gateway-outside-is-refused',
    rules: ['SUB-03'],
    kind: 'subnet',
    requires: ['network', 'subnet'],
    run: async (cloud, bench) => {
      if (!bench.handles('subnet', 'gateway', '10.0.0.1')) return bench.skip('subnets here take no gateway')
      const network = await bench.make('network')
      const spec = { name: bench.name('subnet'), network: network.id, cidr: range(bench), gateway: '192.0.2.1' }
      expectCode(
        await cloud.network.subnets.create(spec),
        ['InvalidArgument', 'FailedPrecondition'],
        'create with a gateway outside the range',
      )
    },
  }),
  defineCase({
    id: 'subnet.delete/in-use-by-a-server-is-refused',
    rules: ['SUB-02'],
    kind: 'subnet',
    requires: ['network', 'subnet', 'server'],
    run: async (cloud, bench) => {
      const subnet = await bench.make('subnet')
      const server = await bench.make('server', { subnets: [subnet.id] })
      expectCode(await cloud.network.subnets.delete(subnet.id), 'FailedPrecondition', 'delete of a subnet with a server in it')
      expectOk(await cloud.network.subnets.get(subnet.id), 'get of the subnet afterwards')
      expectOk(await cloud.compute.servers.delete(server.id), 'delete of the server')
      await bench.gone(server)
      expectOk(await cloud.network.subnets.delete(subnet.id), 'delete of the subnet without servers')
      await bench.gone(subnet)
    },
  }),
  defineCase({
    id: 'server.create/has-an-address-in-each-subnet',
    rules: ['SRV-03'],
    kind: 'server',
    requires: ['server', 'network', 'subnet'],
    run: async (_, bench) => {
      const subnets = [await bench.make('subnet'), await bench.make('subnet')]
      const ids = subnets.map(({ id }) => id)
      const servers = [await bench.make('server', { subnets: ids }), await bench.make('server', { subnets: ids })]
      for (const { outputs } of servers) {
        expectEqual(outputs.addresses.length, 2, 'addresses of a server in two subnets')
        for (const { outputs: subnet } of subnets)
          expectEqual(
            outputs.addresses.filter((address) => isInside(address, String(subnet.cidr))).length,
            1,
            `addresses in ${subnet.cidr}`,
          )
      }
      const all = servers.flatMap(({ outputs }) => outputs.addresses)
      expectEqual(new Set(all).size, all.length, 'addresses that are different')
      for (const { outputs } of subnets)
        expectThat(!all.includes(String(outputs.gateway)), `nobody has the address of the gateway ${outputs.gateway}`)
    },
  }),
  defineCase({
    id: 'subnet.pool/runs-out-and-is-used-again',
    rules: ['SUB-04'],
    kind: 'subnet',
    requires: ['server', 'network', 'subnet'],
    run: async (cloud, bench) => {
      const cidr = range(bench).replace('/24', '/29')
      if (bench.cloud.check('subnet', { name: 'x', network: 'x', cidr }).length > 0)
        return bench.skip(`this cloud has no subnets as small as ${cidr}`)
      const subnet = await bench.make('subnet', { cidr })
      const spec = async () => ({ ...(await bench.spec('server')), subnets: [subnet.id] })
      let refused: Awaited<ReturnType<typeof bench.create>> | undefined
      const made = []
      while (refused === undefined && made.length < 8) {
        const answer = await bench.create('server', await spec())
        if (answer.isOk()) made.push(answer.value)
        else refused = answer
      }
      expectThat(refused !== undefined, `a subnet of eight addresses (${cidr}) has no room for eight servers`)
      expectCode(refused, 'QuotaExceeded', 'create in a full subnet')
      const [first] = made
      expectThat(first !== undefined, 'a subnet of eight addresses has room for one server')
      expectOk(await cloud.compute.servers.delete(first.id as never), 'delete of one')
      await bench.gone(first)
      expectOk(await bench.create('server', await spec()), 'create after one has gone')
    },
  }),
  defineCase({
    id: 'subnet.create/ipv6-gives-addresses',
    rules: ['SUB-05'],
    kind: 'subnet',
    requires: ['network', 'subnet', 'subnet.ipv6', 'server'],
    run: async (_, bench) => {
      const cidr = `fd00:${(bench.number() & 0xffff).toString(16)}:${(bench.number() & 0xffff).toString(16)}::/64`
      const subnet = await bench.make('subnet', { cidr })
      expectEqual(subnet.observed.cidr, cidr, 'the range')
      expectThat(String(subnet.outputs.gateway).includes(':'), `the gateway ${subnet.outputs.gateway} is an address of IPv6`)
      const server = await bench.make('server', { subnets: [subnet.id] })
      expectThat(
        server.outputs.addresses.length === 1 && server.outputs.addresses.every((address) => address.includes(':')),
        `a server in it has an address of IPv6: ${server.outputs.addresses.join(', ')}`,
      )
    },
  }),
]
