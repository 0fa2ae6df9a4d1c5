import { bytesOf, numbered, sameBytes } from '../../content.ts'
import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'

/** Volumes: sizes, attachments, copies, bytes. */
export const volumeCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'volume.extend/grows-and-never-shrinks',
    rules: ['VOL-01'],
    kind: 'volume',
    requires: ['volume'],
    run: async (cloud, bench) => {
      const volume = await bench.make('volume', { sizeGiB: 2 })
      const refused = expectCode(await cloud.storage.volumes.extend(volume.id, 1), 'InvalidArgument', 'extend to less than it has')
      expectEqual(refused.details.path, ['sizeGiB'], 'where the error points')
      const grown = await bench.ready(expectOk(await cloud.storage.volumes.extend(volume.id, 3), 'extend'))
      expectEqual(grown.id, volume.id, 'its id')
      const rounded = grown.warnings.some(({ field }) => field === 'sizeGiB')
      expectThat(
        grown.observed.sizeGiB === 3 || (rounded && (grown.observed.sizeGiB ?? 0) > 3),
        `its size is 3 GiB, or more with a warning: ${grown.observed.sizeGiB}`,
      )
    },
  }),
  defineCase({
    id: 'volumeAttachment.create/changes-the-phase-of-its-volume',
    rules: ['VOL-03'],
    kind: 'volumeAttachment',
    requires: ['volume', 'volumeAttachment', 'server'],
    run: async (cloud, bench) => {
      const [volume, server] = [await bench.make('volume'), await bench.make('server')]
      expectEqual(volume.status.phase, 'Available', 'the phase of a new volume')
      const attachment = await bench.make('volumeAttachment', { volume: volume.id, server: server.id })
      expectEqual([attachment.observed.volume, attachment.observed.server], [volume.id, server.id], 'what the attachment joins')
      expectEqual(
        (await bench.ready(expectOk(await cloud.storage.volumes.get(volume.id), 'get'))).status.phase,
        'Attached',
        'its phase while it is attached',
      )
      expectOk(await cloud.storage.volumeAttachments.delete(attachment.id), 'delete of the attachment')
      await bench.gone(attachment)
      expectEqual(
        (await bench.ready(expectOk(await cloud.storage.volumes.get(volume.id), 'get'))).status.phase,
        'Available',
        'its phase afterwards',
      )
    },
  }),
  defineCase({
    id: 'volumeAttachment.create/of-one-attached-elsewhere-is-refused',
    rules: ['VOL-02'],
    kind: 'volumeAttachment',
    requires: ['volume', 'volumeAttachment', 'server'],
    run: async (cloud, bench) => {
      const volume = await bench.make('volume')
      const [one, other] = [await bench.make('server'), await bench.make('server')]
      const attachment = await bench.make('volumeAttachment', { volume: volume.id, server: one.id })
      expectCode(
        await cloud.storage.volumeAttachments.create({ volume: volume.id, server: other.id }),
        'FailedPrecondition',
        'attach of a volume that is attached elsewhere',
      )
      expectEqual(expectOk(await cloud.storage.volumeAttachments.get(attachment.id), 'get').observed.server, one.id, 'whose volume it is')
    },
  }),
  defineCase({
    id: 'volume.delete/of-one-that-is-attached-is-refused',
    rules: ['VOL-02'],
    kind: 'volume',
    requires: ['volume', 'volumeAttachment', 'server'],
    run: async (cloud, bench) => {
      const volume = await bench.make('volume')
      const attachment = await bench.make('volumeAttachment', { volume: volume.id })
      expectCode(await cloud.storage.volumes.delete(volume.id), 'FailedPrecondition', 'delete of a volume that is attached')
      expectOk(await cloud.storage.volumeAttachments.delete(attachment.id), 'delete of the attachment')
      await bench.gone(attachment)
      expectOk(await cloud.storage.volumes.delete(volume.id), 'delete of the volume')
      await bench.gone(volume)
    },
  }),
  defineCase({
    id: 'volume.import/keeps-the-bytes',
    rules: ['VOL-04'],
    kind: 'volume',
    requires: ['volume', 'volume.import', 'volume.export'],
    run: async (cloud, bench) => {
      const content = numbered(150_000)
      const volume = await bench.ready(
        bench.keep(expectOk(await cloud.storage.volumes.import({ name: bench.name('volume'), sizeGiB: 1 }, content), 'import')),
      )
      const exported = await beginning(expectOk(await cloud.storage.volumes.export(volume.id), 'export'), content.byteLength)
      expectThat(sameBytes(exported, content), 'the export begins with the bytes of the import')
    },
  }),
  defineCase({
    id: 'volume.export/of-one-that-is-attached-is-refused',
    rules: ['VOL-04'],
    kind: 'volume',
    requires: ['volume', 'volume.import', 'volume.export', 'volumeAttachment', 'server'],
    run: async (cloud, bench) => {
      const volume = await bench.ready(
        bench.keep(expectOk(await cloud.storage.volumes.import({ name: bench.name('volume'), sizeGiB: 1 }, numbered(1000)), 'import')),
      )
      await bench.make('volumeAttachment', { volume: volume.id })
      expectCode(await cloud.storage.volumes.export(volume.id), 'FailedPrecondition', 'export of a volume that is attached')
    },
  }),
  defineCase({
    id: 'volumeSnapshot.create/is-the-volume-of-its-time',
    rules: ['VOL-05', 'VOL-06'],
    kind: 'volumeSnapshot',
    requires: ['volume', 'volumeSnapshot', 'volume.import', 'volume.export'],
    run: async (cloud, bench) => {
      const content = numbered(90_000)
      const volume = await bench.ready(
        bench.keep(expectOk(await cloud.storage.volumes.import({ name: bench.name('volume'), sizeGiB: 1 }, content), 'import')),
      )
      const snapshot = await bench.make('volumeSnapshot', { volume: volume.id })
      if (snapshot.outputs.sizeGiB !== undefined) expectEqual(snapshot.outputs.sizeGiB, 1, 'the size that the snapshot tells')
      const again = await bench.make('volume', { snapshot: snapshot.id, sizeGiB: 2 })
      const exported = await beginning(expectOk(await cloud.storage.volumes.export(again.id), 'export'), content.byteLength)
      expectThat(sameBytes(exported, content), 'a volume made from the snapshot begins with the bytes of the first')
    },
  }),
  defineCase({
    id: 'volumeSnapshot.create/a-volume-smaller-than-it-is-refused',
    rules: ['VOL-05'],
    kind: 'volumeSnapshot',
    requires: ['volume', 'volumeSnapshot'],
    run: async (cloud, bench) => {
      const volume = await bench.make('volume', { sizeGiB: 2 })
      const snapshot = await bench.make('volumeSnapshot', { volume: volume.id })
      const refused = await cloud.storage.volumes.create({ name: bench.name('volume'), sizeGiB: 1, snapshot: snapshot.id })
      expectCode(refused, ['InvalidArgument', 'FailedPrecondition'], 'create of a volume smaller than its snapshot')
    },
  }),
  defineCase({
    id: 'volumeBackup.create/outlives-its-volume',
    rules: ['VOL-06'],
    kind: 'volumeBackup',
    requires: ['volume', 'volumeBackup'],
    run: async (cloud, bench) => {
      const volume = await bench.make('volume', { sizeGiB: 1 })
      const backup = await bench.make('volumeBackup', { volume: volume.id })
      if (backup.outputs.sizeGiB !== undefined) expectEqual(backup.outputs.sizeGiB, 1, 'the size that the backup tells')
      expectOk(await cloud.storage.volumes.delete(volume.id), 'delete of the volume')
      await bench.gone(volume)
      expectEqual(expectOk(await cloud.storage.volumeBackups.get(backup.id), 'get of the backup').status.phase, 'Ready', 'its phase')
    },
  }),
]

/** The first bytes of a stream, which is then left. */
async function beginning(stream: AsyncIterable<Uint8Array>, length: number): Promise<Uint8Array> {
  return bytesOf(first(stream, length))
}

async function* first(stream: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let left = length
  for await (const chunk of stream) {
    yield chunk.subarray(0, left)
    left -= chunk.byteLength
    if (left <= 0) return
  }
}
