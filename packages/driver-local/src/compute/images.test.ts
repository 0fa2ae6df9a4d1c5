import { createHash } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ok, openLocal, openWorld, piecesOf, bytesOf } from '../__fixtures__/open-world.ts'
import { emptyFolder } from '../store/__fixtures__/test-runtime.ts'

const digestOf = (bytes: Uint8Array | string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const qcow2 = Buffer.concat([Buffer.from([0x51, 0x46, 0x49, 0xfb, 0, 0, 0, 3]), Buffer.alloc(100, 7)])

describe('images', () => {
  it('come back as the bytes that were imported, with their digest', async () => {
    const cloud = await openLocal({ path: emptyFolder() })
    const image = await ok(
      cloud.compute.images.import({ name: 'mine', os: 'debian', version: '13', labels: { a: 'b' } }, piecesOf('some ', 'bytes')),
    )
    expect(image).toMatchObject({
      name: 'mine',
      labels: { a: 'b' },
      status: { phase: 'Ready' },
      outputs: { digest: digestOf('some bytes'), sizeBytes: 10 },
    })
    expect(image.observed).toMatchObject({ os: 'debian', version: '13', format: 'raw' })
    expect((await bytesOf(await ok(cloud.compute.images.export(image.id)))).toString()).toBe('some bytes')
  })

  it('are known by how they begin, in however small pieces they come', async () => {
    const cloud = await openLocal()
    const pieces = [qcow2.subarray(0, 1), qcow2.subarray(1, 3), qcow2.subarray(3)]
    const image = await ok(cloud.compute.images.import({ name: 'q', format: 'qcow2' }, piecesOf(...pieces)))
    expect([image.observed.format, image.outputs.digest]).toEqual(['qcow2', digestOf(qcow2)])
  })

  it('of one key are one, whose bytes need not come twice', async () => {
    const cloud = await openLocal()
    const first = await ok(cloud.compute.images.import({ name: 'i' }, piecesOf('bytes'), { key: 'k' }))
    let asked = 0
    async function* watched() {
      asked++
      yield* piecesOf('bytes')
    }
    expect((await ok(cloud.compute.images.import({ name: 'i' }, watched(), { key: 'k' }))).id).toBe(first.id)
    expect(asked).toBe(0)
  })

  it('of the operator say what they are, and can be exported', async () => {
    const cloud = await openLocal()
    const image = await ok(cloud.compute.images.find('debian-13'))
    const bytes = await bytesOf(await ok(cloud.compute.images.export(image.id)))
    expect(bytes.toString()).toMatch(/This is the image debian-13 of an embedded cloud/)
    expect(image.outputs).toEqual({ digest: digestOf(bytes), sizeBytes: bytes.length })
  })

  it('that were changed on disk end in an error instead of wrong bytes', async () => {
    const path = emptyFolder()
    const cloud = await openLocal({ path })
    const image = await ok(cloud.compute.images.import({ name: 'i' }, piecesOf('right')))
    const blobs = join(path, 'blobs', 'sha256')
    const [file = ''] = readdirSync(blobs).filter((name) => image.outputs.digest?.endsWith(name))
    writeFileSync(join(blobs, file), 'wrong')
    await expect(bytesOf(await ok(cloud.compute.images.export(image.id)))).rejects.toThrow(/have the digest/)
  })

  it('may go while servers were made from them, which keep their disks', async () => {
    const { cloud, spec } = await openWorld()
    const image = await ok(cloud.compute.images.import({ name: 'mine', os: 'plan9' }, piecesOf('disk')))
    const server = await ok(cloud.compute.servers.create({ ...spec, image: image.id }))
    await ok(cloud.compute.images.delete(image.id))
    const snapshot = await ok(cloud.compute.servers.snapshot(server.id, 'saved'))
    expect((await bytesOf(await ok(cloud.compute.images.export(snapshot.id)))).toString()).toBe('disk')
    expect(snapshot).toMatchObject({
      name: 'saved',
      observed: { os: 'plan9', format: 'raw' },
      outputs: { digest: digestOf('disk'), sizeBytes: 4 },
    })
  })

  it('are not ready before their time', async () => {
    let now = 1_000_000
    const cloud = await openLocal({ delayMs: 1000 }, { now: () => now })
    const image = await ok(cloud.compute.images.import({ name: 'i' }, piecesOf('bytes')))
    expect(image.status).toEqual({ phase: 'Importing', providerState: 'importing' })
    expect(await cloud.compute.images.export(image.id)).toMatchObject({ error: { code: 'FailedPrecondition' } })
    now += 1000
    expect((await ok(cloud.compute.images.get(image.id))).status.phase).toBe('Ready')
  })
})
