import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { secret } from '@hanse/core'
import { describe, expect, it } from 'vitest'
import { failure, ok, openWorld, outside, publicKey } from '../__fixtures__/open-world.ts'
import { emptyFolder } from '../store/__fixtures__/test-runtime.ts'

/** A world whose clock stands still until a test moves it. */
const slowWorld = async (delayMs: number) => {
  let now = Date.UTC(2030, 0, 1)
  const world = await openWorld({ delayMs }, { now: () => now })
  return { ...world, advance: (ms: number) => void (now += ms) }
}

describe('servers', () => {
  it('live as their clock says, in words of their own', async () => {
    const { cloud, server, advance } = await slowWorld(1000)
    const { servers } = cloud.compute
    const state = async () => (await ok(servers.get(server.id))).status
    expect(await state()).toEqual({ phase: 'Provisioning', providerState: 'BUILD' })
    advance(999)
    expect((await state()).phase).toBe('Provisioning')
    advance(1)
    expect(await state()).toEqual({ phase: 'Running', providerState: 'ACTIVE (simulated)' })
    expect((await ok(servers.stop(server.id))).status).toEqual({ phase: 'Stopping', providerState: 'POWERING_OFF' })
    advance(1000)
    expect(await state()).toEqual({ phase: 'Stopped', providerState: 'SHUTOFF' })
    expect((await ok(servers.resize(server.id, 'SCS-1V-2'))).status).toEqual({ phase: 'Updating', providerState: 'RESIZE' })
    advance(1000)
    expect((await state()).phase).toBe('Stopped')
    await ok(servers.start(server.id))
    advance(1000)
    expect((await ok(servers.reboot(server.id))).status.providerState).toBe('REBOOT')
    advance(1000)
    await ok(servers.delete(server.id))
    expect((await state()).phase).toBe('Deleting')
    await ok(servers.delete(server.id))
    expect((await failure(servers.update(server.id, { name: 'late' }))).code).toBe('FailedPrecondition')
    advance(1000)
    expect((await failure(servers.get(server.id))).code).toBe('NotFound')
  })

  it('that run can be started, and that stand stopped, without harm', async () => {
    const { cloud, server } = await openWorld()
    expect((await ok(cloud.compute.servers.start(server.id))).status.phase).toBe('Running')
    await ok(cloud.compute.servers.stop(server.id))
    expect((await ok(cloud.compute.servers.stop(server.id))).status.phase).toBe('Stopped')
    expect((await ok(cloud.compute.servers.console(server.id))).match(/power: off/g)).toHaveLength(1)
  })

  it('tell their life on the console, with times and without user data', async () => {
    const { cloud, spec, advance } = await slowWorld(1000)
    const { servers } = cloud.compute
    const keyPair = await ok(cloud.compute.keyPairs.create({ name: 'me', publicKey }))
    const { id } = await ok(servers.create({ ...spec, keyPair: keyPair.id, userData: secret('#cloud-config\npassword: canary') }))
    const early = await ok(servers.console(id))
    expect(early).toContain('is simulated; no processor runs it')
    expect(early).not.toContain('cloud-init')
    advance(1000)
    const text = await ok(servers.console(id))
    expect(text).toContain(
      `[2030-01-01T00:00:01.000Z] cloud-init: ran with user data of 30 bytes, and let in the key ${keyPair.outputs.fingerprint}\n`,
    )
    expect(text).toMatch(/^\[2030-01-01T00:00:00\.000Z\] boot: image debian-13, size SCS-1V-1$/m)
    expect(text).not.toContain('canary')
    await ok(servers.stop(id))
    advance(1000)
    expect(await ok(servers.console(id, { lines: 2 }))).toBe(
      '[2030-01-01T00:00:01.000Z] power: the power button was pressed; services are stopping\n[2030-01-01T00:00:02.000Z] power: off\n',
    )
    await ok(servers.resize(id, 'SCS-1V-2'))
    advance(1000)
    await ok(servers.start(id))
    await ok(servers.snapshot(id, 'saved'))
    advance(1000)
    await ok(servers.reboot(id))
    expect(await ok(servers.console(id))).toMatch(
      /resize: to size SCS-1V-2[\s\S]*power: on[\s\S]*image saved \(.*\)[\s\S]*reboot: restarting/,
    )
  })

  it('keep no user data in any file', async () => {
    const path = emptyFolder()
    const { cloud, spec } = await openWorld({ path })
    const { id } = await ok(cloud.compute.servers.create({ ...spec, userData: 'canary-in-the-coal-mine' }))
    expect(JSON.stringify(await ok(cloud.compute.servers.get(id)))).not.toContain('canary')
    const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.map(({ name }) => name)).toContain('cloud.db')
    for (const { parentPath, name } of files) expect(readFileSync(join(parentPath, name)).includes('canary')).toBe(false)
  })

  it('change name, labels and security groups in place', async () => {
    const { cloud, server, group } = await openWorld()
    const other = await ok(cloud.network.securityGroups.create({ name: 'db' }))
    await ok(cloud.compute.servers.update(server.id, { name: 'db', labels: { tier: 'db' }, securityGroups: [other.id] }))
    expect(await ok(cloud.compute.servers.get(server.id))).toMatchObject({
      name: 'db',
      labels: { tier: 'db' },
      observed: { securityGroups: [other.id] },
    })
    await ok(cloud.network.securityGroups.delete(group.id))
    expect((await failure(cloud.network.securityGroups.delete(other.id))).code).toBe('FailedPrecondition')
    expect((await failure(cloud.compute.servers.update(server.id, { securityGroups: [group.id] }))).details).toEqual({
      kind: 'securityGroup',
      id: group.id,
    })
  })

  it('are spread over zones, unless a subnet or the spec says otherwise', async () => {
    const { cloud, network, spec } = await openWorld()
    const subnet = await ok(cloud.network.subnets.create({ name: 'c', network: network.id, cidr: '10.3.0.0/24', zone: 'local-c' }))
    const zoneOf = async (more: object) => (await ok(cloud.compute.servers.create({ ...spec, ...more }))).observed.zone
    expect([await zoneOf({}), await zoneOf({}), await zoneOf({}), await zoneOf({})]).toEqual(['local-b', 'local-c', 'local-a', 'local-b'])
    expect([await zoneOf({ subnets: [subnet.id] }), await zoneOf({ zone: 'local-b' })]).toEqual(['local-c', 'local-b'])
  })

  it('keep the key of a pair that is gone', async () => {
    const { cloud, spec } = await openWorld()
    const keyPair = await ok(cloud.compute.keyPairs.create({ name: 'me', publicKey }))
    const server = await ok(cloud.compute.servers.create({ ...spec, keyPair: keyPair.id }))
    await ok(cloud.compute.keyPairs.delete(keyPair.id))
    expect((await ok(cloud.compute.servers.update(server.id, { name: 'still-here' }))).observed.keyPair).toBe(keyPair.id)
  })

  it('that go free their addresses, floating IPs and places in load balancers', async () => {
    const { cloud, server, subnet, spec } = await openWorld()
    const floatingIp = await ok(cloud.network.floatingIps.create({ network: outside }))
    const association = await ok(cloud.network.floatingIpAssociations.create({ floatingIp: floatingIp.id, server: server.id }))
    const other = await ok(cloud.compute.servers.create(spec))
    const listener = { protocol: 'http', port: 80, members: [server.id, other.id] } as const
    const balancer = await ok(cloud.network.loadBalancers.create({ name: 'lb', subnet: subnet.id, listeners: [listener] }))
    expect((await ok(cloud.compute.servers.get(server.id))).outputs.addresses).toEqual(['10.0.0.2', floatingIp.outputs.address])
    await ok(cloud.compute.servers.delete(server.id))
    expect((await failure(cloud.network.floatingIpAssociations.get(association.id))).code).toBe('NotFound')
    expect((await ok(cloud.network.loadBalancers.get(balancer.id))).observed.listeners).toEqual([{ ...listener, members: [other.id] }])
    expect((await ok(cloud.compute.servers.create(spec))).outputs.addresses).toEqual(['10.0.0.2'])
    await ok(cloud.network.floatingIps.delete(floatingIp.id))
  })

  it('make one snapshot of one key', async () => {
    const { cloud, server } = await openWorld()
    const first = await ok(cloud.compute.servers.snapshot(server.id, 's', { key: 'k' }))
    expect((await ok(cloud.compute.servers.snapshot(server.id, 's', { key: 'k' }))).id).toBe(first.id)
    expect((await ok(cloud.compute.servers.console(server.id))).match(/snapshot:/g)).toHaveLength(1)
    expect((await failure(cloud.compute.servers.snapshot(server.id, 'other', { key: 'k' }))).code).toBe('FailedPrecondition')
  })
})
