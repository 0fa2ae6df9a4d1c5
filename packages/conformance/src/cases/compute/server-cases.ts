import type { ServerResource } from '@hanse/core'
import { waitFor } from '@hanse/core'
import type { Bench } from '../../bench.ts'
import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import type { AnyKindService } from '../../any-kind-service.ts'

type Phase = ServerResource['status']['phase']

/** Servers: their life, sizes, snapshots and consoles. */
export const serverCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'server.stop/stops-and-start-starts',
    rules: ['SRV-01'],
    kind: 'server',
    requires: ['server'],
    run: async (cloud, bench) => {
      const { servers } = cloud.compute
      const server = await bench.make('server')
      expectEqual(server.status.phase, 'Running', 'the phase of a new server')
      expectOk(await servers.start(server.id), 'start of one that runs')
      await reaches(bench, server, 'Running')
      expectOk(await servers.stop(server.id), 'stop')
      const stopped = await reaches(bench, server, 'Stopped')
      expectOk(await servers.stop(server.id), 'stop of one that is stopped')
      await reaches(bench, server, 'Stopped')
      expectOk(await servers.start(server.id), 'start')
      const started = await reaches(bench, server, 'Running')
      for (const seen of [stopped, started])
        expectEqual([seen.id, seen.outputs.addresses], [server.id, server.outputs.addresses], 'id and addresses')
    },
  }),
  defineCase({
    id: 'server.reboot/restarts-one-that-runs',
    rules: ['SRV-02'],
    kind: 'server',
    requires: ['server'],
    run: async (cloud, bench) => {
      const server = await bench.make('server')
      expectOk(await cloud.compute.servers.reboot(server.id), 'reboot')
      const seen = await reaches(bench, server, 'Running')
      expectEqual([seen.id, seen.outputs.addresses], [server.id, server.outputs.addresses], 'id and addresses')
    },
  }),
  defineCase({
    id: 'server.reboot/refuses-one-that-is-stopped',
    rules: ['SRV-02'],
    kind: 'server',
    requires: ['server'],
    run: async (cloud, bench) => {
      const server = await bench.make('server')
      expectOk(await cloud.compute.servers.stop(server.id), 'stop')
      await reaches(bench, server, 'Stopped')
      expectCode(await cloud.compute.servers.reboot(server.id), 'FailedPrecondition', 'reboot of a stopped server')
      expectEqual((await reaches(bench, server, 'Stopped')).status.phase, 'Stopped', 'its phase')
    },
  }),
  defineCase({
    id: 'server.create/unknown-size-or-image-is-invalid',
    rules: ['SPEC-07', 'SIZE-01'],
    kind: 'server',
    requires: ['server', 'serverSize', 'image'],
    run: async (cloud, bench) => {
      const spec = { name: bench.name('server'), image: await bench.findings.image(), size: (await bench.findings.sizes())[0] }
      for (const field of ['size', 'image'] as const) {
        const refused = expectCode(
          await cloud.compute.servers.create({ ...spec, [field]: bench.name('nobody') }),
          'InvalidArgument',
          `create with an unknown ${field}`,
        )
        expectEqual(refused.details.path, [field], 'where the error points')
      }
      const huge = expectCode(
        await cloud.compute.servers.create({ ...spec, size: { vcpus: 1024 } }),
        'InvalidArgument',
        'create with more processors than any size has',
      )
      expectEqual(huge.details.path, ['size'], 'where the error points')
    },
  }),
  defineCase({
    id: 'serverSize.choice/is-never-smaller-than-asked',
    rules: ['SIZE-01'],
    kind: 'serverSize',
    requires: ['server', 'serverSize', 'image'],
    run: async (cloud, bench) => {
      const sizes = expectOk(await cloud.compute.serverSizes.list().toArray(), 'list of sizes')
      for (const { name, observed } of sizes)
        expectThat((observed.vcpus ?? 0) >= 1 && observed.memoryGiB !== undefined, `the size ${name} says its vcpus and memoryGiB`)
      const least = await cloud.compute.serverSizes.get((await bench.findings.sizes())[0] as (typeof sizes)[number]['id'])
      const asked = { vcpus: (least.isOk() ? least.value.observed.vcpus : undefined) ?? 1, memoryGiB: 1 }
      const image = await bench.findings.image()
      const server = expectOk(
        await cloud.compute.servers.create({ name: bench.name('server'), image, size: asked }),
        'create by what the size must have',
      )
      bench.keep(server)
      const chosen = sizes.find(({ id }) => id === server.observed.size)
      expectThat(chosen !== undefined, 'a server shows the size that was chosen for it, by id')
      expectThat(
        (chosen.observed.vcpus ?? 0) >= asked.vcpus && (chosen.observed.memoryGiB ?? 0) >= asked.memoryGiB,
        `${chosen.name} has what was asked for`,
      )
    },
  }),
  defineCase({
    id: 'server.resize/keeps-id-and-addresses',
    rules: ['SRV-04'],
    kind: 'server',
    requires: ['server', 'server.resize'],
    run: async (cloud, bench) => {
      const [small, larger] = await bench.findings.sizes()
      const server = await bench.make('server', { size: small })
      expectOk(await cloud.compute.servers.resize(server.id, larger), 'resize')
      const seen = await reaches(bench, server, 'Running')
      expectEqual(seen.observed.size, larger, 'its size')
      expectEqual([seen.id, seen.outputs.addresses], [server.id, server.outputs.addresses], 'id and addresses')
      const refused = expectCode(
        await cloud.compute.servers.resize(server.id, bench.name('nobody')),
        'InvalidArgument',
        'resize to an unknown size',
      )
      expectEqual(refused.details.path, ['size'], 'where the error points')
    },
  }),
  defineCase({
    id: 'server.snapshot/gives-an-image-that-boots',
    rules: ['SRV-05'],
    kind: 'server',
    requires: ['server', 'server.snapshot', 'image'],
    run: async (cloud, bench) => {
      const server = await bench.make('server')
      const name = bench.name('snapshot')
      const image = bench.keep(expectOk(await cloud.compute.servers.snapshot(server.id, name), 'snapshot'))
      expectEqual([image.kind, image.name], ['image', name], 'kind and name of the snapshot')
      expectOk(await cloud.compute.images.get(image.id), 'get of the snapshot at once')
      await bench.ready(image)
      const again = await bench.make('server', { image: image.id })
      expectEqual(again.observed.image, image.id, 'the image of a server made from the snapshot')
    },
  }),
  defineCase({
    id: 'server.console/gives-lines-of-text',
    rules: ['SRV-06'],
    kind: 'server',
    requires: ['server', 'server.console'],
    run: async (cloud, bench) => {
      const server = await bench.make('server')
      const all = expectOk(await cloud.compute.servers.console(server.id), 'console')
      expectThat(typeof all === 'string', 'the console is a text')
      const lines = expectOk(await cloud.compute.servers.console(server.id, { lines: 2 }), 'console with two lines')
      expectThat(lines.replace(/\n$/, '').split('\n').length <= 2, `two lines were asked for, and came ${JSON.stringify(lines)}`)
      expectCode(await cloud.compute.servers.console(server.id, { lines: 0 }), 'InvalidArgument', 'console with no lines')
    },
  }),
  defineCase({
    id: 'server.create/in-a-group-shows-it',
    rules: ['GRP-01'],
    kind: 'serverGroup',
    requires: ['server', 'serverGroup'],
    run: async (cloud, bench) => {
      const group = await bench.make('serverGroup', { policy: 'spread' })
      if (!bench.handles('server', 'group', group.id)) return bench.skip('servers here take no group')
      const server = await bench.make('server', { group: group.id })
      expectEqual(server.observed.group, group.id, 'the group of the server')
      expectEqual(expectOk(await cloud.compute.serverGroups.get(group.id), 'get').observed.policy, 'spread', 'the policy of the group')
    },
  }),
  defineCase({
    id: 'keyPair.create/shows-key-and-fingerprint',
    rules: ['KEY-01'],
    kind: 'keyPair',
    requires: ['keyPair'],
    run: async (cloud, bench) => {
      const spec = await bench.spec('keyPair')
      const made = bench.keep(
        expectOk(await cloud.compute.keyPairs.create({ name: String(spec['name']), publicKey: String(spec['publicKey']) }), 'create'),
      )
      const seen = expectOk(await cloud.compute.keyPairs.get(made.id), 'get')
      expectEqual(seen.observed.publicKey, spec['publicKey'], 'the public key')
      expectThat(typeof seen.outputs.fingerprint === 'string' && seen.outputs.fingerprint.length > 8, 'a key pair shows its fingerprint')
      for (const publicKey of ['ssh-ed25519 %%%% kit', 'a text that is no key', '-----BEGIN OPENSSH PRIVATE KEY-----'])
        expectCode(
          await cloud.compute.keyPairs.create({ name: bench.name('key'), publicKey }),
          'InvalidArgument',
          `create with ${publicKey}`,
        )
    },
  }),
]

async function reaches(bench: Bench, server: ServerResource, phase: Phase): Promise<ServerResource> {
  const service: AnyKindService = bench.service('server')
  const options = { timeoutMs: bench.patienceMs, pollMs: 250 }
  // The service of servers gives servers.
  return expectOk(await waitFor(service, server.id, { phase }, options), `waiting for ${phase}`) as ServerResource
}
