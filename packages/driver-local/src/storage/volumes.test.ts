import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { waitFor } from '@hanse/core'
import type { VolumeId } from '@hanse/core'
import { describe, expect, it } from 'vitest'
import { openInFolder, openLocal } from '../__fixtures__/open-local.ts'
import { fitting } from './volume-content.ts'

type Cloud = Awaited<ReturnType<typeof openLocal>>

const gib = 1024 ** 3
const make = async (cloud: Cloud, spec: Partial<Parameters<Cloud['storage']['volumes']['create']>[0]> = {}) =>
  (await cloud.storage.volumes.create({ name: 'data', sizeGiB: 1, ...spec }))._unsafeUnwrap()
const serverIn = async (cloud: Cloud, zone?: string) =>
  (
    await cloud.compute.servers.create({ name: 'web', image: { os: 'debian' }, size: 'SCS-1V-1', zone }, { until: 'Running' })
  )._unsafeUnwrap()

/** The first bytes of a volume. */
const beginning = async (cloud: Cloud, id: VolumeId, length: number): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (await cloud.storage.volumes.export(id))._unsafeUnwrap()) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size >= length) break
  }
  return Buffer.concat(chunks).subarray(0, length)
}

describe('a volume', () => {
  it('of nothing reads as zeros and takes no room', async () => {
    const { cloud, path } = await openInFolder()
    const before = readdirSync(join(path, 'blobs', 'sha256')).length
    const volume = await make(cloud)
    expect(volume).toMatchObject({ status: { phase: 'Available', providerState: 'available' }, observed: { sizeGiB: 1, type: 'ssd' } })
    const zeros = Buffer.alloc(1024 * 1024)
    let [size, others] = [0, 0]
    for await (const chunk of (await cloud.storage.volumes.export(volume.id))._unsafeUnwrap()) {
      size += chunk.byteLength
      if (!zeros.subarray(0, chunk.byteLength).equals(chunk)) others++
    }
    expect([size, others]).toEqual([gib, 0])
    expect(readdirSync(join(path, 'blobs', 'sha256'))).toHaveLength(before)
  })

  it('that was imported reads back from a second process, zeros after its bytes, and is made once of one key', async () => {
    const { cloud, path } = await openInFolder()
    const content = randomBytes(1024 * 1024 + 17)
    const spec = { name: 'disk', sizeGiB: 1 }
    const one = (await cloud.storage.volumes.import(spec, content, { key: 'k' }))._unsafeUnwrap()
    expect((await cloud.storage.volumes.import(spec, content, { key: 'k' }))._unsafeUnwrap().id).toBe(one.id)
    const other = await openLocal({ path })
    expect((await beginning(other, one.id, content.byteLength + 9)).equals(Buffer.concat([content, Buffer.alloc(9)]))).toBe(true)
  })

  it('refuses an import that is larger than it, or that is to begin with something else too, and keeps nothing of it', async () => {
    const { cloud, path } = await openInFolder()
    const { volumes } = cloud.storage
    const before = readdirSync(join(path, 'blobs', 'sha256'))
    const [image] = (await cloud.compute.images.list().toArray())._unsafeUnwrap()
    expect((await volumes.import({ name: 'x', sizeGiB: 1, image: image?.id }, 'x'))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['image'] },
    })
    async function* large() {
      const chunk = new Uint8Array(256 * 1024 * 1024)
      for (let sent = 0; sent <= gib; sent += chunk.byteLength) yield chunk
    }
    let passed = 0
    const draining = async () => {
      for await (const chunk of fitting(large(), 1)) passed += chunk.byteLength
    }
    await expect(draining()).rejects.toMatchObject({ classification: { code: 'InvalidArgument', details: { path: ['content'] } } })
    expect(passed).toBe(gib)
    expect([readdirSync(join(path, 'uploads')), readdirSync(join(path, 'blobs', 'sha256'))]).toEqual([[], before])
    expect((await volumes.list().toArray())._unsafeUnwrap()).toEqual([])
  })

  it('begins with an image, and is refused for a type, a zone or a size that there is not', async () => {
    const cloud = await openLocal()
    const image = (await cloud.compute.images.import({ name: 'raw', format: 'raw' }, 'a bootable disk'))._unsafeUnwrap()
    const volume = await make(cloud, { image: image.id, type: 'hdd' })
    expect(String(await beginning(cloud, volume.id, 15))).toBe('a bootable disk')
    const refused = async (spec: object) => (await cloud.storage.volumes.create({ name: 'x', sizeGiB: 1, ...spec }))._unsafeUnwrapErr()
    expect(await refused({ type: 'tape' })).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['type'] },
      message: expect.stringContaining('ssd, hdd'),
    })
    expect(await refused({ zone: 'nowhere' })).toMatchObject({ code: 'InvalidArgument', details: { path: ['zone'] } })
    expect(await refused({ sizeGiB: 20_000 })).toMatchObject({ code: 'InvalidArgument', details: { path: ['sizeGiB'] } })
    expect(await refused({ image: 'no' })).toMatchObject({ code: 'NotFound', details: { kind: 'image', id: 'no' } })
    expect(await refused({ image: image.id, snapshot: 'no' })).toMatchObject({ code: 'NotFound' })
  })

  it('grows and never shrinks, within the quota', async () => {
    const cloud = await openLocal({ quotas: { volumeGiB: 5 } })
    const { volumes } = cloud.storage
    const { id } = await make(cloud, { sizeGiB: 2 })
    expect((await volumes.extend(id, 1))._unsafeUnwrapErr()).toMatchObject({ code: 'InvalidArgument', details: { path: ['sizeGiB'] } })
    expect((await volumes.extend(id, 4))._unsafeUnwrap().observed.sizeGiB).toBe(4)
    expect((await volumes.extend(id, 6))._unsafeUnwrapErr()).toMatchObject({
      code: 'QuotaExceeded',
      details: { quota: 'volumeGiB', limit: 5 },
    })
    expect((await volumes.create({ name: 'y', sizeGiB: 2 }))._unsafeUnwrapErr().code).toBe('QuotaExceeded')
    expect((await volumes.get(id))._unsafeUnwrap()).toMatchObject({ status: { phase: 'Available' }, observed: { sizeGiB: 4 } })
  })

  it('takes its time to come, to grow and to go', async () => {
    const cloud = await openLocal({ delayMs: 30 })
    const { volumes } = cloud.storage
    const { id, status } = await make(cloud)
    expect(status.phase).toBe('Creating')
    expect((await volumes.extend(id, 2))._unsafeUnwrapErr()).toMatchObject({ code: 'FailedPrecondition' })
    expect((await waitFor(volumes, id, { phase: 'Available' })).isOk()).toBe(true)
    expect((await volumes.extend(id, 2))._unsafeUnwrap().status.phase).toBe('Updating')
    expect((await volumes.export(id))._unsafeUnwrapErr()).toMatchObject({ code: 'FailedPrecondition', details: { actual: 'extending' } })
    ;(await volumes.delete(id))._unsafeUnwrap()
    expect((await volumes.get(id))._unsafeUnwrap().status.phase).toBe('Deleting')
    expect((await waitFor(volumes, id, 'absent')).isOk()).toBe(true)
  })
})

