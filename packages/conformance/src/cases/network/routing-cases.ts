import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { addressIn, range } from '../../specimens/values.ts'
import { isInside } from './ranges.ts'

/** Routers, floating IPs and ports. */
export const routingCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'router.delete/with-interfaces-is-refused',
    rules: ['RTR-01'],
    kind: 'router',
    requires: ['router', 'routerInterface', 'network', 'subnet'],
    run: async (cloud, bench) => {
      const [router, subnet] = [await bench.make('router'), await bench.make('subnet')]
      const joined = await bench.make('routerInterface', { router: router.id, subnet: subnet.id })
      expectCode(await cloud.network.routers.delete(router.id), 'FailedPrecondition', 'delete of a router with an interface')
      expectCode(await cloud.network.subnets.delete(subnet.id), 'FailedPrecondition', 'delete of a subnet that a router joins')
      expectOk(await cloud.network.routerInterfaces.get(joined.id), 'get of the interface afterwards')
      expectOk(await cloud.network.routerInterfaces.delete(joined.id), 'delete of the interface')
      await bench.gone(joined)
      expectOk(await cloud.network.routers.delete(router.id), 'delete of the router')
      expectOk(await cloud.network.subnets.delete(subnet.id), 'delete of the subnet')
    },
  }),
  defineCase({
    id: 'routerInterface.create/of-a-subnet-joined-elsewhere-is-refused',
    rules: ['RTR-01'],
    kind: 'routerInterface',
    requires: ['router', 'routerInterface', 'network', 'subnet'],
    run: async (cloud, bench) => {
      const subnet = await bench.make('subnet')
      const [one, other] = [await bench.make('router'), await bench.make('router')]
      await bench.make('routerInterface', { router: one.id, subnet: subnet.id })
      // Its gateway is taken by the first.
      expectCode(
        await cloud.network.routerInterfaces.create({ router: other.id, subnet: subnet.id }),
        ['FailedPrecondition', 'AlreadyExists'],
        'create for a second router',
      )
    },
  }),
  defineCase({
    id: 'router.create/leads-outside',
    rules: ['RTR-02'],
    kind: 'router',
    requires: ['router', 'network'],
    run: async (cloud, bench) => {
      const external = (await bench.findings.externalNetwork()) as Parameters<typeof cloud.network.networks.get>[0]
      const router = await bench.make('router', { externalNetwork: external })
      expectEqual(router.observed.externalNetwork, external, 'the network outside')
      const inside = await bench.make('network')
      const refused = await cloud.network.routers.create({ name: bench.name('router'), externalNetwork: inside.id })
      expectCode(refused, ['FailedPrecondition', 'InvalidArgument'], 'create with a network that does not lead outside')
    },
  }),
  defineCase({
    id: 'floatingIp.create/has-an-address-of-its-own',
    rules: ['FIP-01'],
    kind: 'floatingIp',
    requires: ['floatingIp'],
    run: async (_, bench) => {
      const addresses = [await bench.make('floatingIp'), await bench.make('floatingIp')].map(({ outputs }) => outputs.address)
      expectThat(
        addresses.every((address) => typeof address === 'string' && address !== ''),
        'a floating IP has an address',
      )
      expectEqual(new Set(addresses).size, 2, 'addresses that are different')
    },
  }),
  defineCase({
    id: 'floatingIp.delete/that-leads-to-a-server-is-refused',
    rules: ['FIP-02'],
    kind: 'floatingIp',
    requires: ['floatingIp', 'floatingIpAssociation', 'server', 'network', 'subnet'],
    run: async (cloud, bench) => {
      const server = await bench.make('server', await bench.outside())
      const ip = await bench.make('floatingIp')
      const led = await bench.make('floatingIpAssociation', { floatingIp: ip.id, server: server.id })
      expectCode(await cloud.network.floatingIps.delete(ip.id), 'FailedPrecondition', 'delete of a floating IP that leads to a server')
      expectOk(await cloud.network.floatingIpAssociations.delete(led.id), 'delete of the association')
      await bench.gone(led)
      expectOk(await cloud.network.floatingIps.delete(ip.id), 'delete of the floating IP')
      await bench.gone(ip)
    },
  }),
  defineCase({
    id: 'floatingIpAssociation.create/to-a-second-server-is-refused',
    rules: ['FIP-02'],
    kind: 'floatingIpAssociation',
    requires: ['floatingIp', 'floatingIpAssociation', 'server', 'network', 'subnet'],
    run: async (cloud, bench) => {
      const place = await bench.outside()
      const [one, other] = [await bench.make('server', place), await bench.make('server', place)]
      const ip = await bench.make('floatingIp')
      const led = await bench.make('floatingIpAssociation', { floatingIp: ip.id, server: one.id })
      const { floatingIpAssociations } = cloud.network
      expectCode(
        await floatingIpAssociations.create({ floatingIp: ip.id, server: other.id }),
        ['FailedPrecondition', 'AlreadyExists'],
        'create to a second server',
      )
      expectEqual(expectOk(await floatingIpAssociations.get(led.id), 'get of the first').observed.server, one.id, 'where the address leads')
      expectOk(await floatingIpAssociations.delete(led.id), 'delete of the first')
      await bench.gone(led)
      const moved = bench.keep(
        expectOk(await floatingIpAssociations.create({ floatingIp: ip.id, server: other.id }), 'create to the second afterwards'),
      )
      expectEqual(moved.observed.server, other.id, 'where the address leads now')
    },
  }),
  defineCase({
    id: 'port.create/has-an-address-in-its-subnet',
    rules: ['PORT-01'],
    kind: 'port',
    requires: ['port', 'network', 'subnet'],
    run: async (cloud, bench) => {
      const cidr = range(bench)
      const subnet = await bench.make('subnet', { cidr })
      const plain = await bench.make('port', { subnet: subnet.id })
      expectThat(isInside(String(plain.outputs.address), cidr), `the address ${plain.outputs.address} lies in ${cidr}`)
      const address = addressIn(cidr, 99)
      if (!bench.handles('port', 'address', address)) return
      const asked = await bench.make('port', { subnet: subnet.id, address })
      expectEqual(asked.outputs.address, address, 'the address that was asked for')
      const { ports } = cloud.network
      expectCode(
        await ports.create({ name: bench.name('port'), subnet: subnet.id, address }),
        ['FailedPrecondition', 'AlreadyExists'],
        'create with an address that is taken',
      )
      expectCode(
        await ports.create({ name: bench.name('port'), subnet: subnet.id, address: '192.0.2.9' }),
        'InvalidArgument',
        'create with an address outside',
      )
    },
  }),
  defineCase({
    id: 'port.create/keeps-its-subnet',
    rules: ['SUB-02'],
    kind: 'port',
    requires: ['port', 'network', 'subnet'],
    run: async (cloud, bench) => {
      const subnet = await bench.make('subnet')
      const port = await bench.make('port', { subnet: subnet.id })
      expectCode(await cloud.network.subnets.delete(subnet.id), 'FailedPrecondition', 'delete of a subnet with a port in it')
      expectOk(await cloud.network.ports.delete(port.id), 'delete of the port')
      await bench.gone(port)
      expectOk(await cloud.network.subnets.delete(subnet.id), 'delete of the subnet without ports')
    },
  }),
]
