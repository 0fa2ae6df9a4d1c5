import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { artifactOf, digestOf, imageOf, indexOf } from '@hanse/core'
import type { Digest } from '@hanse/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openInFolder } from '../__fixtures__/open-local.ts'
import { emptyFolder } from '../store/__fixtures__/test-runtime.ts'

const there = spawnSync('skopeo', ['--version']).error === undefined
// Where the suite is to prove something, what it needs must be there.
const required = process.env['CI'] !== undefined && process.env['CI'] !== ''

const skopeo = (...args: readonly string[]): string =>
  execFileSync('skopeo', [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 })
const digestAt = (reference: string): string => digestOf(Buffer.from(skopeo('inspect', '--raw', reference)))

describe.skipIf(!there && !required)(`skopeo, which knows nothing of Hanse${there ? '' : ' (NOT TESTED: apt-get install skopeo)'}`, () => {
  beforeAll(() => {
    if (!there) throw new Error('skopeo is missing, and CI is set: apt-get install skopeo')
  })

  const twoLayers = imageOf({
    layers: [tarOf('etc/hostname', 'web'), tarOf('srv/index.html', '<h1>Hello</h1>')],
    config: { config: { Cmd: ['/bin/sh'] } },
  })

  it('copies an image out of the folder of a cloud and back into it, digests equal', async () => {
    const { cloud, path } = await openInFolder()
    const { artifacts, repositories } = cloud.registry
    for (const name of ['shop/web', 'back']) (await repositories.create({ name }))._unsafeUnwrap()
    const { digest } = (await artifacts.push('shop/web:1.4', twoLayers))._unsafeUnwrap()
    await artifacts.push('shop/web:2', imageOf({ layers: [tarOf('a', 'b')] })).unwrapOr(undefined)

    const elsewhere = emptyFolder()
    skopeo('copy', '--preserve-digests', `oci:${path}/registry/shop/web:1.4`, `oci:${elsewhere}/out:1.4`)
    expect(digestAt(`oci:${elsewhere}/out:1.4`)).toBe(digest)
    skopeo('copy', '--preserve-digests', `oci:${elsewhere}/out:1.4`, `oci:${elsewhere}/again:x`)
    expect(digestAt(`oci:${elsewhere}/again:x`)).toBe(digest)

    // What skopeo wrote goes back through the front door, byte for byte.
    const blob = (of: string): Buffer => readFileSync(join(elsewhere, 'again', 'blobs', 'sha256', of.slice(7)))
    const document: {
      readonly mediaType: string
      readonly config: { readonly digest: Digest }
      readonly layers: readonly { readonly digest: Digest }[]
    } = JSON.parse(String(blob(digest)))
    for (const named of [document.config, ...document.layers])
      (await cloud.registry.blobs.put('back', blob(named.digest), { digest: named.digest }))._unsafeUnwrap()
    const put = await cloud.registry.manifests.put('back', '1.4', blob(digest), { mediaType: document.mediaType })
    expect(put._unsafeUnwrap().digest).toBe(digest)
    expect(digestAt(`oci:${path}/registry/back:1.4`)).toBe(digest)
  })

  it('reads every tag of a repository, one image of an index, and is not disturbed by signatures', async () => {
    const { cloud, path } = await openInFolder()
    const { artifacts, repositories } = cloud.registry
    ;(await repositories.create({ name: 'web' }))._unsafeUnwrap()
    const arm = imageOf({ layers: [tarOf('x', 'arm')], config: { architecture: 'arm64' } })
    const index = (await artifacts.push('web:all', indexOf({ images: [{ source: twoLayers }, { source: arm }] })))._unsafeUnwrap()
    await artifacts
      .push(
        'web',
        artifactOf({
          artifactType: 'application/vnd.example.sbom',
          layers: [{ content: '{}', mediaType: 'application/json' }],
          subject: index,
        }),
      )
      .unwrapOr(undefined)
    const elsewhere = emptyFolder()
    skopeo('copy', '--all', '--preserve-digests', `oci:${path}/registry/web:all`, `oci:${elsewhere}/all:x`)
    expect(digestAt(`oci:${elsewhere}/all:x`)).toBe(index.digest)
    const inspected = JSON.parse(skopeo('inspect', '--override-arch', 'arm64', '--override-os', 'linux', `oci:${path}/registry/web:all`))
    expect(inspected).toMatchObject({ Architecture: 'arm64', Os: 'linux', Layers: [digestOf(tarOf('x', 'arm'))] })
  })
})

/** A tar with one file in it (POSIX.1-1988, ustar). */
function tarOf(name: string, content: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        0', 148)
  header.write('ustar\0', 257)
  header.write('00', 263)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512 + 1024)
  body.write(content, 0)
  return Buffer.concat([header, body])
}
