// How the embedded cloud behaves through its portable verbs as servers become many. By hand, on an idle machine:
//   node --conditions=@hanse/source --import tsx test/benchmarks/driver-local/kinds.ts
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCloud } from '@hanse/core'
import type { CloudResult, ServerId, SubnetResource } from '@hanse/core'
import { local } from '@hanse/driver-local'

const sizes = [100, 1_000, 10_000]
const subnetsPerNetwork = 16

const valueOf = <T>(result: CloudResult<T>): T => {
  if (result.isErr()) throw result.error
  return result.value
}

/** Microseconds per call: the median of five rounds. */
const measure = async (calls: number, work: (i: number) => PromiseLike<unknown>): Promise<number> => {
  const rounds: number[] = []
  for (let round = 0; round < 5; round++) {
    const start = performance.now()
    for (let i = 0; i < calls; i++) await work(round * calls + i)
    rounds.push(((performance.now() - start) * 1_000) / calls)
  }
  return rounds.sort((a, b) => a - b)[2] ?? Number.NaN
}

const path = mkdtempSync(join(tmpdir(), 'hanse-benchmark-'))
const cloud = valueOf(await openCloud(local({ path, quotas: { server: 100_000, vcpus: 1_000_000, memoryGiB: 1_000_000 } })))
const { servers } = cloud.compute
const network = valueOf(await cloud.network.networks.create({ name: 'net' }))
const subnets: SubnetResource[] = []
for (let i = 0; i < subnetsPerNetwork; i++)
  subnets.push(valueOf(await cloud.network.subnets.create({ name: `s${i}`, network: network.id, cidr: `10.${i}.0.0/20` })))
const group = valueOf(await cloud.network.securityGroups.create({ name: 'all' }))

const ids: ServerId[] = []
const create = async (i: number): Promise<ServerId> => {
  const subnet = subnets[i % subnetsPerNetwork]
  const spec = {
    name: `web-${i}`,
    image: 'debian-13',
    size: 'SCS-1V-1',
    securityGroups: [group.id],
    labels: { half: String(i % 2), rare: String(i % 500) },
  }
  return valueOf(await servers.create({ ...spec, subnets: subnet === undefined ? [] : [subnet.id] })).id
}

const columns: Readonly<Record<string, number>>[] = []
for (const size of sizes) {
  const [begun, start] = [ids.length, performance.now()]
  while (ids.length < size) ids.push(await create(ids.length))
  const perCreate = ((performance.now() - start) * 1_000) / (size - begun)
  const any = (i: number) => ids[(i * 7_919) % size] ?? ids[0] ?? ('' as ServerId)
  const middle = valueOf(await servers.list({}, { pageSize: Math.min(1000, size / 2) }).page()).nextCursor
  const added: ServerId[] = []
  columns.push({
    'create, up to here': perCreate,
    get: await measure(500, async (i) => valueOf(await servers.get(any(i)))),
    'first page of 50': await measure(50, async () => valueOf(await servers.list({}, { pageSize: 50 }).page())),
    'page of 50 further on': await measure(50, async () => valueOf(await servers.list({}, { pageSize: 50, cursor: middle }).page())),
    'page of 50 by label': await measure(50, async () => valueOf(await servers.list({ labels: { half: '1' } }, { pageSize: 50 }).page())),
    'find by name': await measure(100, async (i) => valueOf(await servers.find(`web-${(i * 7_919) % size}`))),
    'quotas, all': await measure(50, async () => valueOf(await cloud.location.quotas.list().toArray())),
    'update labels': await measure(50, async (i) => valueOf(await servers.update(any(i), { labels: { half: '0', changed: String(i) } }))),
    'create one more': await measure(20, async (i) => added.push(await create(1_000_000 + i))),
    console: await measure(50, async (i) => valueOf(await servers.console(any(i)))),
    'refused delete of the subnet': await measure(50, async () => cloud.network.subnets.delete(subnets[0]?.id ?? ('' as never))),
    delete: await measure(20, async () => valueOf(await servers.delete(added.pop() ?? ids[0] ?? ('' as ServerId)))),
  })
}
console.log(`microseconds per call${' '.repeat(11)}${sizes.map((size) => size.toLocaleString('en').padStart(9)).join('')}   10,000 : 100`)
for (const name of Object.keys(columns[0] ?? {})) {
  const values = columns.map((column) => column[name] ?? Number.NaN)
  const growth = (values.at(-1) ?? Number.NaN) / (values[0] ?? Number.NaN)
  console.log(`${name.padEnd(32)}${values.map((value) => value.toFixed(0).padStart(9)).join('')}${growth.toFixed(1).padStart(15)}`)
}
valueOf(await cloud.close())
rmSync(path, { recursive: true, force: true })
