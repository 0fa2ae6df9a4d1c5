import { describe, expect, it } from 'vitest'
import { failure, ok, openLocal, openWorld, piecesOf } from '../__fixtures__/open-world.ts'
import { openCloud } from '@hanse/core'
import { local } from '../local.ts'

describe('places', () => {
  it('are one region and its three zones', async () => {
    const cloud = await openLocal()
    expect((await ok(cloud.location.regions.list().toArray())).map(({ name }) => name)).toEqual(['local'])
    const zones = await ok(cloud.location.zones.list().toArray())
    expect(zones.map(({ name, observed }) => [name, observed.region])).toEqual([
      ['local-a', 'local'],
      ['local-b', 'local'],
      ['local-c', 'local'],
    ])
    expect((await ok(cloud.location.zones.find('local-b'))).status.phase).toBe('Ready')
  })
})

describe('quotas', () => {
  it('show what the account may have and has, without what is the operator’s', async () => {
    const { cloud, server } = await openWorld({ quotas: { server: 5, vcpus: 10 } })
    const quotas = async () =>
      Object.fromEntries((await ok(cloud.location.quotas.list().toArray())).map(({ name, outputs }) => [name, outputs]))
    expect(await quotas()).toMatchObject({
      servers: { limit: 5, used: 1 },
      vcpus: { limit: 10, used: 1 },
      memoryGiB: { used: 1 },
      networks: { used: 1 },
      subnets: { used: 1 },
      images: { used: 0 },
      imageBytes: { used: 0 },
    })
    await ok(cloud.compute.servers.resize(server.id, 'SCS-4V-16'))
    await ok(cloud.compute.images.import({ name: 'i' }, piecesOf('12345')))
    expect(await quotas()).toMatchObject({ vcpus: { used: 4 }, memoryGiB: { used: 16 }, images: { used: 1 }, imageBytes: { used: 5 } })
    await ok(cloud.compute.servers.delete(server.id))
    expect(await quotas()).toMatchObject({ servers: { used: 0 }, vcpus: { used: 0 }, memoryGiB: { used: 0 } })
    expect((await ok(cloud.location.quotas.find('servers'))).outputs.limit).toBe(5)
  })

  it('are named in the error that says that one is reached', async () => {
    const cloud = await openLocal({ quotas: { network: 1 } })
    const { id } = await ok(cloud.network.networks.create({ name: 'a' }, { key: 'k' }))
    expect((await failure(cloud.network.networks.create({ name: 'b' }))).details).toEqual({ quota: 'networks', limit: 1 })
    // The same key asks for no second network.
    expect((await ok(cloud.network.networks.create({ name: 'a' }, { key: 'k' }))).id).toBe(id)
  })

  it('that there are not are refused in the configuration, by name', async () => {
    const error = await failure(openCloud(local({ quotas: { servers: 3 } })))
    expect([error.code, error.message]).toEqual([
      'InvalidArgument',
      expect.stringMatching(/quotas\.servers: is no quota; there are .*server,/),
    ])
  })
})
