import type { Specimens } from '../specimen.ts'
import { labels, madeOf, name } from './values.ts'

/** Volumes, what is made of them, and buckets. */
export const storage: Specimens = {
  volume: {
    fields: {
      name: name('volume'),
      sizeGiB: (bench) => 1 + (bench.number() % 2),
      type: (bench) => bench.findings.volumeType(),
      zone: (bench) => bench.findings.zone(),
      labels,
      snapshot: async (bench) => {
        if (!bench.supports('volumeSnapshot')) return undefined
        const volume = await bench.make('volume', { sizeGiB: 1 })
        return (await bench.make('volumeSnapshot', { volume: volume.id })).id
      },
      backup: async (bench) => {
        if (!bench.supports('volumeBackup')) return undefined
        const volume = await bench.make('volume', { sizeGiB: 1 })
        return (await bench.make('volumeBackup', { volume: volume.id })).id
      },
      image: (bench) => (bench.supports('image') ? bench.findings.image() : undefined),
    },
    apart: ['snapshot', 'backup', 'image'],
    actions: { extend: () => [3] },
  },
  volumeAttachment: { fields: { volume: madeOf('volume'), server: madeOf('server') } },
  volumeSnapshot: { fields: { name: name('snapshot'), volume: madeOf('volume'), labels } },
  volumeBackup: { fields: { name: name('backup'), volume: madeOf('volume'), labels } },
  bucket: {
    fields: {
      name: name('bucket'),
      versioning: () => true,
      lifecycle: (bench) => [{ prefix: 'old/', expireAfterDays: 1 + (bench.number() % 300) }],
      labels,
    },
  },
}
