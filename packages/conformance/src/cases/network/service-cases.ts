import type { DnsRecordSpec } from '@hanse/core'
import { defaultRuntime } from '@hanse/core/driver'
import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { isInside } from './ranges.ts'

/** Load balancers and the DNS. */
export const serviceCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'loadBalancer.create/has-an-address-in-its-subnet',
    rules: ['LB-01'],
    kind: 'loadBalancer',
    requires: ['loadBalancer', 'network', 'subnet', 'server'],
    run: async (cloud, bench) => {
      const subnet = await bench.make('subnet')
      const balancer = await bench.make('loadBalancer', { subnet: subnet.id })
      expectThat(
        isInside(String(balancer.outputs.address), String(subnet.outputs.cidr)),
        `the address ${balancer.outputs.address} lies in ${subnet.outputs.cidr}`,
      )
      expectCode(await cloud.network.subnets.delete(subnet.id), 'FailedPrecondition', 'delete of a subnet with a load balancer in it')
    },
  }),
  defineCase({
    id: 'loadBalancer.create/two-listeners-of-one-port-are-refused',
    rules: ['LB-01'],
    kind: 'loadBalancer',
    requires: ['loadBalancer', 'network', 'subnet'],
    run: async (cloud, bench) => {
      const subnet = await bench.make('subnet')
      const key = `kit-${defaultRuntime.randomUUID()}`
      const listener = { protocol: 'tcp', port: 443, members: [] } as const
      const spec = { name: bench.name('balancer'), subnet: subnet.id, listeners: [listener, listener] }
      expectCode(
        await cloud.network.loadBalancers.create(spec, { key }),
        ['InvalidArgument', 'FailedPrecondition'],
        'create with two listeners of one port',
      )
      expectCode(await cloud.network.loadBalancers.findByKey(key), 'NotFound', 'findByKey after the refusal')
    },
  }),
  defineCase({
    id: 'dnsRecord.create/outside-its-zone-is-refused',
    rules: ['DNS-01'],
    kind: 'dnsRecord',
    requires: ['dnsZone', 'dnsRecord'],
    run: async (cloud, bench) => {
      const zone = await bench.make('dnsZone')
      const record = { zone: zone.id, type: 'A', values: ['192.0.2.1'], ttlSeconds: 300 } as const
      for (const name of ['www.example.net', `not${zone.name}`])
        expectCode(await cloud.network.dnsRecords.create({ ...record, name }), 'InvalidArgument', `create of ${name} in ${zone.name}`)
      for (const name of [zone.name, `deep.below.${zone.name}`])
        bench.keep(expectOk(await cloud.network.dnsRecords.create({ ...record, name }), `create of ${name}`))
    },
  }),
  defineCase({
    id: 'dnsRecord.create/with-a-value-of-another-type-is-refused',
    rules: ['DNS-01'],
    kind: 'dnsRecord',
    requires: ['dnsZone', 'dnsRecord'],
    run: async (cloud, bench) => {
      const zone = await bench.make('dnsZone')
      const wrong: readonly Pick<DnsRecordSpec, 'type' | 'values'>[] = [
        { type: 'A', values: ['2001:db8::1'] },
        { type: 'A', values: ['www.example.org'] },
        { type: 'AAAA', values: ['192.0.2.1'] },
      ]
      for (const { type, values } of wrong) {
        const spec = { zone: zone.id, name: `${bench.name('www')}.${zone.name}`, type, values, ttlSeconds: 300 }
        expectCode(await cloud.network.dnsRecords.create(spec), 'InvalidArgument', `create of ${type} with ${values.join()}`)
      }
      const spec = {
        zone: zone.id,
        name: `${bench.name('www')}.${zone.name}`,
        type: 'AAAA',
        values: ['2001:db8::1', '2001:db8::2'],
        ttlSeconds: 300,
      } as const
      const made = bench.keep(expectOk(await cloud.network.dnsRecords.create(spec), 'create of AAAA with two values'))
      expectEqual([...(made.observed.values ?? [])].sort(), spec.values, 'its values')
    },
  }),
  defineCase({
    id: 'dnsZone.delete/with-records-is-refused',
    rules: ['DNS-02'],
    kind: 'dnsZone',
    requires: ['dnsZone', 'dnsRecord'],
    run: async (cloud, bench) => {
      const zone = await bench.make('dnsZone')
      const record = await bench.make('dnsRecord', { zone: zone.id })
      expectCode(await cloud.network.dnsZones.delete(zone.id), 'FailedPrecondition', 'delete of a zone with a record')
      expectOk(await cloud.network.dnsRecords.get(record.id), 'get of the record afterwards')
      expectOk(await cloud.network.dnsRecords.delete(record.id), 'delete of the record')
      await bench.gone(record)
      expectOk(await cloud.network.dnsZones.delete(zone.id), 'delete of the zone without records')
      await bench.gone(zone)
    },
  }),
]