describe('an attachment', () => {
  it('gives devices in turn, holds its volume, and frees it when it goes or its server does', async () => {
    const cloud = await openLocal()
    const { volumes, volumeAttachments } = cloud.storage
    const [web, db] = [await serverIn(cloud), await serverIn(cloud)]
    const [a, b, c] = [await make(cloud), await make(cloud), await make(cloud)]
    const attach = async (volume: VolumeId, server = web.id) => volumeAttachments.create({ volume, server })
    const first = (await attach(a.id))._unsafeUnwrap()
    expect([first.outputs.device, (await attach(b.id))._unsafeUnwrap().outputs.device]).toEqual(['/dev/vdb', '/dev/vdc'])
    expect((await volumes.get(a.id))._unsafeUnwrap().status).toEqual({ phase: 'Attached', providerState: 'in-use' })
    expect((await attach(a.id, db.id))._unsafeUnwrapErr()).toMatchObject({
      code: 'FailedPrecondition',
      message: expect.stringContaining(web.id),
    })
    expect((await attach(a.id))._unsafeUnwrapErr().code).toBe('AlreadyExists')
    expect((await volumes.delete(a.id))._unsafeUnwrapErr()).toMatchObject({
      code: 'FailedPrecondition',
      message: expect.stringContaining(first.id),
    })
    expect((await volumes.export(a.id))._unsafeUnwrapErr()).toMatchObject({ code: 'FailedPrecondition', details: { actual: 'in-use' } })
    expect((await volumes.extend(a.id, 2))._unsafeUnwrap()).toMatchObject({ status: { phase: 'Attached' }, observed: { sizeGiB: 2 } })

    ;(await volumeAttachments.delete(first.id))._unsafeUnwrap()
    expect((await volumes.get(a.id))._unsafeUnwrap().status.phase).toBe('Available')
    expect((await attach(c.id))._unsafeUnwrap().outputs.device).toBe('/dev/vdb')
    expect((await volumeAttachments.list({ server: web.id }).toArray())._unsafeUnwrap()).toHaveLength(2)
    ;(await cloud.compute.servers.delete(web.id))._unsafeUnwrap()
    expect((await volumeAttachments.list().toArray())._unsafeUnwrap()).toEqual([])
    for (const { id } of [b, c]) expect((await volumes.get(id))._unsafeUnwrap().status.phase).toBe('Available')
  })

  it('is refused across zones, to a server that is not there yet, and beyond the room of a server', async () => {
    const cloud = await openLocal()
    const { volumeAttachments } = cloud.storage
    const [one, two] = (await cloud.location.zones.list().toArray())._unsafeUnwrap().map(({ name }) => name)
    const server = await serverIn(cloud, one)
    const far = await make(cloud, { zone: two ?? 'none' })
    expect((await volumeAttachments.create({ volume: far.id, server: server.id }))._unsafeUnwrapErr()).toMatchObject({
      code: 'FailedPrecondition',
      details: { expected: two, actual: one },
    })
    const devices: (string | undefined)[] = []
    for (let i = 0; i < 25; i++)
      devices.push((await volumeAttachments.create({ volume: (await make(cloud)).id, server: server.id }))._unsafeUnwrap().outputs.device)
    expect([devices[0], devices[24], new Set(devices).size]).toEqual(['/dev/vdb', '/dev/vdz', 25])
    expect((await volumeAttachments.create({ volume: (await make(cloud)).id, server: server.id }))._unsafeUnwrapErr()).toMatchObject({
      code: 'QuotaExceeded',
      details: { limit: 25 },
    })
  })
})

