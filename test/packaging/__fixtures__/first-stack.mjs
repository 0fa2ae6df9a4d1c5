// A program of a user: opens a cloud in a folder, declares a stack, applies it, reads it back in a second cloud, takes it down.
import { isCloudError, openCloud } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { apply, bucket, defineStack, destroy, fileStateStore, network, server, subnet } from '@hanse/provisioning'

const net = network({})
const front = subnet({ network: net, cidr: '10.0.0.0/24' })
const web = server({ image: { os: 'debian', version: '13' }, size: { vcpus: 1, memoryGiB: 1 }, subnets: [front] })
const shop = defineStack('shop', { net, front, web, files: bucket({}) }, { addresses: web.outputs.addresses })

const options = { environment: 'dev', state: fileStateStore('state') }
const cloud = (await openCloud(local({ path: 'cloud' })))._unsafeUnwrap()
const applied = (await apply(shop, cloud, options))._unsafeUnwrap()
console.log(JSON.stringify({ summary: applied.plan.summary, outputs: applied.outputs }))

const second = (await openCloud(local({ path: 'cloud' })))._unsafeUnwrap()
const servers = (await second.compute.servers.list().toArray())._unsafeUnwrap()
console.log(JSON.stringify(servers.map(({ kind, status }) => [kind, status.phase])))

// The driver's errors are core's: one copy of core serves both.
const missing = (await second.compute.servers.get('nothing'))._unsafeUnwrapErr()
console.log(JSON.stringify([isCloudError(missing), missing.code]))

;(await destroy(shop, second, options))._unsafeUnwrap()
console.log(JSON.stringify((await cloud.compute.servers.list().toArray())._unsafeUnwrap().length))
;(await cloud.close())._unsafeUnwrap()
;(await second.close())._unsafeUnwrap()
