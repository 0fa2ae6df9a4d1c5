import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCloud, unwrap } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { apply, memoryStateStore } from '@hanse/provisioning'
import { describe, expect, it, onTestFinished } from 'vitest'
import { shop } from '../../examples/00-demo/stack.ts'

const isThere = spawnSync('skopeo', ['--version']).error === undefined
const isRequired = process.env['CI'] !== undefined

const skopeo = (...args: readonly string[]): string =>
  execFileSync('skopeo', [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 })

/** The digest of what a layout holds under a tag, as skopeo finds it. */
const digestIn = (reference: string): string => String(JSON.parse(skopeo('inspect', reference)).Digest)

describe.skipIf(!isThere && !isRequired)(`the image of the demo${isThere ? '' : ' (NOT TESTED: apt-get install skopeo)'}`, () => {
  it('is copied out of the folder of the cloud by a tool that we did not write, and from there on, with its digest', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hanse-demo-image-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const cloud = await unwrap(openCloud(local({ path: join(folder, 'cloud') })))
    onTestFinished(() => unwrap(cloud.close()))
    const { outputs } = await unwrap(apply(shop, cloud, { environment: 'dev', state: memoryStateStore() }))
    const [repository = '', digest] = outputs.image.split('@')

    const [own, other, back] = [
      `oci:${join(folder, 'cloud', 'registry', repository)}:v1`,
      `oci:${join(folder, 'other')}:v1`,
      `oci:${join(folder, 'back')}:v1`,
    ]
    expect(digestIn(own)).toBe(digest)
    skopeo('copy', '--quiet', '--preserve-digests', own, other)
    skopeo('copy', '--quiet', '--preserve-digests', other, back)
    expect([digestIn(other), digestIn(back)]).toEqual([digest, digest])
  })
})
