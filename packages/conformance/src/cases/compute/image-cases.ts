import { defaultRuntime } from '@hanse/core/driver'
import { bytesOf, numbered, sha256 } from '../../content.ts'
import { defineCase } from '../../case.ts'
import type { ConformanceCase } from '../../case.ts'
import { expectCode, expectEqual, expectOk, expectThat } from '../../expect.ts'
import { breakingBytes, endsWithin, hangingBytes } from '../../stalled.ts'

/** Images: their bytes come and go unchanged. */
export const imageCases: readonly ConformanceCase[] = [
  defineCase({
    id: 'image.import/keeps-the-bytes',
    rules: ['IMG-01'],
    kind: 'image',
    requires: ['image', 'image.import'],
    run: async (cloud, bench) => {
      const content = numbered(200_000)
      const image = bench.keep(expectOk(await cloud.compute.images.import({ name: bench.name('image'), format: 'raw' }, content), 'import'))
      const { outputs } = await bench.ready(image)
      if (outputs.digest?.startsWith('sha256:') === true)
        expectEqual(outputs.digest, await sha256(content), 'the digest that the image shows')
      if (outputs.sizeBytes !== undefined) expectEqual(outputs.sizeBytes, content.byteLength, 'the size that the image shows')
    },
  }),
  defineCase({
    id: 'image.export/gives-the-bytes-of-the-import',
    rules: ['IMG-01'],
    kind: 'image',
    requires: ['image', 'image.import', 'image.export'],
    run: async (cloud, bench) => {
      const content = numbered(300_000)
      const image = bench.keep(expectOk(await cloud.compute.images.import({ name: bench.name('image'), format: 'raw' }, content), 'import'))
      await bench.ready(image)
      const exported = await bytesOf(expectOk(await cloud.compute.images.export(image.id), 'export'))
      expectThat(
        exported.byteLength === content.byteLength && (await sha256(exported)) === (await sha256(content)),
        'the export has the bytes of the import',
      )
    },
  }),
  defineCase({
    id: 'image.import/that-breaks-off-leaves-nothing',
    rules: ['IMG-02'],
    kind: 'image',
    requires: ['image', 'image.import'],
    run: async (cloud, bench) => {
      const key = `kit-${defaultRuntime.randomUUID()}`
      const broken = await cloud.compute.images.import({ name: bench.name('image') }, breakingBytes(), { key })
      expectThat(broken.isErr(), 'an import whose source breaks off is an Err')
      const found = await cloud.compute.images.findByKey(key)
      if (found.isErr()) expectCode(found, 'NotFound', 'findByKey after it')
      else expectThat(bench.keep(found.value).status.phase !== 'Ready', 'no image that looks whole is left')
    },
  }),
  defineCase({
    id: 'image.import/that-hangs-ends-with-its-signal',
    rules: ['GEN-03'],
    kind: 'image',
    requires: ['image', 'image.import'],
    run: async (cloud, bench) => {
      const controller = new AbortController()
      const answer = cloud.compute.images.import(
        { name: bench.name('image') },
        hangingBytes(() => controller.abort()),
        { signal: controller.signal },
      )
      const result = await endsWithin(answer, 500)
      expectThat(result !== undefined, 'an import ends within 250 ms after its signal was aborted, though its source hangs')
      expectCode(result, 'Cancelled', 'the import')
    },
  }),
]