describe('a copy of a volume', () => {
  it('has its bytes, stored once, and makes volumes again; a backup outlives it', async () => {
    const { cloud, path } = await openInFolder()
    const { volumes, volumeSnapshots, volumeBackups } = cloud.storage
    const stored = () => readdirSync(join(path, 'blobs', 'sha256')).length
    const before = stored()
    const content = randomBytes(300_000)
    const { id } = (await volumes.import({ name: 'disk', sizeGiB: 2 }, content))._unsafeUnwrap()
    const snapshot = (await volumeSnapshots.create({ name: 'monday', volume: id }))._unsafeUnwrap()
    const backup = (await volumeBackups.create({ name: 'monday', volume: id }))._unsafeUnwrap()
    expect([snapshot.outputs, backup.outputs, stored() - before]).toEqual([{ sizeGiB: 2 }, { sizeGiB: 2 }, 1])
    expect((await volumes.delete(id))._unsafeUnwrapErr()).toMatchObject({
      code: 'FailedPrecondition',
      message: expect.stringContaining('monday'),
    })
    for (const from of [{ snapshot: snapshot.id }, { backup: backup.id }]) {
      expect((await volumes.create({ name: 'x', sizeGiB: 1, ...from }))._unsafeUnwrapErr()).toMatchObject({
        code: 'InvalidArgument',
        details: { path: ['sizeGiB'] },
      })
      const again = await make(cloud, { sizeGiB: 2, ...from })
      expect((await beginning(cloud, again.id, content.byteLength)).equals(content)).toBe(true)
      ;(await volumes.delete(again.id))._unsafeUnwrap()
    }
    expect((await volumes.create({ name: 'x', sizeGiB: 2, snapshot: snapshot.id, backup: backup.id }))._unsafeUnwrapErr()).toMatchObject({
      code: 'InvalidArgument',
      details: { path: ['backup'] },
    })
    ;(await volumeSnapshots.delete(snapshot.id))._unsafeUnwrap()
    ;(await volumes.delete(id))._unsafeUnwrap()
    const restored = await make(await openLocal({ path }), { sizeGiB: 3, backup: backup.id })
    expect((await beginning(cloud, restored.id, content.byteLength)).equals(content)).toBe(true)
    ;(await volumes.delete(restored.id))._unsafeUnwrap()
    ;(await volumeBackups.delete(backup.id))._unsafeUnwrap()
    expect(stored() - before).toBe(0)
    const reopened = await openLocal({ path })
    expect((await reopened.storage.volumeBackups.list({ volume: id }).toArray())._unsafeUnwrap()).toEqual([])
  })

  it('is refused while its volume is not ready', async () => {
    const cloud = await openLocal({ delayMs: 10_000 })
    const volume = await make(cloud)
    for (const service of [cloud.storage.volumeSnapshots, cloud.storage.volumeBackups])
      expect((await service.create({ name: 'x', volume: volume.id }))._unsafeUnwrapErr()).toMatchObject({
        code: 'FailedPrecondition',
        details: { actual: 'creating' },
      })
  })
})
