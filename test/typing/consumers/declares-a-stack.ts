import { openCloud } from '@hanse/core'
import { local } from '@hanse/driver-local'
import {
  apply,
  bucket,
  defineConfig,
  defineStack,
  fileStateStore,
  memoryStateStore,
  network,
  plan,
  server,
  subnet,
} from '@hanse/provisioning'

const net = network({})
const front = subnet({ network: net, cidr: '10.0.0.0/24' })
const web = server({ image: { os: 'debian', version: '13' }, size: { vcpus: 2, memoryGiB: 4 }, subnets: [front] })
const app = server({
  image: { os: 'debian' },
  size: { vcpus: 1 },
  subnets: [front],
  labels: { upstream: web.outputs.addresses.map((addresses) => addresses[0] ?? '') },
})

export const shop = defineStack('shop', { net, front, web, app, files: bucket({}) }, { addresses: web.outputs.addresses })

// @ts-expect-error a bucket is no image
export const wrongServer = server({ image: bucket({}), size: { vcpus: 1 }, subnets: [front] })

export const config = defineConfig({
  clouds: { home: local({ path: 'cloud' }), memory: local() },
  stack: shop,
  environments: { dev: 'home', test: 'memory' },
})

export const wrongConfig = defineConfig({
  clouds: { home: local() },
  stack: shop,
  // @ts-expect-error there is no such cloud
  environments: { dev: 'somewhere' },
})

/** The outputs of a stack are typed. */
export async function run(path: string | undefined): Promise<readonly string[]> {
  const opened = await openCloud(local({ path, delayMs: undefined }), { require: ['bucket'], readOnly: undefined })
  if (opened.isErr()) return []
  const options = {
    environment: 'dev',
    state: path === undefined ? memoryStateStore() : fileStateStore(path),
    stateKey: undefined,
    signal: undefined,
  }
  const planned = await plan(shop, opened.value, options)
  const applied = await apply(shop, opened.value, { ...options, parallelism: undefined, confirm: (seen) => seen.summary.delete === 0 })
  if (planned.isErr() || applied.isErr()) return []
  // @ts-expect-error addresses are texts
  const wrong: readonly number[] = applied.value.outputs.addresses
  return wrong.length > 0 ? [] : applied.value.outputs.addresses
}

/** A cloud that lacks what a stack needs does not compile. */
export async function lacks(): Promise<boolean> {
  const empty = { driver: 'acme', supports: { network: true } } as const
  // @ts-expect-error no servers there
  return (await apply(shop, empty, { environment: 'dev', state: memoryStateStore() })).isOk()
}
