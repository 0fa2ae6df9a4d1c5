import { interceptCloud, openCloud } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { apply, bucket, defineStack, destroy, memoryStateStore, network, plan, server, subnet } from '@hanse/provisioning'
import type { StackError } from '@hanse/provisioning'
import type { ResultAsync } from 'neverthrow'

// How plan, apply and destroy grow with a stack, on an embedded cloud in memory. By hand:
//   node --conditions=@hanse/source --import tsx test/benchmarks/provisioning/many-resources.ts [1000 10000 …]

/** One network in a hundred resources, with a subnet for each nine servers; everything of it hangs on the first network in the end. */
function stackOf(count: number) {
  const hub = network({})
  const tiers = Array.from({ length: Math.floor(count / 10) }, (_, tier) => {
    const net = tier % 10 === 0 ? hub : network({})
    const front = subnet({ network: net, cidr: `10.${tier >> 8}.${tier & 255}.0/24` })
    const boxes = Array.from({ length: 8 }, () => server({ image: 'debian-13', size: 'SCS-1V-1', subnets: [front] }))
    return net === hub ? { front, boxes, files: bucket({}) } : { net, front, boxes }
  })
  return defineStack('many', { hub, tiers: Object.fromEntries(tiers.map((tier, index) => [`tier${index}`, tier])) })
}

for (const count of process.argv.slice(2).map(Number)) {
  let calls = 0
  const quotas = { server: 1_000_000, network: 1_000_000, subnet: 1_000_000, bucket: 1_000_000, vcpus: 1_000_000, memoryGiB: 10_000_000 }
  const opened = (await openCloud(local({ quotas })))._unsafeUnwrap()
  const cloud = interceptCloud(opened, (call, next) => {
    calls += 1
    return next(call)
  })
  const options = { environment: 'bench', state: memoryStateStore() }
  const measure = async (what: string, run: () => ResultAsync<unknown, StackError>): Promise<void> => {
    calls = 0
    const before = process.cpuUsage()
    ;(await run())._unsafeUnwrap()
    const { user, system } = process.cpuUsage(before)
    console.log(`${count} resources: ${what} ${Math.round((user + system) / 1000)} ms of one core, ${calls} calls`)
  }
  await measure('first apply', () => apply(stackOf(count), cloud, options))
  await measure('plan with nothing to do', () => plan(stackOf(count), cloud, options))
  await measure('apply with nothing to do', () => apply(stackOf(count), cloud, options))
  await measure('destroy', () => destroy({ name: 'many' }, cloud, options))
}
