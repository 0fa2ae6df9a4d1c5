// A process of its own that works on the embedded cloud of a folder: `cloud-process.ts <folder> <mode> <seed>`.
// It prints one line of JSON for each thing that it has done, after that was answered. It starts when the parent closes the line.
import { openCloud } from '@hanse/core'
import type { AnyResource } from '@hanse/core'
import { local } from '../local.ts'
import { churn } from './churn.ts'
import { everything } from './everything.ts'

const [folder = '', mode = '', seed = '1'] = process.argv.slice(2)
const cloud = (await openCloud(local({ path: folder, delayMs: mode === 'churn' ? 5 : 0 })))._unsafeUnwrap()
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)

say('ready')
for await (const _ of process.stdin); // Starts when the parent closes the line, so that several start together.

switch (mode) {
  case 'make':
    for (const resource of await everything(cloud)) say(resource)
    break
  case 'read':
    for (const resource of await readEverything()) say(resource)
    break
  case 'servers': {
    const subnet = (await cloud.network.subnets.find('front'))._unsafeUnwrap()
    for (let i = 0; i < Number(seed); i++) {
      const server = await cloud.compute.servers.create({ name: `s${i}`, image: 'debian-13', size: 'SCS-1V-1', subnets: [subnet.id] })
      if (server.isErr()) say({ error: server.error.code, message: server.error.message })
      else say({ id: server.value.id, address: server.value.outputs.addresses[0] })
    }
    break
  }
  case 'churn':
    await churn(cloud, Number(seed), 6000, say)
    break
}
await cloud.close().unwrapOr(undefined)

/** Every resource of every kind of location, compute and network, as this process sees it. */
async function readEverything(): Promise<readonly AnyResource[]> {
  const services = [...Object.values(cloud.location), ...Object.values(cloud.compute), ...Object.values(cloud.network)]
  const pages = await Promise.all(
    services.map(async (service) => (await service.list().toArray())._unsafeUnwrap() as readonly AnyResource[]),
  )
  return pages.flat()
}
